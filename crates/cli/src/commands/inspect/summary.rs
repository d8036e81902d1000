//! The figures that `inspect` reports.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use scrollback_core::model::{Message, Source, Transcript};
use scrollback_core::time::Formatter;
use serde::Serialize;

use crate::engine::Unfit;
use crate::input::{Export, Part};
use crate::media::{self, Folder, Refusal, is_picture_name};

/// The content of an export, in figures. Names are those of the export.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// Its files, in order.
    pub files: Vec<String>,
    /// `discord-chat-exporter` or `discord-api`.
    pub source: &'static str,
    /// The server's name; none for direct messages.
    pub server: Option<String>,
    /// The channel.
    pub channel: Channel,
    /// Messages that fit the filter.
    pub messages: usize,
    /// Messages that don't fit it.
    pub filtered_out: u64,
    /// When the first was sent, ISO 8601.
    pub first: Option<String>,
    /// When the last was sent.
    pub last: Option<String>,
    /// When it was exported.
    pub exported: Option<String>,
    /// Days with messages.
    pub days: usize,
    /// The authors, by number of messages.
    pub people: Vec<Person>,
    /// Messages by Discord's type.
    pub kinds: BTreeMap<String, usize>,
    /// Parts of messages, such as attachments, and their number.
    pub parts: BTreeMap<&'static str, usize>,
    /// Pictures.
    pub media: Media,
}

/// A channel.
#[derive(Debug, Serialize)]
pub struct Channel {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Discord's type in lower case.
    pub kind: Option<String>,
    /// The category, or the channel of a thread.
    pub parent: Option<String>,
    /// Topic.
    pub topic: Option<String>,
}

/// An author.
#[derive(Debug, Serialize)]
pub struct Person {
    /// Id.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// An app.
    pub bot: bool,
    /// Messages.
    pub messages: usize,
}

/// Pictures and whether they can be drawn.
#[derive(Debug, Default, Serialize)]
pub struct Media {
    /// In the media folder, and drawable.
    pub found: usize,
    /// Remote; scrollback never downloads.
    pub remote: usize,
    /// Not in the media folder.
    pub missing: Vec<String>,
    /// Outside of the media folder.
    pub refused: Vec<String>,
    /// Unreadable or damaged.
    pub damaged: Vec<String>,
    /// Too large a file, or too many pixels.
    pub too_large: Vec<String>,
    /// In a format that can't be drawn.
    pub unsupported: Vec<String>,
}

impl Summary {
    /// Summarises a transcript.
    pub fn new(
        export: &Export,
        transcript: &Transcript,
        formatter: &Formatter,
        urls: &[String],
        media: &Folder,
    ) -> Self {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let messages = &transcript.messages;
        let channel = transcript.channel.as_ref();
        let mut days: Vec<_> = messages
            .iter()
            .filter_map(|message| message.timestamp)
            .map(|time| formatter.iso(time).chars().take(10).collect::<String>())
            .collect();
        days.sort();
        days.dedup();
        let times = || messages.iter().filter_map(|message| message.timestamp);
        let mut kinds = BTreeMap::new();
        for message in messages {
            let kind = message
                .kind
                .name()
                .map_or_else(|| format!("type_{}", message.kind.0), Into::into);
            *kinds.entry(kind).or_default() += 1;
        }
        Self {
            files: export
                .parts
                .iter()
                .map(|part| match part {
                    Part::File(path) => path.display().to_string(),
                    Part::Packed { archive, entry } => format!("{} ({entry})", archive.display()),
                    Part::Channel { database, name, .. } => {
                        format!("{} ({name})", database.display())
                    }
                    Part::Stdin => "-".into(),
                })
                .collect(),
            source: match transcript.source {
                Source::DiscordChatExporter => "discord-chat-exporter",
                Source::DiscordApi => "discord-api",
            },
            server: transcript
                .guild
                .as_ref()
                .and_then(|guild| given(&guild.name)),
            channel: Channel {
                id: channel
                    .map(|channel| channel.id.to_string())
                    .unwrap_or_default(),
                name: channel
                    .map(|channel| channel.name.to_string())
                    .unwrap_or_default(),
                kind: channel.and_then(|channel| channel.kind).map(|kind| {
                    kind.name()
                        .map_or_else(|| format!("type_{}", kind.0), Into::into)
                }),
                parent: channel.and_then(|channel| given(&channel.parent)),
                topic: channel.and_then(|channel| given(&channel.topic)),
            },
            messages: messages.len(),
            filtered_out: transcript.filtered_out,
            first: times().min().map(|time| formatter.iso(time)),
            last: times().max().map(|time| formatter.iso(time)),
            exported: transcript.exported_at.map(|time| formatter.iso(time)),
            days: days.len(),
            people: people(transcript),
            kinds,
            parts: parts(messages),
            media: pictures(urls, media),
        }
    }
}

