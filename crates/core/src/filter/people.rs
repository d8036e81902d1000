//! Resolves names in filters and options to people.

use super::caseless::caseless;
use crate::error::Error;
use crate::model::{Blank, Person};
use crate::text::quoted;

/// The indices of people with this id, user name (with or without its four digits) or display
/// name, ignoring case. With a leading `@`, user names take precedence over other names.
#[must_use]
pub fn named(name: &str, people: &[Person]) -> Vec<usize> {
    let bare = name.strip_prefix('@').unwrap_or(name);
    if bare.trim().is_empty() {
        // Nobody is called "": it is an absent nickname, for example.
        return Vec::new();
    }
    let wanted = caseless(bare);
    let all = |fits: &dyn Fn(&Person) -> bool| -> Vec<usize> {
        let found = people.iter().enumerate().filter(|(_, person)| fits(person));
        found.map(|(at, _)| at).collect()
    };
    let has_id = all(&|person| *person.id == *bare);
    if !has_id.is_empty() {
        return has_id;
    }
    if name.starts_with('@') {
        let users = all(&|person| is_user(person, &wanted));
        if !users.is_empty() {
            return users;
        }
    }
    all(&|person| is_named(person, &wanted))
}

/// Whether this is a person's user name, with or without its four digits.
fn is_user(person: &Person, wanted: &str) -> bool {
    let user = caseless(&person.username);
    let digits = &person.discriminator;
    user == wanted
        || (!digits.is_blank()
            && wanted
                .strip_prefix(&user)
                .and_then(|rest| rest.strip_prefix('#'))
                .is_some_and(|rest| *rest == **digits))
}

/// Whether this is any name of a person.
pub(super) fn is_named(person: &Person, wanted: &str) -> bool {
    let names = [&person.nick, &person.global_name, &person.display];
    is_user(person, wanted) || names.iter().any(|name| caseless(name) == wanted)
}

/// The indices of the person that an option names; several only if they share an id, like
/// the names of a webhook.
///
/// # Errors
/// When nobody has the name, or several people do.
pub fn one(option: &str, name: &str, people: &[Person]) -> Result<Vec<usize>, Error> {
    let found = named(name, people);
    if found.is_empty() {
        let known: Vec<_> = people
            .iter()
            .filter(|person| !person.display.is_blank())
            .take(MOST_NAMED)
            .map(|person| quoted(&person.display))
            .collect();
        return Err(Error::option(
            option,
            format!(
                "expected the id or a name of someone in the transcript, got {}; \
                 there are {}{}",
                quoted(name),
                known.join(", "),
                if people.len() > known.len() {
                    ", …"
                } else {
                    ""
                }
            ),
        ));
    }
    let mut different: Vec<&Person> = Vec::new();
    for &at in &found {
        if !different.iter().any(|known| known.id == people[at].id) {
            different.push(&people[at]);
        }
    }
    if different.len() == 1 {
        return Ok(found);
    }
    let listed: Vec<_> = different
        .iter()
        .take(MOST_NAMED)
        .map(|person| {
            let user = if person.username.is_blank() {
                String::new()
            } else {
                format!("@{}, ", &*person.username)
            };
            format!("{} ({user}id {})", quoted(&person.display), &*person.id)
        })
        .collect();
    let more = if different.len() > listed.len() {
        ", …"
    } else {
        ""
    };
    Err(Error::option(
        option,
        format!(
            "expected one person, but {} go by the name {}: {}{more}; pass the id of \
             one, or of each",
            different.len(),
            quoted(name),
            listed.join(", "),
        ),
    ))
}

/// The most people that an error lists.
const MOST_NAMED: usize = 10;

/// For each person, whether they are named.
pub(super) fn chosen(
    option: &str,
    names: &[String],
    people: &[Person],
) -> Result<Vec<bool>, Error> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut chosen = vec![false; people.len()];
    for name in names {
        for index in one(option, name, people)? {
            chosen[index] = true;
        }
    }
    Ok(chosen)
}
