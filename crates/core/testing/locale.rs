//! The package's languages, for tests.
#![allow(dead_code, reason = "not every test needs everything")]

use scrollback_core::time::TimeWords;
use scrollback_core::words::Words;

/// What words times in a language.
pub fn times(code: &str) -> TimeWords {
    let data = read(code);
    let mut times = data["time"].as_table().expect("it is a table").clone();
    times.insert("plurals".into(), data["plurals"].clone());
    times.try_into().expect("they are words of times")
}

/// The words of a language.
pub fn words(code: &str) -> Words {
    let tables = read(code).try_into().expect("all tables");
    Words::new(tables).expect("its rules")
}

/// The codes of all languages.
pub fn codes() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
    let files = std::fs::read_dir(folder).expect("the folder of languages");
    let names = files.map(|file| file.expect("a file").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names
        .filter_map(|name| name.strip_suffix(".toml").map(Into::into))
        .collect()
}

/// A language's file over the one that it inherits from.
fn read(code: &str) -> toml::Table {
    let path = format!("{}/../../locales/{code}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("there is such a language");
    let mut data: toml::Table = text.parse().expect("it is TOML");
    match data.remove("inherits") {
        Some(base) => {
            let mut all = read(base.as_str().expect("it is a code"));
            put_over(&mut all, data);
            all
        }
        None => data,
    }
}

fn put_over(base: &mut toml::Table, changes: toml::Table) {
    for (key, value) in changes {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(changes)) => {
                put_over(base, changes)
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}
