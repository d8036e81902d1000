//! Applies the values of a request to settings, with errors that name the setting.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as Unknown, StrDeserializer};

use crate::error::Error;
use crate::filter::{Filter, Has};
use crate::import::Dialect;
use crate::json::Json;
use crate::options::{Names, Options, Threads};
use crate::time::{Clock, Coarse, Forms, TimeWords, Units};

/// A setting.
pub trait Setting {
    /// Sets the value. `name` is its name in errors.
    ///
    /// # Errors
    /// When the value has the wrong type.
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error>;
}

fn unexpected(name: &str, expected: &str, value: &Json) -> Error {
    Error::option(
        name,
        format_args!("expected {expected}, got {}", value.describe()),
    )
}

/// Applies the members of an object. `of` is the setting that contains them; empty for the
/// request itself.
///
/// # Errors
/// When `value` isn't an object, or a member is unknown or has a value of the wrong type.
pub fn set_members(settings: &mut dyn Settings, of: &str, value: Json<'_>) -> Result<(), Error> {
    let members = match value {
        Json::Object(members) => members,
        other => {
            let name = if of.is_empty() { "options" } else { of };
            return Err(unexpected(name, "a dictionary", &other));
        }
    };
    for (key, value) in members {
        let name = if of.is_empty() {
            key.to_string()
        } else {
            format!("{of}.{key}")
        };
        let names = settings.names();
        match settings.setting(&key) {
            Some(setting) => setting.set(&name, value)?,
            None => {
                let names = names.join(", ");
                return Err(Error::option(
                    &name,
                    format_args!("expected one of {names}, got an option of another name"),
                ));
            }
        }
    }
    Ok(())
}

/// Settings by name.
pub trait Settings {
    /// All names, in kebab-case.
    fn names(&self) -> &'static [&'static str];
    /// The setting of this name.
    fn setting(&mut self, name: &str) -> Option<&mut dyn Setting>;
}

/// Lists the settings of a struct: each name with its field.
#[macro_export]
macro_rules! settings {
    ($ty:ty { $($name:literal: $field:ident,)* }) => {
        impl $crate::settings::Settings for $ty {
            fn names(&self) -> &'static [&'static str] {
                &[$($name,)*]
            }
            fn setting(&mut self, name: &str) -> Option<&mut dyn $crate::settings::Setting> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

settings!(Options {
    "timezone": timezone,
    "clock": clock,
    "now": now,
    "dialect": dialect,
    "names": names,
    "filter": filter,
    "newest-first": newest_first,
    "anonymize": anonymize,
    "times": times,
    "coarse-times": coarse_times,
    "time-format": time_format,
    "seconds": seconds,
    "show-zone": show_zone,
    "redact": redact,
    "open-spoilers": open_spoilers,
    "threads": threads,
    "numbers": numbers,
});

settings!(TimeWords {
    "clock": clock,
    "months": months,
    "months-short": months_short,
    "weekdays": weekdays,
    "weekdays-short": weekdays_short,
    "halves": halves,
    "time-12": time_12,
    "time-12-seconds": time_12_seconds,
    "time-24": time_24,
    "time-24-seconds": time_24_seconds,
    "date": date,
    "date-long": date_long,
    "date-full": date_full,
    "date-header": date_header,
    "moment": moment,
    "moment-long": moment_long,
    "today": today,
    "yesterday": yesterday,
    "now": now,
    "future": future,
    "past": past,
    "plurals": plurals,
});

settings!(Units {
    "seconds": seconds,
    "minutes": minutes,
    "hours": hours,
    "days": days,
    "months": months,
    "years": years,
});

settings!(Filter {
    "after": after,
    "before": before,
    "from-id": from_id,
    "to-id": to_id,
    "author": author,
    "not-author": not_author,
    "mentions": mentions,
    "text": text,
    "not-text": not_text,
    "pinned": pinned,
    "has": has,
    "has-not": has_not,
    "reaction": reaction,
});

impl Setting for Options {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        let _ = name;
        // Errors name an option without the common prefix.
        set_members(self, "", value)
    }
}

/// Nested settings, with the name of their parent as prefix.
macro_rules! members {
    ($($ty:ty),*) => {$(
        impl Setting for $ty {
            fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
                set_members(self, name, value)
            }
        }
    )*};
}

members!(Filter, TimeWords, Units);

impl Setting for bool {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        match value {
            Json::Bool(value) => *self = value,
            other => return Err(unexpected(name, "true or false", &other)),
        }
        Ok(())
    }
}

impl Setting for usize {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        let number = match value {
            Json::Int(number) => usize::try_from(number).ok(),
            _ => None,
        };
        *self = number.ok_or_else(|| unexpected(name, "a whole number", &value))?;
        Ok(())
    }
}

impl Setting for String {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        match value {
            Json::Str(text) => *self = text.to_string(),
            other => return Err(unexpected(name, "text", &other)),
        }
        Ok(())
    }
}