impl Summary {
    /// Removes what pseudonyms don't cover: free text, and file names.
    pub fn anonymize(&mut self) {
        self.channel.topic = None;
        for (index, file) in self.files.iter_mut().enumerate() {
            *file = numbered("export", index, file);
        }
        let media = &mut self.media;
        for list in [
            &mut media.missing,
            &mut media.refused,
            &mut media.damaged,
            &mut media.too_large,
            &mut media.unsupported,
        ] {
            for (index, file) in list.iter_mut().enumerate() {
                *file = numbered("file", index, file);
            }
        }
    }
}

/// A replacement that keeps only the extension of a file name, such as `file 3.png`.
fn numbered(word: &str, index: usize, file: &str) -> String {
    let path = file.split(['?', '#']).next().unwrap_or(file);
    let kind = path
        .rsplit(['/', '\\'])
        .next()
        .and_then(|name| name.rsplit_once('.'));
    // A longer extension may be part of a name.
    let kind =
        kind.filter(|(_, kind)| kind.len() <= 5 && kind.chars().all(|c| c.is_ascii_alphanumeric()));
    let kind = kind.map(|(_, kind)| format!(".{kind}")).unwrap_or_default();
    format!("{word} {}{kind}", index + 1)
}

fn people(transcript: &Transcript) -> Vec<Person> {
    let mut counts = vec![0; transcript.people.len()];
    for author in transcript
        .messages
        .iter()
        .filter_map(|message| message.author)
    {
        if let Some(count) = counts.get_mut(author.index()) {
            *count += 1;
        }
    }
    let mut people: Vec<_> = transcript
        .people
        .iter()
        .zip(counts)
        .filter(|(_, messages)| *messages > 0)
        .map(|(person, messages)| Person {
            id: person.id.to_string(),
            name: person.display.to_string(),
            bot: person.bot,
            messages,
        })
        .collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.messages));
    people
}

fn parts(messages: &[Message]) -> BTreeMap<&'static str, usize> {
    let count = |of: &dyn Fn(&Message) -> usize| messages.iter().map(of).sum::<usize>();
    let all = [
        ("attachments", count(&|m| m.attachments.len())),
        ("components", count(&|m| m.components.len())),
        ("edits", count(&|m| m.is_edited().into())),
        ("embeds", count(&|m| m.embeds.len())),
        ("forwards", count(&|m| m.message_snapshots.len())),
        ("pins", count(&|m| m.pinned.into())),
        ("polls", count(&|m| m.poll.is_some().into())),
        ("reactions", count(&|m| m.reactions.len())),
        ("replies", count(&|m| m.reply.is_some().into())),
        ("stickers", count(&|m| m.sticker_items.len())),
        ("threads", count(&|m| m.thread.is_some().into())),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// Pictures, grouped by what is wrong with them. Each is read as it would be for a page.
fn pictures(urls: &[String], folder: &Folder) -> Media {
    let results: Vec<_> = urls
        .par_iter()
        .filter(|url| is_picture_name(url))
        .map(|url| (url, folder.find(url).and_then(|found| media::read(&found))))
        .collect();
    let mut media = Media::default();
    for (url, result) in results {
        let list = match result {
            Ok(_) => {
                media.found += 1;
                continue;
            }
            Err(Refusal::Remote) => {
                media.remote += 1;
                continue;
            }
            Err(Refusal::Outside) => &mut media.refused,
            Err(Refusal::Missing) => &mut media.missing,
            Err(Refusal::Unreadable | Refusal::Unfit(Unfit::Damaged)) => &mut media.damaged,
            Err(Refusal::Unfit(Unfit::TooLarge | Unfit::TooManyPixels) | Refusal::TooMany) => {
                &mut media.too_large
            }
            Err(Refusal::Inline | Refusal::Unfit(Unfit::Unsupported)) => &mut media.unsupported,
        };
        list.push(url.clone());
    }
    media
}
