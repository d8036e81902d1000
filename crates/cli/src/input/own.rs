//! Recognises files that this program wrote, which aren't exports but may be in the same folder.

use std::path::Path;

use super::{Part, pieces};

/// The number of bytes that are enough to recognise them.
const START: usize = 2048;

/// Whether the file is a manifest, a list of pseudonyms, the state of a site or of volumes, or a
/// transcript as JSON Lines.
pub fn is_own(path: &Path) -> bool {
    let start = pieces::start(&Part::File(path.to_owned()));
    let start = String::from_utf8_lossy(&start[..start.len().min(START)]).into_owned();
    is_own_text(&start)
}

fn is_own_text(start: &str) -> bool {
    // This also removes white space in names, which makes no difference here.
    let text: String = start.chars().filter(|char| !char.is_whitespace()).collect();
    let after = |head: &str| text.strip_prefix(head);
    if text.starts_with(r#"{"program":{"name":"scrollback","#) || text.starts_with(r#"{"pages":{"#)
    {
        return true;
    }
    if let Some(rest) = after(r#"[{"kind":""#) {
        return next_key(rest) == Some("pseudonym");
    }
    let message = after(r#"{"id":""#).and_then(|rest| rest.split_once(r#"","type":""#));
    if let Some((id, rest)) = message {
        return !id.contains('"') && next_key(rest) == Some("time");
    }
    let hash = after("{\"").and_then(|rest| rest.split_once(r#"":{"hash":""#));
    hash.is_some_and(|(name, rest)| {
        let mut digits = rest.bytes().take(64);
        !name.contains('"') && rest.len() > 64 && digits.all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The key after the text in which `rest` begins.
fn next_key(rest: &str) -> Option<&str> {
    let (_, rest) = rest.split_once('"')?;
    rest.strip_prefix(",\"")?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::is_own_text;

    #[test]
    fn own_files_are_told_from_exports() {
        let hash = "a".repeat(64);
        for own in [
            "{\n  \"program\": {\n    \"name\": \"scrollback\",\n    \"version\": \"1\"",
            "[\n  {\n    \"kind\": \"person\",\n    \"pseudonym\": \"Badger\"",
            r#"{"id":"1","type":"default","time":"2024-03-09T12:01:00+00:00","author":{"#,
            r#"{"pages": {"channels/a-1/2024-03.html": []}"#,
            &format!(r#"{{"chat 2024-03.pdf": {{"hash": "{hash}", "#),
        ] {
            assert!(is_own_text(own), "{own}");
        }
        for other in [
            r#"{"id":"1","type":"Default","timestamp":"2024-03-09T12:01:00+00:00"}"#,
            r#"{"id":"1","content":"a","type":"b","time":1}"#,
            r#"[{"kind":"person","content":"a"}]"#,
            r#"{"program":{"name":"other","#,
            &format!(r#"{{"guild":{{"hash":"a{}"}}}}"#, "é".repeat(64)),
            "[]",
            "",
        ] {
            assert!(!is_own_text(other), "{other}");
        }
    }
}