impl<T: Setting + Default> Setting for Option<T> {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        *self = None;
        if !matches!(value, Json::Null) {
            self.insert(T::default()).set(name, value)?;
        }
        Ok(())
    }
}

impl<T: Setting + Default> Setting for Vec<T> {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        let items = match value {
            Json::Array(items) => items,
            other => return Err(unexpected(name, "an array", &other)),
        };
        self.clear();
        for item in items {
            let mut element = T::default();
            element.set(name, item)?;
            self.push(element);
        }
        Ok(())
    }
}

impl Setting for BTreeMap<String, String> {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        let Json::Object(members) = value else {
            return Err(unexpected(name, "a dictionary", &value));
        };
        self.clear();
        for (key, value) in members {
            let mut text = String::new();
            text.set(&format!("{name}.{key}"), value)?;
            self.insert(key.to_string(), text);
        }
        Ok(())
    }
}

impl Setting for Forms {
    fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
        *self = if let Json::Str(text) = value {
            Forms::One(text.to_string())
        } else {
            let mut forms = BTreeMap::new();
            forms.set(name, value)?;
            Forms::Many(forms)
        };
        Ok(())
    }
}

/// Settings with an enum value, named as in `Deserialize`.
macro_rules! one_of {
    ($($ty:ty),*) => {$(
        impl Setting for $ty {
            fn set(&mut self, name: &str, value: Json<'_>) -> Result<(), Error> {
                let Json::Str(text) = &value else {
                    return Err(unexpected(name, "text", &value));
                };
                let named: StrDeserializer<Unknown> = (&**text).into_deserializer();
                *self = <$ty>::deserialize(named).map_err(|error| Error::option(name, error))?;
                Ok(())
            }
        }
    )*};
}

one_of!(Clock, Coarse, Names, Dialect, Has, Threads);

#[cfg(test)]
mod tests {
    use super::{Setting, Settings};
    use crate::json::Json;
    use crate::options::Options;

    fn read(json: &str) -> Result<Options, String> {
        let json: Json = serde_json::from_str(json).expect("it is JSON");
        let mut options = Options::default();
        options
            .set("options", json)
            .map_err(|error| error.to_string())?;
        Ok(options)
    }

    /// The names that serde derives work here, too.
    #[test]
    fn options_are_read_as_serde_reads_them() {
        let json = r#"{
            "timezone": "Europe/Berlin", "clock": "24h", "now": "2024-03-01", "dialect": "raw",
            "names": "username", "newest-first": true, "anonymize": true,
            "coarse-times": "day", "time-format": "iso", "seconds": true, "show-zone": true,
            "redact": ["secret"], "open-spoilers": true, "threads": "under", "numbers": 7,
            "filter": {
                "after": "a", "before": null, "from-id": "1", "to-id": "2", "author": ["ada"],
                "not-author": ["bob", "cy"], "mentions": ["x"], "text": ["t"], "not-text": ["u"],
                "pinned": false, "has": ["image", "link"], "has-not": ["voice"],
                "reaction": ["👍"]
            }
        }"#;
        let expected: Options = serde_json::from_str(json).expect("they are options");
        assert_eq!(read(json), Ok(expected.clone()));
        // Neither side misses one.
        let all = serde_json::to_value(&expected).expect("options can be written");
        let keys = |value: &serde_json::Value| -> Vec<String> {
            let members = value.as_object().expect("an object");
            members.keys().cloned().collect()
        };
        let mut names = Options::default().names().to_vec();
        names.sort_unstable();
        assert_eq!(keys(&all), names);
        let mut names = Options::default().filter.names().to_vec();
        names.sort_unstable();
        assert_eq!(keys(&all["filter"]), names);
    }

    #[test]
    fn errors_name_the_option() {
        let cases = [
            (
                r#"{"timezon": "UTC"}"#,
                "option `timezon`: expected one of timezone, clock, now, dialect, names, filter, \
                 newest-first, anonymize, times, coarse-times, time-format, seconds, show-zone, \
                 redact, open-spoilers, threads, numbers, got an option of another name",
            ),
            (
                r#"{"timezone": 3}"#,
                "option `timezone`: expected text, got the number 3",
            ),
            (
                r#"{"clock": "12"}"#,
                "option `clock`: unknown variant `12`, expected `12h` or `24h`",
            ),
            (
                r#"{"filter": []}"#,
                "option `filter`: expected a dictionary, got a list",
            ),
            (
                r#"{"filter": {"author": "ada"}}"#,
                "option `filter.author`: expected an array, got the text \"ada\"",
            ),
            (
                r#"{"filter": {"pinned": "yes"}}"#,
                "option `filter.pinned`: expected true or false, got the text \"yes\"",
            ),
        ];
        for (json, message) in cases {
            assert_eq!(read(json), Err(message.into()), "{json}");
        }
        let unknown = read(r#"{"filter": {"has": ["emoji"]}}"#).expect_err("it is unknown");
        assert!(
            unknown.starts_with("option `filter.has`: unknown variant `emoji`, expected one of"),
            "{unknown}"
        );
    }
}
