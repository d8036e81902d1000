//! The content of a site: channels, their pages, and authors.

use std::collections::HashMap;

use super::super::volumes::Volume;
use super::words::{encoded, texts};
use crate::engine::order::rank;

/// The most messages on a page unless `--split` is given; longer pages are slow to load on
/// phones, and to print.
pub const MOST: usize = 5000;
/// The separator before the number of a month's second and later pages.
pub const PAGE: &str = "-page-";

/// A channel of the site.
pub struct Channel {
    /// Its folder among the channels.
    pub folder: String,
    /// Its id; empty if it has none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its name is shown with a `#`.
    pub is_text: bool,
    /// Whether it is a thread or a forum post.
    pub is_thread: bool,
    /// The channel that a thread belongs to.
    pub parent_id: String,
    /// The category; empty if it has none.
    pub category: String,
    /// The server; empty for direct messages.
    pub server: String,
    /// Its position in the list of channels.
    pub position: i64,
    /// When the first message of a thread was sent, in milliseconds.
    pub began: Option<i64>,
    /// Its pages, oldest first.
    pub pages: Vec<Page>,
}

/// A page of a channel.
pub struct Page {
    /// The name of its file in the channel's folder.
    pub file: String,
    /// Its title: a month.
    pub label: String,
    /// The ids of its messages.
    pub ids: Vec<String>,
    /// The author and time of each, for the search.
    pub lines: Vec<(String, String)>,
    /// The authors, with the number of their messages.
    pub people: Vec<Wrote>,
}

/// An author on a page.
pub struct Wrote {
    /// The id.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The user name, if it differs.
    pub username: String,
    /// The number of messages.
    pub messages: usize,
}

/// An author, over all channels.
pub struct Person {
    /// The id.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The user name, if it differs.
    pub username: String,
    /// The number of messages.
    pub messages: usize,
    /// The positions of the channels that they are in.
    pub channels: Vec<usize>,
}

impl Channel {
    /// Its name as shown.
    pub fn shown(&self) -> String {
        if self.is_text {
            format!("#{}", self.name)
        } else {
            self.name.clone()
        }
    }

    /// Its name among others: with the server, if there are several.
    pub fn among(&self, channels: &[Self]) -> String {
        if are_of_several_servers(channels) && !self.server.is_empty() {
            format!("{} – {}", self.shown(), self.server)
        } else {
            self.shown()
        }
    }

    /// What it is listed under: its server and its category.
    pub fn heading(&self) -> (&str, &str) {
        (&self.server, &self.category)
    }

    /// Its place in the order of the site, which is that of a PDF of the same channels.
    pub fn place(&self) -> impl Ord + use<> {
        (
            rank(&self.server),
            rank(&self.category),
            self.position,
            self.began,
            rank(&self.name),
        )
    }

    /// Whether its name identifies it in running text; `#1` could be anything.
    pub fn has_telling_name(&self) -> bool {
        !self.id.is_empty()
            && self.name.chars().count() > 1
            && self.name.chars().any(char::is_alphabetic)
    }

    /// The path of a page in the site.
    pub fn path(&self, page: &Page) -> String {
        format!("channels/{}/{}", self.folder, page.file)
    }

    /// The same as an address.
    pub fn address(&self, page: &Page) -> String {
        format!("channels/{}/{}", encoded(&self.folder), encoded(&page.file))
    }

    /// The number of its messages.
    pub fn messages(&self) -> usize {
        self.pages.iter().map(|page| page.ids.len()).sum()
    }
}

/// Whether channels of several servers would be mixed up by their names alone.
pub fn are_of_several_servers(channels: &[Channel]) -> bool {
    channels
        .windows(2)
        .any(|two| two[0].server != two[1].server)
}

/// The authors, those with most messages first.
pub fn people(channels: &[Channel]) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, channel) in channels.iter().enumerate() {
        for wrote in channel.pages.iter().flat_map(|page| &page.people) {
            // People without an id are distinguished by name.
            let key = if wrote.id.is_empty() {
                ("", &*wrote.name)
            } else {
                (&*wrote.id, "")
            };
            let place = *known.entry(key).or_insert_with(|| {
                all.push(Person {
                    id: wrote.id.clone(),
                    name: wrote.name.clone(),
                    username: wrote.username.clone(),
                    messages: 0,
                    channels: Vec::new(),
                });
                all.len() - 1
            });
            all[place].messages += wrote.messages;
            if all[place].channels.last() != Some(&at) {
                all[place].channels.push(at);
            }
        }
    }
    all.sort_by_key(|person| std::cmp::Reverse(person.messages));
    all
}

impl Page {
    /// Its messages for the search: id, author, time and text.
    pub fn entries<'p>(&'p self, html: &str) -> Vec<(&'p str, &'p str, &'p str, String)> {
        let texts: HashMap<String, String> = texts(html).into_iter().collect();
        let lines = self.ids.iter().zip(&self.lines);
        lines
            .filter(|(id, _)| !id.is_empty())
            .map(|(id, (author, time))| {
                let text = texts.get(id).cloned().unwrap_or_default();
                (&**id, &**author, &**time, text)
            })
            .collect()
    }
}

/// Divides volumes so that none has more than `most` messages. The first keeps its name, so
/// that links to it stay valid.
pub fn in_pages(volumes: Vec<Volume>, most: usize) -> Vec<Volume> {
    let mut pages = Vec::new();
    for volume in volumes {
        for (index, places) in volume.places.chunks(most).enumerate() {
            let name = match index {
                0 => volume.name.clone(),
                _ => format!("{}{PAGE}{}", volume.name, index + 1),
            };
            pages.push(Volume {
                name,
                places: places.to_vec(),
            });
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_months_have_several_pages() {
        let month = |name: &str, places: &[usize]| Volume {
            name: name.to_owned(),
            places: places.to_vec(),
        };
        let months = vec![
            month("2024-03", &[1, 2, 3, 4, 5]),
            month("2024-04", &[6, 7]),
        ];
        assert_eq!(
            in_pages(months, 2),
            [
                month("2024-03", &[1, 2]),
                month("2024-03-page-2", &[3, 4]),
                month("2024-03-page-3", &[5]),
                month("2024-04", &[6, 7]),
            ]
        );
    }
}
