//! Repairs JSON that parsers refuse although it isn't damaged: lone surrogates, control
//! characters in strings, numbers out of range, Python's `NaN`, trailing commas, and values
//! that are nested too deeply.

use crate::json::{Fault, OUT_OF_RANGE, parse};

/// The deepest nesting; the parser stops at 128.
const DEEPEST: usize = 100;

/// A repaired text, with counts of the repairs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    pub text: String,
    /// Lone surrogates; each became U+FFFD.
    pub surrogates: usize,
    /// Unescaped control characters; they are escaped now.
    pub controls: usize,
    /// Numbers beyond 64 bits; each became `null`.
    pub numbers: usize,
    /// `NaN` and infinities; each became `null`.
    pub no_numbers: usize,
    /// Lists and objects that are nested too deeply; each became `null`.
    pub nested: usize,
}

/// Repairs the JSON of one value; `None` if there is nothing to repair.
pub fn repair(text: &str) -> Option<Repaired> {
    let mut repairer = Repairer {
        text,
        done: 0,
        repaired: Repaired::default(),
    };
    repairer.run();
    if repairer.done == 0 {
        return None;
    }
    let mut repaired = repairer.repaired;
    repaired.text.push_str(&text[repairer.done..]);
    Some(repaired)
}

struct Repairer<'t> {
    text: &'t str,
    /// The part of the text that was copied.
    done: usize,
    repaired: Repaired,
}

impl Repairer<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => at = self.string(at + 1),
                b'[' | b'{' if depth == DEEPEST => {
                    let end = self.value_end(at);
                    self.replace(at, end, "null");
                    self.repaired.nested += 1;
                    at = end;
                }
                b'[' | b'{' => {
                    depth += 1;
                    at += 1;
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    at += 1;
                }
                b',' if self.is_last(at) => {
                    self.replace(at, at + 1, "");
                    at += 1;
                }
                b'N' | b'I' | b'-' if self.no_number(at) > 0 => {
                    let end = at + self.no_number(at);
                    self.replace(at, end, "null");
                    self.repaired.no_numbers += 1;
                    at = end;
                }
                b'-' | b'0'..=b'9' => at = self.number(at),
                _ => at += 1,
            }
        }
    }

    /// Whether a comma is followed by the end of a list or object.
    fn is_last(&self, comma: usize) -> bool {
        let rest = self.text[comma + 1..].trim_ascii_start();
        rest.starts_with([']', '}'])
    }

    /// The length of a `NaN` or infinity as other JSON writers spell it; 0 otherwise.
    fn no_number(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let mut words = ["NaN", "Infinity", "-Infinity"].into_iter();
        words
            .find(|word| rest.starts_with(word))
            .map_or(0, str::len)
    }

    /// Replaces a range.
    fn replace(&mut self, from: usize, to: usize, by: &str) {
        self.repaired.text.push_str(&self.text[self.done..from]);
        self.repaired.text.push_str(by);
        self.done = to;
    }

    /// Repairs a string from after its opening quote; returns its end.
    fn string(&mut self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => return at + 1,
                b'\\' => match (unit(bytes, at), unit(bytes, at + 6)) {
                    (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at += 12,
                    (Some(0xd800..=0xdfff), _) => {
                        self.replace(at, at + 6, "\\ufffd");
                        self.repaired.surrogates += 1;
                        at += 6;
                    }
                    _ => at += 2,
                },
                0..=0x1f => {
                    self.replace(at, at + 1, &format!("\\u{byte:04x}"));
                    self.repaired.controls += 1;
                    at += 1;
                }
                _ => at += 1,
            }
        }
        at
    }

    fn number(&mut self, at: usize) -> usize {
        let digits = self.text.as_bytes()[at..]
            .iter()
            .take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'));
        let end = at + digits.count();
        let number = &self.text[at..end];
        let is_too_large = |fault: Fault| fault.what == OUT_OF_RANGE;
        if parse(number).is_err_and(is_too_large) {
            self.replace(at, end, "null");
            self.repaired.numbers += 1;
        }
        end
    }

    /// The end of the list or object that begins here.
    fn value_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut depth = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'"' => {
                    while let Some(&byte) = bytes.get(at) {
                        at += if byte == b'\\' { 2 } else { 1 };
                        if byte == b'"' {
                            break;
                        }
                    }
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return at;
                    }
                }
                _ => {}
            }
        }
        bytes.len()
    }
}

/// The escaped UTF-16 code unit at this position.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::repair;

    fn repaired(text: &str) -> Option<String> {
        repair(text).map(|repaired| repaired.text)
    }

    #[test]
    fn mends_only_lone_surrogates() {
        assert_eq!(repaired(r#""\ud83d\ude00""#), None);
        assert_eq!(repaired(r#""\ud83d!""#).as_deref(), Some(r#""\ufffd!""#));
        assert_eq!(repaired(r#""a\ude00""#).as_deref(), Some(r#""a\ufffd""#));
        assert_eq!(repaired(r#""\\ud83d""#), None);
    }

    #[test]
    fn escapes_control_characters_in_strings_alone() {
        assert_eq!(
            repaired("{\n\"a\tb\": \"c\u{b}d\"}").as_deref(),
            Some("{\n\"a\\u0009b\": \"c\\u000bd\"}")
        );
        assert_eq!(repaired("{\n\t\"a\": 1}"), None);
    }

    #[test]
    fn leaves_out_numbers_beyond_all_bounds() {
        assert_eq!(
            repaired(r#"{"a": 1e999, "b": [-1e999, 1e3], "c": "1e999"}"#).as_deref(),
            Some(r#"{"a": null, "b": [null, 1e3], "c": "1e999"}"#)
        );
    }

    #[test]
    fn mends_what_other_writers_of_json_allow() {
        assert_eq!(
            repaired(r#"{"a": NaN, "b": [Infinity, -Infinity,], "c": "NaN,]", }"#).as_deref(),
            Some(r#"{"a": null, "b": [null, null], "c": "NaN,]" }"#)
        );
        assert_eq!(repaired(r#"{"a": [-1, 2]}"#), None);
    }

    #[test]
    fn leaves_out_what_is_nested_too_deep() {
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        let cut = repair(&deep).expect("it is too deep");
        assert_eq!(cut.nested, 1);
        assert_eq!(
            cut.text,
            format!("{}null{}", "[".repeat(100), "]".repeat(100))
        );
        assert!(serde_json::from_str::<serde_json::Value>(&cut.text).is_ok());
        // Brackets in strings don't count.
        let text = format!("{}[\"]]\\\"]\"]{}", "[".repeat(99), "]".repeat(99));
        assert_eq!(repaired(&text), None);
    }
}
