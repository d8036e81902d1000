//! Packs the directions of characters, and which of them are marks on others:
//! `unicode-bidi` has a table of 18 kB with all classes, of which Discord's
//! texts need six.

use std::path::PathBuf;
use std::{env, fs, io};

use unicode_bidi::{BidiClass, bidi_class};

/// What counts of a class, as `src/markdown/direction.rs` numbers it.
fn number(class: BidiClass) -> u8 {
    match class {
        BidiClass::L => 1,
        BidiClass::R | BidiClass::AL => 2,
        BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => 3,
        BidiClass::PDI => 4,
        BidiClass::NSM => 5,
        _ => 0,
    }
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Runs of characters of one number, from U+0000: the length (seven bits a byte,
    // low ones first, the high bit where more follow), then the number.
    let mut packed = Vec::new();
    let mut run = (0u32, number(bidi_class('\0')));
    for code in 0..=u32::from(char::MAX) {
        // Surrogates are no characters: they go with what is before them.
        let number = char::from_u32(code).map_or(run.1, |c| number(bidi_class(c)));
        if number != run.1 {
            push(&mut packed, run);
            run = (0, number);
        }
        run.0 += 1;
    }
    push(&mut packed, run);
    let folder = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(folder.join("directions.bin"), packed)
}

fn push(packed: &mut Vec<u8>, (mut length, number): (u32, u8)) {
    while length >= 0x80 {
        packed.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    packed.extend([length as u8, number]);
}
