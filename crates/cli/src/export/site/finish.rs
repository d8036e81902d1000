//! Finishes a site once all pages exist: the links between them, the search, the index, and
//! the list of people.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::channels::Channel;
use super::links::{Directory, with_links};
use super::words::encoded;
use super::{Site, listed, put};
use crate::export::state;
use crate::failure::Failure;

/// The pages of channels and messages.
struct Places<'c> {
    channels: &'c [Channel],
    by_channel: HashMap<&'c str, usize>,
    /// The names of channels as HTML, longest first.
    by_name: Vec<(String, usize)>,
    /// The positions of channel and page.
    by_message: HashMap<&'c str, (usize, usize)>,
}

impl<'c> Places<'c> {
    fn of(channels: &'c [Channel]) -> Self {
        let mut by_channel = HashMap::new();
        let mut by_message = HashMap::new();
        for (at, channel) in channels.iter().enumerate() {
            if !channel.id.is_empty() {
                by_channel.insert(&*channel.id, at);
            }
            for (page, of) in channel.pages.iter().enumerate() {
                let ids = of.ids.iter().filter(|id| !id.is_empty());
                by_message.extend(ids.map(|id| (&**id, (at, page))));
            }
        }
        let named = channels.iter().enumerate();
        let mut by_name: Vec<(String, usize)> = named
            .filter(|(_, channel)| channel.has_telling_name())
            .map(|(at, channel)| {
                let name = channel.name.replace('&', "&amp;").replace('<', "&lt;");
                (name, at)
            })
            .collect();
        by_name.sort_by_key(|(name, at)| (std::cmp::Reverse(name.len()), *at));
        Self {
            channels,
            by_channel,
            by_name,
            by_message,
        }
    }
}

/// The same for pages of one server, whose channel names refer to its own channels.
struct Seen<'p, 'c>(&'p Places<'c>, &'p str);

impl Directory for Seen<'_, '_> {
    fn address(&self, (channel, message): (Option<&str>, Option<&str>)) -> Option<String> {
        if let Some(message) = message
            && let Some(&(at, page)) = self.0.by_message.get(message)
        {
            let channel = &self.0.channels[at];
            let (folder, file) = (encoded(&channel.folder), encoded(&channel.pages[page].file));
            return Some(format!("../{folder}/{file}#message-{}", encoded(message)));
        }
        let channel = &self.0.channels[*self.0.by_channel.get(channel?)?];
        let (folder, file) = (
            encoded(&channel.folder),
            encoded(&channel.pages.first()?.file),
        );
        Some(format!("../{folder}/{file}"))
    }

    fn name(&self, channel: &str) -> Option<&str> {
        let at = self.0.by_channel.get(channel)?;
        Some(&self.0.channels[*at].name)
    }

    fn named<'t>(&'t self, text: &str) -> Option<(&'t str, usize)> {
        let Self(places, server) = self;
        let found = places.by_name.iter().find(|(name, at)| {
            text.starts_with(&**name) && places.channels[*at].server == **server
        });
        found.map(|(name, at)| (&*places.channels[*at].id, name.len()))
    }
}

impl Site<'_> {
    /// Removes pages of earlier runs that are no longer needed, if all inputs could be read, and
    /// records the current ones; returns the number of removed pages.
    pub(super) fn clear(&self, whole: bool) -> Result<usize, Failure> {
        let removed = if whole {
            self.listed.clear(self.out)?
        } else {
            self.state.keep_others();
            self.listed.keep_others();
            0
        };
        self.listed.write(&self.out.join(listed::FILE))?;
        self.state.write(&self.out.join(state::FILE))?;
        Ok(removed)
    }

    /// Resolves the links between pages, and writes the index, the people and the search.
    pub(super) fn finish(&self, channels: &[Channel]) -> Result<(), Failure> {
        let places = Places::of(channels);
        for channel in channels {
            self.link(channel, &places)?;
        }
        let mut servers = channels.iter().map(|channel| &*channel.server);
        let server = servers.find(|server| !server.is_empty());
        let shell = self.shell(server.unwrap_or_default());
        for (name, text) in [
            ("index.html", &*shell.index(channels)),
            ("people.html", &*shell.people(channels)),
            ("search.html", &*shell.search(channels)),
            ("assets/site.css", include_str!("assets/site.css")),
            ("assets/site.js", include_str!("assets/site.js")),
        ] {
            put(&self.out.join(name), text.into())?;
        }
        Ok(())
    }

    /// Resolves the links on a channel's pages, and writes its search data.
    fn link(&self, channel: &Channel, places: &Places) -> Result<(), Failure> {
        let mut pages = Vec::new();
        for page in &channel.pages {
            let path = self.out.join(channel.path(page));
            let html = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let linked = with_links(&html, &Seen(places, &channel.server));
            pages.push((channel.address(page), page.entries(&linked)));
            if linked != html {
                put(&path, linked.into_bytes())?;
            }
        }
        let json = serde_json::to_string(&(&channel.folder, &pages)).map_err(|error| {
            Failure::output(
                format!("cannot write the search: {error}"),
                "please report this",
            )
        })?;
        // Escapes what must not occur in a script, including JavaScript's extra line terminators.
        let json = json
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        let script = format!("scrollbackIndex({json});\n");
        let file = format!("search/{}.js", channel.folder);
        self.listed.note_other(file.clone());
        let path = self.out.join(file);
        put(&path, script.into_bytes())
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::output(
        format!("cannot read `{}` again: {error}", path.display()),
        "don't change the site while it is written",
    )
}
