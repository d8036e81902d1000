//! Assigns pseudonyms, with one map for all transcripts of a run.

use super::common::Common;
use super::fold::Folds;
use super::kind::{Kind, Mark};
use super::names::{Entry, Names, parts, spellings};
use crate::index::Index;
use crate::model::{Blank, Person};
use crate::text::Text;

/// Makes tags that can't be linked to names without a key.
pub trait Naming: Send + Sync {
    /// The tag of a key among those of its kind: always the same for the same key, and almost
    /// certainly different for others.
    fn tag(&self, kind: &str, key: &str) -> u64;
}

/// The pseudonyms of everything with a name in some transcripts.
///
/// It first collects the names of all transcripts of a run and is then finished; from there
/// on, it gives the same thing the same pseudonym in each of them.
pub struct Pseudonyms {
    naming: Option<Box<dyn Naming>>,
    pub(super) entities: Vec<Entity>,
    /// By the letter of its space and its key.
    places: Index<'static>,
    ids: Index<'static>,
    pub(super) folds: Folds,
    common: Common,
    pub(super) names: Names,
}

/// Something that has a name.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    kind: Option<Kind>,
    key: String,
    /// Its real names, each once.
    names: Vec<String>,
    alias: String,
    /// Whether it is only mentioned, or shares its name with others.
    in_text: bool,
    /// The entity that it turned out to be.
    same_as: Option<u32>,
}

impl Entity {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Person)
    }

    /// Its real names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Its pseudonym.
    #[must_use]
    pub fn alias(&self) -> &str {
        &self.alias
    }

    /// Its real id, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let id = self.key.split('\0').next().unwrap_or_default();
        (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).then_some(id)
    }
}

/// The prefix of keys of people who are only mentioned, before the folded name.
const WRITTEN: char = '@';
/// The prefix of keys of names that several people share.
const SHARED: char = '~';

impl Default for Pseudonyms {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Pseudonyms {
    /// An empty map. Without a naming, pseudonyms are numbered by first occurrence.
    #[must_use]
    pub fn new(naming: Option<Box<dyn Naming>>) -> Self {
        let folds = Folds::new();
        Self {
            naming,
            entities: Vec::new(),
            places: Index::default(),
            ids: Index::default(),
            common: Common::new(&folds),
            folds,
            names: Names::default(),
        }
    }

    /// Everything with a pseudonym, by first occurrence.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities
            .iter()
            .filter(|entity| entity.same_as.is_none())
    }

    /// Records an occurrence of something under this name.
    pub(super) fn meet(&mut self, kind: Kind, key: &str, name: &str) {
        let place = format!("{}{key}", kind.space());
        let at = match self.places.get(&*place) {
            Some(&at) => at,
            None => {
                let at = self.entities.len();
                self.places.insert(Text::from(place), at);
                self.entities.push(Entity {
                    kind: Some(kind),
                    key: key.to_owned(),
                    in_text: key.starts_with(WRITTEN),
                    ..Entity::default()
                });
                at
            }
        };
        let entity = &mut self.entities[at];
        if !name.trim().is_empty()
            && entity.names.len() < MOST_NAMES
            && entity.names.iter().all(|n| n != name)
        {
            entity.names.push(name.to_owned());
        }
    }

    /// Records a person.
    pub(super) fn meet_person(&mut self, person: &Person) {
        let key = person_key(person);
        for name in [
            &person.nick,
            &person.global_name,
            &person.username,
            &person.display,
        ] {
            self.meet(Kind::Person, &key, name);
        }
        let member = person.member.as_ref();
        if let Some(nick) = member
            .map(|member| &member.nick)
            .filter(|nick| !nick.is_blank())
        {
            self.meet(Kind::Person, &key, nick);
        }
    }

    /// Records a person who is only mentioned.
    pub(super) fn meet_written(&mut self, name: &str) {
        let key = self.written_key(name);
        if key.len() > 1 {
            self.meet(Kind::Person, &key, name);
        }
    }

    fn written_key(&self, name: &str) -> String {
        format!("{WRITTEN}{}", self.folds.folded(name))
    }

