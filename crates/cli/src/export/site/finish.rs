//! The end of the work on a site, when all pages are there: links between them, the search,
//! the index, the people.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::channels::Channel;
use super::{Site, page, put, state};
use crate::failure::Failure;

/// Where channels and messages are.
struct Places<'c> {
    channels: &'c [Channel],
    by_channel: HashMap<&'c str, usize>,
    /// The places of channel and page.
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
        Self {
            channels,
            by_channel,
            by_message,
        }
    }

    /// What leads from a page to a message, or else to a channel's first page.
    fn find(&self, channel: Option<&str>, message: Option<&str>) -> Option<String> {
        if let Some(message) = message
            && let Some(&(at, page)) = self.by_message.get(message)
        {
            let channel = &self.channels[at];
            let file = &channel.pages[page].file;
            return Some(format!("../{}/{file}#message-{message}", channel.folder));
        }
        let channel = &self.channels[*self.by_channel.get(channel?)?];
        let file = &channel.pages.first()?.file;
        Some(format!("../{}/{file}", channel.folder))
    }
}

impl Site<'_> {
    /// Finds the links between pages, and makes the index, the people and the search.
    pub(super) fn finish(&self, channels: &[Channel]) -> Result<(), Failure> {
        let places = Places::of(channels);
        for (at, channel) in channels.iter().enumerate() {
            self.link(at, channel, &places)?;
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
        self.state.write(&self.out.join(state::FILE))
    }

    /// Lets the links of a channel's pages lead to others, and writes what the search knows
    /// of it.
    fn link(&self, at: usize, channel: &Channel, places: &Places) -> Result<(), Failure> {
        let mut pages = Vec::new();
        for page in &channel.pages {
            let file = format!("channels/{}/{}", channel.folder, page.file);
            let path = self.out.join(&file);
            let html = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let linked = page::with_links(&html, |channel, message| places.find(channel, message));
            if linked != html {
                put(&path, linked.into_bytes())?;
            }
            pages.push((file, page.entries(&html)));
        }
        let json = serde_json::to_string(&pages).map_err(|error| {
            Failure::output(
                format!("cannot write the search: {error}"),
                "please report this",
            )
        })?;
        // What a script must not hold, and ends of lines that only JavaScript has.
        let json = json
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        let script = format!("scrollbackIndex({at},{json});\n");
        let path = self.out.join(format!("search/{at}.js"));
        put(&path, script.into_bytes())
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::output(
        format!("cannot read `{}` once more: {error}", path.display()),
        "leave the site as it is while it is made",
    )
}
