//! Packs the properties of Unicode characters that texts need.
//!
//! - Directions, and which characters are marks on others: `unicode-bidi` has a table of
//!   18 kB with all classes, of which Discord's texts need six.
//! - Plain letters: of `unicode-normalization`, names need only the letters without accents,
//!   width and style.
//!
//! Also compresses the tables of text, for `src/packed.rs`.

use std::path::PathBuf;
use std::{env, fs, io};

use miniz_oxide::deflate::compress_to_vec;
use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The number of a class in `src/markdown/direction.rs`.
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
    let folder = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    fs::write(folder.join("directions.bin"), directions())?;
    fs::write(folder.join("folds.bin"), folds())?;
    for (name, table) in TABLES {
        println!("cargo::rerun-if-changed={table}");
        let deflated = compress_to_vec(&fs::read(table)?, HARDEST);
        fs::write(folder.join(name).with_extension("deflate"), deflated)?;
    }
    Ok(())
}

/// The tables of text, with the names of the compressed files.
const TABLES: [(&str, &str); 3] = [
    ("common", "src/anonymize/common.txt"),
    ("emoji", "src/emoji/table.txt"),
    ("zones", "src/time/zones.txt"),
];

/// The highest compression level.
const HARDEST: u8 = 10;

/// The directions of all characters, for `src/markdown/direction.rs`.
fn directions() -> Vec<u8> {
    // Runs of characters with the same number, from U+0000: the length (LEB128), then the number.
    let mut packed = Vec::new();
    let mut run = (0u32, number(bidi_class('\0')));
    for code in 0..=u32::from(char::MAX) {
        // Surrogates aren't characters: they join the previous run.
        let number = match code {
            // Noncharacters without a direction: one marks blacked-out passages.
            0xFDD0..=0xFDEF => 0,
            _ => char::from_u32(code).map_or(run.1, |c| number(bidi_class(c))),
        };
        if number != run.1 {
            push(&mut packed, run);
            run = (0, number);
        }
        run.0 += 1;
    }
    push(&mut packed, run);
    packed
}

fn push(packed: &mut Vec<u8>, (length, number): (u32, u8)) {
    push_number(packed, length);
    packed.push(number);
}

/// LEB128: seven bits per byte, low ones first, with the high bit set if more follow.
fn push_number(packed: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        packed.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

/// Blocks with letters that occur in names: Latin, Greek and Cyrillic with their extensions,
/// mathematical letters, circled letters, kana, other widths.
const BLOCKS: [(u32, u32); 9] = [
    (0x00A0, 0x052F),
    (0x1D00, 0x1DBF),
    (0x1E00, 0x1FFF),
    (0x2070, 0x24FF),
    (0x2C60, 0x2C7F),
    (0x3040, 0x30FF),
    (0xFB00, 0xFB06),
    (0xFF00, 0xFFEF),
    (0x1D400, 0x1D7FF),
];
/// Letters in squares and brackets.
const SQUARED: (u32, u32) = (0x1F100, 0x1F14F);

/// One or two plain letters for each small letter that has accents or a style, for
/// `src/anonymize/fold.rs`.
fn folds() -> Vec<u8> {
    let blocks = BLOCKS.into_iter().chain([SQUARED]);
    let letters: Vec<(u32, [u32; 2])> = blocks
        .flat_map(|(first, last)| first..=last)
        .filter_map(|code| Some((code, plain(char::from_u32(code)?)?)))
        .collect();
    let mut packed = Vec::new();
    let (mut index, mut last) = (0, 0);
    while index < letters.len() {
        let (first, target) = letters[index];
        let run = |stride: u32, step: u32| {
            let fits = |(n, (code, letter)): (u32, &(u32, [u32; 2]))| {
                *code == first + n * stride && *letter == [target[0] + n * step, target[1]]
            };
            let count = (0..)
                .zip(&letters[index..])
                .take_while(|pair| fits(*pair))
                .count();
            (count, stride, step)
        };
        let runs = [run(1, 0), run(1, 1), run(2, 0), run(2, 1)];
        let (count, stride, step) = runs
            .into_iter()
            .max_by_key(|run| run.0)
            .unwrap_or((1, 1, 0));
        push_number(&mut packed, first - last);
        push_number(&mut packed, (count as u32) << 2 | step << 1 | (stride - 1));
        push_number(&mut packed, target[0]);
        push_number(&mut packed, target[1]);
        last = first;
        index += count;
    }
    packed
}

/// The plain letters of a small letter or digit; zero if there is no second one.
fn plain(c: char) -> Option<[u32; 2]> {
    if c.is_uppercase() && c.to_lowercase().next() != Some(c) {
        return None;
    }
    let plain: String = c
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .collect();
    let mut letters = plain.chars().map(u32::from);
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), second, None) if plain.chars().ne([c]) => {
            Some([first, second.unwrap_or_default()])
        }
        _ => None,
    }
}