    /// Records an id.
    pub(super) fn meet_id(&mut self, id: &str) {
        if self.naming.is_none() && !id.is_empty() && !self.ids.contains_key(id) {
            let number = self.ids.len() + 1;
            self.ids.insert(Text::from(id.to_owned()), number);
        }
    }

    /// The number for an id.
    #[must_use]
    pub fn id(&self, id: &str) -> String {
        if id.is_empty() {
            return String::new();
        }
        match &self.naming {
            // Too short to be mistaken for a Discord id.
            Some(naming) => (naming.tag("id", id) % 100_000_000_000_000).to_string(),
            None => self.ids.get(id).copied().unwrap_or_default().to_string(),
        }
    }

    /// The pseudonym and number of what has this key.
    pub(super) fn find(&self, kind: Kind, key: &str) -> Option<u32> {
        let place = format!("{}{key}", kind.space());
        let at = *self.places.get(&*place)?;
        Some(self.entities[at].same_as.unwrap_or(at as u32))
    }

    /// The same for a person.
    pub(super) fn find_person(&self, person: &Person) -> Option<u32> {
        self.find(Kind::Person, &person_key(person))
    }

    /// The same for a person who is only mentioned.
    pub(super) fn find_written(&self, name: &str) -> Option<u32> {
        self.find(Kind::Person, &self.written_key(name))
    }

    /// Assigns pseudonyms to everything that was recorded.
    pub fn finish(&mut self) {
        self.join_nameless();
        self.add_names(false);
        // People who are only mentioned may turn out to be known.
        for at in 0..self.entities.len() {
            let entity = &self.entities[at];
            // A shared name is in the text too, but would only find itself.
            if let Some(name) = entity.key.strip_prefix(WRITTEN) {
                self.entities[at].same_as = self.names.get(name, Kind::Person.sign());
            }
        }
        self.add_names(true);
        let mut counts = [0; Kind::ALL.len()];
        let mut given = Index::default();
        for in_text in [false, true] {
            for at in 0..self.entities.len() {
                let entity = &self.entities[at];
                if entity.in_text == in_text && entity.same_as.is_none() {
                    let alias = self.alias(entity, &mut counts, &given);
                    given.insert(Text::from(alias.to_lowercase()), at);
                    self.entities[at].alias = alias;
                }
            }
        }
    }

    /// Something known only by name is the thing with this name and an id, if there is one.
    fn join_nameless(&mut self) {
        let place =
            |entity: &Entity, name: &str| Text::from(format!("{}{name}", entity.kind().space()));
        let mut named = Index::default();
        let is_person = |entity: &Entity| entity.kind() == Kind::Person;
        for (at, entity) in self.entities.iter().enumerate() {
            if entity.id().is_some() && !is_person(entity) {
                for name in &entity.names {
                    named.entry(place(entity, name)).or_insert(at);
                }
            }
        }
        for entity in &mut self.entities {
            if entity.id().is_none() && !is_person(entity) {
                let name = entity.names.first().map(String::as_str).unwrap_or_default();
                entity.same_as = named.get(&place(entity, name)).map(|at| *at as u32);
            }
        }
    }

    /// A pseudonym that is neither another pseudonym nor a real name.
    fn alias(&self, entity: &Entity, counts: &mut [usize], given: &Index) -> String {
        let kind = entity.kind();
        let tag = self
            .naming
            .as_ref()
            .map(|naming| naming.tag(kind.name(), &entity.key));
        let mut length = LETTERS;
        loop {
            counts[kind as usize] += 1;
            let mark = match tag {
                Some(tag) => Mark::Letters(tag, letters(tag, length)),
                None => Mark::Number(counts[kind as usize]),
            };
            length += 1;
            let alias = kind.alias(&mark);
            let is_name = |sign| self.names.get(&self.folds.folded(&alias), sign).is_some();
            let taken = given.contains_key(&*alias.to_lowercase()) || is_name(kind.sign());
            // If all letters are used up, any will do.
            if !taken || length > MOST_LETTERS {
                return alias;
            }
        }
    }

