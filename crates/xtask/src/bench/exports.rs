//! Exports that are measured, and bare documents of the same texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::measure::Run;

#[path = "../../../core/testing/export.rs"]
mod generator;

/// The floor: the texts of the same export, on the same page and in the same font.
const FLOOR: &str = r#"
#set page(margin: 15mm)
#set text(font: "Noto Sans", size: 10pt)
#for message in json("EXPORT").messages { block(message.content) }
"#;

/// The export as a document of the package, which reads it with the plugin.
const PACKAGE: &str = r#"
#import "/lib.typ": discord
#set page(margin: 15mm)
#discord.transcript(read("EXPORT", encoding: none), size: 10pt)
"#;

/// The part of the plugin in that.
const READING: &str = r#"
#import "/lib.typ": discord
#let _ = discord.read-transcript(read("EXPORT", encoding: none))
"#;

/// Writes documents of an export that was [written](write): one that typesets it with
/// the package, and one that only reads it.
pub fn write_documents(folder: &Path, size: usize) -> io::Result<[Run; 2]> {
    let document = |name: &str, source: &str| -> io::Result<Run> {
        let name = format!("{name}-{size}");
        let input = folder.join(format!("{name}.typ"));
        fs::write(
            &input,
            source.replace("EXPORT", &format!("export-{size}.json")),
        )?;
        let options = Vec::new();
        Ok(Run {
            name,
            input,
            options,
        })
    };
    Ok([document("package", PACKAGE)?, document("reading", READING)?])
}

/// An export of `size` messages, and its floor.
#[derive(Debug)]
pub struct Pair {
    /// The bare document.
    pub floor: Run,
    /// The export.
    pub export: Run,
}

/// Writes an export of `size` realistic messages and the document that is its floor.
pub fn write(folder: &Path, size: usize) -> io::Result<Pair> {
    fs::create_dir_all(folder)?;
    let name = format!("export-{size}");
    let export = folder.join(format!("{name}.json"));
    fs::write(&export, generator::export(size))?;
    let floor = folder.join(format!("export-floor-{size}.typ"));
    fs::write(&floor, FLOOR.replace("EXPORT", &format!("{name}.json")))?;
    let run = |name: String, input: PathBuf| Run {
        name,
        input,
        options: Vec::new(),
    };
    Ok(Pair {
        floor: run(format!("export-floor-{size}"), floor),
        export: run(name, export),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_of_the_size_asked_for() {
        let export: serde_json::Value = serde_json::from_str(&generator::export(50)).unwrap();
        assert_eq!(export["messages"].as_array().map(Vec::len), Some(50));
    }
}
