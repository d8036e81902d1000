//! Collects the people of the inputs, each once.

use std::collections::HashMap;

use crate::index::Index;
use crate::json::Json;
use crate::model::{Blank, Member, Person, PersonRef};
use crate::text::Text;

/// The most nicknames of one user that are distinguished. No export has that many, and each
/// costs a comparison.
const MOST_NICKNAMES: usize = 64;

/// The people found so far.
///
/// A webhook uses many names with one id, so a person is identified by id *and* name; an id
/// alone finds the first of them. There are few people and many messages, so people own
/// their texts, and outlive the input that they were read from.
#[derive(Debug, Default)]
pub struct People {
    pub(crate) list: Vec<Person<'static>>,
    by_id: Index<'static>,
    /// People by id and user name, which may have several nicknames.
    by_name: HashMap<(Text<'static>, Text<'static>), Vec<u32>>,
    /// The number of fields in the object that each was read from.
    fields: Vec<usize>,
    /// The number of fields in the current object.
    pub(super) reading: usize,
    /// People who were referred to by a text, which is their id or name.
    called: Vec<u32>,
    /// Recently found people by the last digits of their ids, because most conversations involve
    /// few people. Cleared whenever a person changes.
    recent: Vec<Recent>,
}

/// The size of that cache.
const MOST_RECENT: usize = 64;

/// An entry of that cache.
#[derive(Clone, Debug, Default)]
struct Recent {
    id: String,
    name: String,
    nick: String,
    at: Option<u32>,
}

impl People {
    /// The person with this id; a nameless one is added if necessary.
    pub fn by_id(&mut self, id: &Text) -> PersonRef {
        if let Some(found) = self.by_id.get(&**id) {
            return PersonRef(*found as u32);
        }
        self.reading = 0;
        self.add(Person {
            id: id.clone().into_owned(),
            ..Person::default()
        })
    }

    /// The person that a text refers to, by id, or by name in simple exports.
    pub fn called(&mut self, text: &Text) -> PersonRef {
        let person = self.by_id(text);
        self.called.push(person.0);
        person
    }

    /// All people, once everything is read. A person who is only known from a text that isn't an
    /// id is named by it.
    pub fn take(&mut self) -> Vec<Person<'static>> {
        for at in std::mem::take(&mut self.called) {
            let person = &mut self.list[at as usize];
            if person.username.is_blank() && !person.id.bytes().all(|byte| byte.is_ascii_digit()) {
                person.username = person.id.clone();
            }
        }
        std::mem::take(&mut self.list)
    }

    /// Finds the person that a user object describes, if the object adds nothing new.
    pub fn find(&mut self, json: &Json) -> Option<PersonRef> {
        let Json::Object(members) = json else {
            return None;
        };
        self.reading = members.len();
        let (mut id, mut name, mut nick) = ("", "", "");
        for (key, value) in members {
            match (&**key, value) {
                ("id", Json::Str(text)) => id = text,
                ("name" | "username", Json::Str(text)) => name = text,
                ("nick" | "nickname", Json::Str(text)) => nick = text,
                _ => {}
            }
        }
        if id.is_empty() && name.is_empty() {
            return None;
        }
        let slot = id.bytes().rev().take(4).map(usize::from).sum::<usize>() % MOST_RECENT;
        if self.recent.is_empty() {
            self.recent.resize(MOST_RECENT, Recent::default());
        }
        let recent = &self.recent[slot];
        let at = if recent.id == id && recent.name == name && recent.nick == nick {
            recent.at?
        } else {
            let at = self.known(id, name, nick)?;
            self.recent[slot] = Recent {
                id: id.to_owned(),
                name: name.to_owned(),
                nick: nick.to_owned(),
                at: Some(at),
            };
            at
        };
        (self.fields[at as usize] >= members.len()).then_some(PersonRef(at))
    }

    /// Adds a person, or completes a known one.
    pub fn add(&mut self, person: Person<'static>) -> PersonRef {
        self.recent.clear();
        let key = (person.id.clone(), person.username.clone());
        let known = if key.0.is_empty() && key.1.is_empty() {
            self.unnamed(&person)
        } else {
            self.known(&key.0, &key.1, &person.nick)
        };
        let at = match known {
            Some(at) => {
                let known = &mut self.list[at as usize];
                let old = std::mem::replace(known, person);
                complete(known, old);
                self.fields[at as usize] = self.reading;
                at
            }
            None => {
                let at = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
                self.by_id.entry(key.0.clone()).or_insert(at as usize);
                self.list.push(person);
                self.fields.push(self.reading);
                at
            }
        };
        let same = self.by_name.entry(key).or_default();
        if !same.contains(&at) && same.len() < MOST_NICKNAMES {
            same.push(at);
        }
        PersonRef(at)
    }

    /// Adds the data of a member object to a person.
    pub fn join(&mut self, person: PersonRef, member: &Member) {
        let Some(person) = self.list.get_mut(person.index()) else {
            return;
        };
        if person.nick.is_blank() && !member.nick.is_blank() {
            self.recent.clear();
            person.nick = member.nick.clone().into_owned();
        }
        if person.member.is_none() {
            person.member = Some(Box::new(member.without_user()));
        }
    }

    /// A person with neither id nor name could be anybody, so they never get the name of another.
    fn unnamed(&self, person: &Person) -> Option<u32> {
        let unnamed = self.by_name.get(&(Text::default(), Text::default()))?;
        let same =
            |known: &Person| known.nick == person.nick && known.global_name == person.global_name;
        let mut unnamed = unnamed.iter().copied();
        unnamed.find(|&at| same(&self.list[at as usize]))
    }

    fn known(&self, id: &str, name: &str, nick: &str) -> Option<u32> {
        let fits =
            |known: &str, given: &str| known.is_empty() || given.is_empty() || known == given;
        if name.is_empty() {
            return self.by_id.get(id).map(|&at| at as u32);
        }
        let by_name: &HashMap<(Text, Text), _> = &self.by_name;
        let named = by_name.get(&(id.into(), name.into()));
        let nameless = by_name
            .get(&(id.into(), Text::default()))
            .filter(|_| !id.is_empty());
        named
            .into_iter()
            .chain(nameless)
            .flatten()
            .copied()
            .find(|&at| {
                let person = &self.list[at as usize];
                fits(&person.username, name) && fits(&person.nick, nick)
            })
    }
}

/// Completes `person` from earlier data.
fn complete<'a>(person: &mut Person<'a>, old: Person<'a>) {
    macro_rules! fill {
        ($($field:ident)*) => {$(
            if person.$field.is_blank() {
                person.$field = old.$field;
            }
        )*};
    }
    fill!(
        username discriminator global_name nick color bot system roles avatar_url avatar
        public_flags flags primary_guild clan avatar_decoration_data collectibles
        display_name_styles banner banner_color accent_color premium_type member webhook extra
    );
}
