//! What `scrollback` prints about itself: first steps, and licences.

use std::ffi::OsString;

use super::shell::print;
use crate::failure::Failure;

/// The text that is printed when the program is called without a command.
const GUIDE: &str = "\
scrollback typesets Discord conversations as PDF, PNG, SVG or HTML.

  scrollback demo --open               see what it makes of a built-in sample
  scrollback render export.json        typeset an export; writes export.pdf next to it
  scrollback render exports/ -o out/   typeset a folder of exports
  scrollback inspect export.json       show what is in an export
  scrollback init                      write a scrollback.toml with all options explained

An export is a JSON file from DiscordChatExporter, messages from Discord's API, or
Discord's own data package. `scrollback help` lists all commands, and
`scrollback render --help` all options.
";

/// The licence of the program.
const LICENCE: &str = include_str!("../../../../LICENSE");
/// The licences of its crates.
const CRATES: &str = include_str!("../../THIRD-PARTY.txt");
/// The licences of its fonts and emoji.
const FONTS: [(&str, &str); 2] = [
    (
        "Noto Sans",
        include_str!("../../../fonts/files/OFL-NotoSans.txt"),
    ),
    (
        "Source Code Pro",
        include_str!("../../../fonts/files/OFL-SourceCodePro.txt"),
    ),
];
/// The licence of the emoji, with the address of its text.
const EMOJI: &str = "Twemoji graphics: copyright Twitter, Inc and other contributors, \
    licensed under CC BY 4.0: https://creativecommons.org/licenses/by/4.0/";

/// Prints the first steps or the licences if the command line asks for nothing else.
pub fn about(line: &[OsString]) -> Option<Result<(), Failure>> {
    match line {
        [] | [_] => Some(print(GUIDE.as_bytes())),
        [_, option] if option == "--licenses" => Some(print(licences().as_bytes())),
        _ => None,
    }
}

fn licences() -> String {
    let rule = "=".repeat(80);
    let mut text = format!("scrollback\n\n{LICENCE}");
    for (font, licence) in FONTS {
        text += &format!("\n{rule}\nThe font {font}\n\n{licence}");
    }
    text + &format!("\n{rule}\n{EMOJI}\n\n{rule}\n{CRATES}")
}
