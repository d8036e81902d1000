//! Reads a single message of an input.

use std::ops::Range;

use super::outline::may_be_message;
use super::repair::repair;
use super::take::{Take, unreadable};
use super::{Reader, formats};
use crate::json::{self, Fault, Json};
use crate::model::{Blank, Message, Snapshot};
use crate::record::Read;
use crate::warning::codes;

impl<'t> Reader<'t> {
    /// Reads the value in `range`, which may be parsed already: a message, or an envelope with
    /// several. A value that can't be read as a message is kept as text, so that none is lost.
    /// So is an object without any field of a message, unless the input didn't declare it as
    /// one. Returns false for anything that certainly isn't a message.
    pub(super) fn messages<'a>(
        &mut self,
        (range, parsed): (Range<usize>, Option<Json<'t>>),
        declared: bool,
        take: &mut impl Take<'t, 'a>,
        mut keep: impl FnMut(Option<Message<'a>>),
    ) -> bool {
        let slice = &self.text[range.clone()];
        self.offset = range.start;
        self.message = None;
        let json = match parsed.map_or_else(|| self.parse(slice), Ok) {
            Ok(json @ Json::Object(_)) => json,
            Ok(other) => {
                self.warn(codes::UNREADABLE_MESSAGE, range.start, || {
                    format!(
                        "expected a message (an object), got {}; its text is kept",
                        other.describe()
                    )
                });
                keep(take.unreadable(slice));
                return false;
            }
            Err(error) => {
                self.warn(codes::UNREADABLE_MESSAGE, range.start + error.at, || {
                    format!("expected a message, got invalid JSON ({error}); its text is kept")
                });
                keep(take.unreadable(slice));
                return !has_bare_keys(slice);
            }
        };
        match formats::message(take.complete(json)) {
            Json::Array(several) => {
                for one in several {
                    keep(take.message(formats::message(one), self));
                }
            }
            one if declared || is_message(&one) => keep(take.message(one, self)),
            _ => {
                self.warn(codes::UNREADABLE_MESSAGE, range.start, || {
                    "expected a message, got another object; its text is kept".into()
                });
                keep(take.unreadable(slice));
                return false;
            }
        }
        true
    }

    /// Reads a message in the API's format.
    pub(crate) fn message<'j>(&mut self, json: Json<'j>) -> Message<'j> {
        match json.get("id").and_then(Json::as_str) {
            Some(id) => {
                let known = self.message.get_or_insert_default();
                known.clear();
                known.push_str(id);
            }
            None => self.message = None,
        }
        // Read in place, because moving such a large value takes time.
        let mut message = Message::default();
        if let Err(other) = message.fill(unwrap_snapshots(json), self) {
            self.warn(codes::UNREADABLE_MESSAGE, self.offset, || {
                format!(
                    "expected a message (an object), got {}; its text is kept",
                    other.describe()
                )
            });
            return match other {
                Json::Str(text) => unreadable(text),
                other => unreadable(other.describe().into()),
            };
        }
        let lost = std::mem::take(&mut self.lost);
        message.extra.extend(lost);
        // That it was forwarded is known even if nothing of what was forwarded is.
        let is_forward = message
            .reference
            .as_ref()
            .is_some_and(|one| one.is_forward());
        if is_forward && message.message_snapshots.is_empty() {
            message.message_snapshots.push(Snapshot::default());
        }
        if let (Some(author), Some(member)) = (message.author, &message.member) {
            self.people.join(author, member);
        }
        // An app's response to a command also uses a webhook, with the app's own id.
        let webhook = !message.webhook_id.is_blank() && message.application_id.is_blank();
        if let Some(author) = message.author.filter(|_| webhook) {
            self.people.list[author.index()].webhook = true;
        }
        message
    }

    /// Parses the JSON of one value, after repairs if necessary.
    pub(crate) fn parse<'j>(&mut self, slice: &'j str) -> Result<Json<'j>, Fault> {
        let error = match json::parse(slice) {
            Ok(json) => return Ok(json),
            Err(error) => error,
        };
        let Some(repaired) = repair(slice) else {
            return Err(error);
        };
        let Ok(json) = json::parse(&repaired.text) else {
            return Err(error);
        };
        let json = json.into_owned();
        for (times, code, what) in [
            (
                repaired.surrogates,
                codes::LONE_SURROGATE,
                "expected a pair of UTF-16 surrogates, got half of one; it became U+FFFD",
            ),
            (
                repaired.numbers,
                codes::UNEXPECTED_VALUE,
                "expected a number below 2^1024, got a larger one; it is left out",
            ),
            (
                repaired.no_numbers,
                codes::UNEXPECTED_VALUE,
                "expected a number, got NaN or Infinity; it is left out",
            ),
            (
                repaired.nested,
                codes::UNEXPECTED_VALUE,
                "expected at most 100 values within each other, got more; the inner ones are left out",
            ),
        ] {
            if times > 0 {
                let mut warnings = std::mem::take(&mut self.warnings);
                warnings.count(code, "", what, || self.place(), || what.into());
                self.warnings = warnings;
            }
        }
        Ok(json)
    }
}

/// Whether an object is written as in a program, with keys in other quotes or in none.
pub(super) fn has_bare_keys(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('{').map(str::trim_start);
    inner.is_some_and(|inner| !inner.is_empty() && !inner.starts_with(['"', '}']))
}

/// Whether an object has anything of a message.
fn is_message(json: &Json) -> bool {
    match json {
        Json::Object(members) => may_be_message(members.iter().map(|(key, _)| &**key)),
        _ => false,
    }
}

/// Unwraps forwarded messages from the API's `{"message": …}`, and keeps anything beside it.
/// Also distinguishes "deleted" from "absent".
fn unwrap_snapshots(json: Json) -> Json {
    let Json::Object(mut members) = json else {
        return json;
    };
    for (key, value) in &mut members {
        match &**key {
            "message_snapshots" => {
                if let Json::Object(_) = value {
                    *value = Json::Array(vec![std::mem::take(value)]);
                }
                if let Json::Array(items) = value {
                    for item in items {
                        *item = unwrap_snapshot(std::mem::take(item));
                    }
                }
            }
            // The exporter's name for one.
            "forwardedMessage" => *value = unwrap_snapshot(std::mem::take(value)),
            // This is how the API says that the message was deleted.
            "referenced_message" if matches!(value, Json::Null) => {
                *key = "reference_deleted".into();
                *value = Json::Bool(true);
            }
            "referenced_message" => *value = unwrap_snapshots(std::mem::take(value)),
            _ => {}
        }
    }
    Json::Object(members)
}

fn unwrap_snapshot(item: Json) -> Json {
    let Json::Object(mut members) = item else {
        return item;
    };
    let inner = members
        .iter()
        .position(|(key, value)| &**key == "message" && matches!(value, Json::Object(_)));
    match inner {
        Some(at) => match members.swap_remove(at).1 {
            Json::Object(mut message) => {
                message.append(&mut members);
                Json::Object(message)
            }
            other => other,
        },
        None => Json::Object(members),
    }
}
