//! Whatever comes in as an export: no panic, and the model can be written.
//!
//! ```sh
//! cd crates/core
//! mkdir -p fuzz/corpus/import && cp ../../examples/exports/*.json tests/data/*.json fuzz/corpus/import
//! cargo +nightly fuzz run import
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use scrollback_core::{Dialect, Options, transcript};

fuzz_target!(|bytes: &[u8]| {
    let odd = Options {
        anonymize: true,
        newest_first: true,
        timezone: Some("Europe/Dublin".into()),
        now: Some("2024-03-10".into()),
        dialect: Dialect::Text,
        ..Options::default()
    };
    // Two halves at a zero byte are two inputs.
    let inputs: Vec<&[u8]> = bytes.splitn(2, |byte| *byte == 0).collect();
    for options in [Options::default(), odd] {
        if let Ok((transcript, _)) = transcript(&inputs, &options) {
            serde_json::to_string(&transcript).expect("a model can be written");
        }
    }
});