    /// Adds the names of all entities that are, or aren't, only mentioned.
    fn add_names(&mut self, in_text: bool) {
        let mut words = Words::default();
        for (at, entity) in self.entities.iter().enumerate() {
            let kind = entity.kind();
            if entity.in_text != in_text || entity.same_as.is_some() || !kind.is_named() {
                continue;
            }
            for name in &entity.names {
                if kind == Kind::Person {
                    for part in std::iter::once(&**name).chain(name.split_whitespace()) {
                        if self.common.covers_person(&self.folds.folded(part)) {
                            self.names.spellings.add(&self.folds, &self.common, part);
                        }
                    }
                }
                for spelling in spellings(&self.folds, name) {
                    words.add(spelling, kind, at as u32, true);
                }
                if kind == Kind::Person && !in_text {
                    for part in parts(&self.folds, name) {
                        // A part that may be an ordinary word isn't searched letter by letter.
                        if self.common.covers(&part) {
                            words.add(part, kind, at as u32, false);
                            continue;
                        }
                        for spelling in spellings(&self.folds, &part) {
                            words.add(spelling, kind, at as u32, false);
                        }
                    }
                }
            }
        }
        for (word, owners) in words.list {
            let covers = self.common.covers(&word);
            let covers_person = self.common.covers_person(&word);
            for kind in Kind::ALL {
                let only_signed = if kind == Kind::Person {
                    covers_person
                } else {
                    covers
                };
                let target = match owners.target(kind) {
                    Target::None => continue,
                    Target::One(target) => target,
                    Target::Several if kind == Kind::Person => {
                        let key = format!("{SHARED}{word}");
                        self.meet(kind, &key, &word);
                        let at = self.find(kind, &key).unwrap_or_default();
                        self.entities[at as usize].in_text = true;
                        at
                    }
                    Target::Several => owners.first(kind),
                };
                let sign = kind.sign();
                self.names.add(
                    &word,
                    Entry {
                        target,
                        sign,
                        only_signed,
                    },
                );
            }
        }
    }
}

/// The most names of one thing that are searched.
const MOST_NAMES: usize = 64;
/// The number of letters in a pseudonym made from a tag.
const LETTERS: usize = 5;
/// The number of letters in a tag.
const MOST_LETTERS: usize = 12;

/// Letters and digits that can't be confused.
fn letters(tag: u64, length: usize) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    // The tag's last bits choose the animal.
    let mut rest = tag / 64;
    (0..length)
        .map(|_| {
            let letter = LETTERS[(rest % 32) as usize];
            rest /= 32;
            char::from(letter)
        })
        .collect()
}

/// Webhooks use many names with one id.
fn person_key(person: &Person) -> String {
    if person.id.is_empty() || person.bot || person.webhook {
        format!("{}\0{}", person.id, person.username)
    } else {
        person.id.to_string()
    }
}

/// Folded names, with their owners.
#[derive(Default)]
struct Words {
    list: Vec<(String, Owners)>,
    places: Index<'static>,
}

/// The owner of a name, and whether it is a whole name of theirs.
#[derive(Default)]
struct Owners(Vec<(Kind, u32, bool)>);

enum Target {
    None,
    One(u32),
    Several,
}

impl Words {
    fn add(&mut self, word: String, kind: Kind, target: u32, whole: bool) {
        let at = match self.places.get(&*word) {
            Some(&at) => at,
            None => {
                self.places
                    .insert(Text::from(word.clone()), self.list.len());
                self.list.push((word, Owners::default()));
                self.list.len() - 1
            }
        };
        let owners = &mut self.list[at].1.0;
        match owners
            .last_mut()
            .filter(|owner| (owner.0, owner.1) == (kind, target))
        {
            Some(owner) => owner.2 |= whole,
            None => owners.push((kind, target, whole)),
        }
    }
}

impl Owners {
    /// The owner of a name of this kind: whoever has it as a whole name takes precedence over
    /// those who have it as a part.
    fn target(&self, kind: Kind) -> Target {
        for whole in [true, false] {
            let mut of = self
                .0
                .iter()
                .filter(|owner| owner.0 == kind && owner.2 == whole);
            match (of.next(), of.next()) {
                (None, _) => {}
                (Some(owner), None) => return Target::One(owner.1),
                _ => return Target::Several,
            }
        }
        Target::None
    }

    fn first(&self, kind: Kind) -> u32 {
        let first = self.0.iter().find(|owner| owner.0 == kind);
        first.map(|owner| owner.1).unwrap_or_default()
    }
}
