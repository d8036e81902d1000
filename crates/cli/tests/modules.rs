//! The engine uses nothing of the rest of the program, so that it can become a library.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;

use project::sources;

/// What the engine uses of nothing: the rest of the program, the disk, the terminal,
/// and the command line.
const FORBIDDEN: [&str; 8] = [
    "std::fs",
    "std::path",
    "std::env",
    "std::process",
    "io::std",
    "clap",
    "println!",
    "print!",
];

#[test]
fn the_engine_uses_nothing_of_the_rest_of_the_program() {
    let engine = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine");
    let files = sources(&engine, "rs");
    assert!(files.len() > 20, "the engine is somewhere else");
    let mut breaches = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // Tests may use what tests share, and what stops in tests is at its place.
        let code = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let leads_out = line
                .match_indices("crate::")
                .any(|(at, found)| !line[at + found.len()..].starts_with("engine"));
            let forbidden = FORBIDDEN.iter().any(|forbidden| line.contains(forbidden));
            if leads_out || forbidden {
                breaches.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}
