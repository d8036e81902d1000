//! The members of an object, for renaming and removing.

use crate::json::Json;
use crate::text::Text;

/// The members of an object, in the order of the input.
#[derive(Debug)]
pub struct Members<'a>(Vec<(Text<'a>, Json<'a>)>);

impl<'a> Members<'a> {
    /// The members of an object.
    pub fn new(members: Vec<(Text<'a>, Json<'a>)>) -> Self {
        Self(members)
    }

    /// Turns the members back into an object.
    pub fn into_json(self) -> Json<'a> {
        Json::Object(self.0)
    }

    /// Whether some key satisfies `is`.
    pub fn any(&self, is: fn(&str) -> bool) -> bool {
        self.0.iter().any(|(key, _)| is(key))
    }

    /// Whether there is such a member.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A member's value.
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        let found = self.0.iter().find(|(known, _)| &**known == key);
        found.map(|(_, value)| value)
    }

    /// A member's value, for changing it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Json<'a>> {
        let found = self.0.iter_mut().find(|(known, _)| &**known == key);
        found.map(|(_, value)| value)
    }

    /// Removes a member, and returns it.
    pub fn take(&mut self, key: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(known, _)| &**known == key)?;
        Some(self.0.remove(at).1)
    }

    /// Drops members that don't concern the message.
    pub fn drop_all(&mut self, keys: &[&str]) {
        for key in keys {
            self.take(key);
        }
    }

    /// Adds a member, or replaces its value.
    pub fn set(&mut self, key: &'static str, value: Json<'a>) {
        match self.get_mut(key) {
            Some(known) => *known = value,
            None => self.0.push((Text::from(key), value)),
        }
    }

    /// Renames a member. An existing member of that name stays, unless it is empty.
    pub fn rename(&mut self, from: &str, to: &'static str) {
        let taken = self
            .get(to)
            .is_some_and(|value| !matches!(value, Json::Null));
        if taken {
            return;
        }
        if let Some(value) = self.take(from) {
            self.set(to, value);
        }
    }

    /// Writes the id as text, however the program wrote it.
    pub fn plain_id(&mut self) {
        if let Some(id) = self.get("id").and_then(id_text) {
            self.set("id", id);
        }
    }

    /// Changes the objects of a list. (Takes a function pointer, because a copy for each caller
    /// made the plugin large.)
    pub fn each(&mut self, key: &str, change: &dyn Fn(&mut Members<'a>)) {
        let Some(Json::Array(items)) = self.get_mut(key) else {
            return;
        };
        for item in items {
            change_object(item, change);
        }
    }

    /// Changes an object that is a member.
    pub fn within(&mut self, key: &str, change: &dyn Fn(&mut Members<'a>)) {
        if let Some(value) = self.get_mut(key) {
            change_object(value, change);
        }
    }
}

/// Changes the members of a value that is an object.
fn change_object<'a>(value: &mut Json<'a>, change: &dyn Fn(&mut Members<'a>)) {
    if let Json::Object(members) = value {
        let mut inner = Members(std::mem::take(members));
        change(&mut inner);
        *members = inner.0;
    }
}

/// An object of one member.
pub fn object<'a>(key: &'static str, value: Json<'a>) -> Json<'a> {
    Json::Object(vec![(Text::from(key), value)])
}

/// A number or text as text, for ids that are written as numbers.
pub fn id_text<'a>(value: &Json<'a>) -> Option<Json<'a>> {
    match value {
        Json::Str(text) if !text.is_empty() => Some(Json::Str(text.clone())),
        Json::Int(number) => Some(Json::Str(number.to_string().into())),
        Json::UInt(number) => Some(Json::Str(number.to_string().into())),
        // As MongoDB writes them out.
        Json::Object(members) => match members.as_slice() {
            [(key, id)] if matches!(&**key, "$numberLong" | "$oid") => id_text(id),
            _ => None,
        },
        _ => None,
    }
}

/// The file name at the end of an address.
pub fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// A message as JSON, after a change.
#[cfg(test)]
pub fn changed(message: &str, change: fn(&mut Members)) -> String {
    let json: Json = serde_json::from_str(message).unwrap();
    let Json::Object(members) = json else {
        panic!("no object");
    };
    let mut message = Members::new(members);
    change(&mut message);
    serde_json::to_string(&message.into_json()).unwrap()
}
