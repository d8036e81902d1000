//! The memory that reading takes. A single test, because memory is counted for the whole process.

use std::io::{self, Read};

use scrollback_core::filter::Filter;
use scrollback_core::{Input, Options, read_in_pieces};

/// An export of so many messages that is made while it is read, and is nowhere as a
/// whole.
struct Endless {
    messages: u64,
}

struct Making {
    left: std::ops::Range<u64>,
    made: Vec<u8>,
    at: usize,
    is_over: bool,
}

const LAST: &[u8] = b"], \"messageCount\": null}\n";

impl Input for Endless {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Making {
            left: 0..self.messages,
            made:
                br#"{"guild": {"id": "1", "name": "Forge"}, "channel": {"id": "2"}, "messages": ["#
                    .to_vec(),
            at: 0,
            is_over: false,
        }))
    }
}

impl Read for Making {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.made.len() {
            self.at = 0;
            match self.left.next() {
                Some(number) => self.made = message(number).into_bytes(),
                None if self.is_over => return Ok(0),
                None => {
                    self.is_over = true;
                    self.made = LAST.to_vec();
                }
            }
        }
        let rest = &self.made[self.at..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

/// The id of a message; one a minute.
fn id(number: u64) -> u64 {
    (280_000_000_000 + number * 60_000) << 22
}

fn message(number: u64) -> String {
    let comma = if number == 0 { "" } else { "," };
    let filler = "All work and no play makes a long transcript. ".repeat(16);
    let answered = id(number.saturating_sub(5));
    format!(
        r#"{comma}
    {{"id": "{}", "type": "Reply", "content": "{number}: {filler}", "isPinned": false,
     "author": {{"id": "{}", "name": "person {}", "nickname": "Person", "roles": []}},
     "attachments": [], "embeds": [], "reactions": [], "mentions": [],
     "reference": {{"messageId": "{answered}"}}}}"#,
        id(number),
        1000 + number % 50,
        number % 50,
    )
}

/// The most memory that this process ever took, in bytes; Linux tells.
fn most() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

#[test]
fn memory_depends_on_the_messages_that_are_kept() {
    let source = Endless { messages: 300_000 };
    let options = Options {
        filter: Filter {
            from_id: Some(id(200_000).to_string()),
            to_id: Some(id(200_009).to_string()),
            ..Filter::default()
        },
        ..Options::default()
    };
    let Some(before) = most() else {
        eprintln!("skipped: only Linux tells how much memory a process took");
        return;
    };
    let read_before = scrollback_core::bytes_read();
    let archive = read_in_pieces(&[&source], &options, &|_| true).expect("it is read");
    let read = scrollback_core::bytes_read() - read_before;
    let taken = most().unwrap_or_default() - before;
    assert_eq!(archive.transcript().total, 300_000);
    let selection = archive.into_selection(&options).expect("it is selected");
    assert_eq!(selection.transcript.messages.len(), 10);
    assert_eq!(selection.transcript.filtered_out, 299_990);
    // What the first of them answers is five before it.
    let reply = selection.transcript.messages[0].reply.as_ref().unwrap();
    assert!(reply.content.starts_with("199995: "), "{}", reply.content);
    assert!(read > 500_000_000, "{read} bytes were read");
    assert!(
        taken < 24_000_000,
        "{taken} bytes of memory for {read} bytes of input"
    );
}
