//! The pages of a site: the frame around the messages of a month, the index, the people.

use std::fmt::Write as _;

use super::channels::{Channel, Page, are_of_several_servers, people};
use super::words::{encoded, escaped};
use crate::engine::Locale;

/// The context that all pages of a site share.
pub struct Shell<'s> {
    /// The language.
    pub locale: &'s Locale,
    /// The name of the server or of the archive.
    pub title: String,
}

impl Shell<'_> {
    /// A complete page. `up` is the path to the folder of the site.
    fn page(&self, title: &str, up: &str, main: &str, head: &str) -> String {
        let locale = self.locale;
        let dir = if locale.goes_leftwards() {
            "rtl"
        } else {
            "ltr"
        };
        let link =
            |href: &str, words: &str| format!("<a href=\"{up}{href}\">{}</a>", escaped(words));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{}</title><link rel=\"stylesheet\" href=\"{up}assets/chat.css\">\
             <link rel=\"stylesheet\" href=\"{up}assets/site.css\">{head}</head><body>\
             <a class=\"site-skip\" href=\"#main\">{}</a>\
             <header class=\"site-bar\"><nav aria-label=\"{}\">{}{}\
             <a class=\"site-search-link\" href=\"{up}search.html\" hidden>{}</a></nav></header>\
             <main id=\"main\" tabindex=\"-1\">{main}</main>\
             <script src=\"{up}assets/site.js\"></script></body></html>\n",
            locale.code(),
            escaped(title),
            escaped(locale.text("skip-to-messages")),
            escaped(locale.text("contents")),
            link("index.html", &self.title),
            link("people.html", locale.text("record-people")),
            escaped(locale.text("search")),
        )
    }

    /// The page of a month of a channel.
    pub fn month(&self, channel: &Channel, at: usize, (body, rules): (&str, &str)) -> String {
        let page = &channel.pages[at];
        let title = format!("{} – {} – {}", channel.name, page.label, self.title);
        let pager = self.pager(channel, at);
        let mut main = format!(
            "<h1><bdi>{}</bdi><small>{}</small></h1>",
            escaped(&channel.shown()),
            escaped(&page.label)
        );
        if pager.is_empty() {
            main.push_str(body);
        } else {
            let label = format!(
                "{} · {}",
                self.locale.text("earlier"),
                self.locale.text("later")
            );
            // A second landmark of the same name wouldn't help.
            let _ = write!(
                main,
                "<nav class=\"site-pager\" aria-label=\"{}\">{pager}</nav>{body}<div class=\"site-pager\">{pager}</div>",
                escaped(&label)
            );
        }
        let head = if rules.trim().is_empty() {
            String::new()
        } else {
            format!("<style>{rules}</style>")
        };
        self.page(&title, "../../", &main, &head)
    }

    /// The parts of a page that depend on other pages.
    pub fn around(&self, channel: &Channel, at: usize) -> String {
        let label = &channel.pages[at].label;
        format!("{}\n{label}\n{}", channel.shown(), self.pager(channel, at))
    }

    /// Links to the previous and next month.
    fn pager(&self, channel: &Channel, at: usize) -> String {
        let link = |page: Option<&Page>, rel: &str, words: &str| {
            page.map_or_else(String::new, |page| {
                format!(
                    "<a rel=\"{rel}\" href=\"{}\">{}: {}</a>",
                    escaped(&encoded(&page.file)),
                    escaped(words),
                    escaped(&page.label)
                )
            })
        };
        let before = at.checked_sub(1).and_then(|at| channel.pages.get(at));
        [
            link(before, "prev", self.locale.text("earlier")),
            link(channel.pages.get(at + 1), "next", self.locale.text("later")),
        ]
        .concat()
    }

    /// The index: categories, their channels, and the threads of these.
    pub fn index(&self, channels: &[Channel]) -> String {
        let mut main = format!("<h1>{}</h1>", escaped(&self.title));
        let is_below = |channel: &Channel| {
            channel.is_thread && channels.iter().any(|other| other.id == channel.parent_id)
        };
        let several = are_of_several_servers(channels);
        let mut headings = Vec::new();
        for channel in channels.iter().filter(|channel| !is_below(channel)) {
            if !headings.contains(&channel.heading()) {
                headings.push(channel.heading());
            }
        }
        for heading in headings {
            let (server, category) = heading;
            let category = match category {
                "" if several && server.is_empty() => self.locale.text("direct-messages"),
                "" if several => "",
                "" if channels.iter().all(|channel| channel.category.is_empty()) => {
                    self.locale.text("channels")
                }
                "" => self.locale.text("uncategorised"),
                name => name,
            };
            let names = [server, category].into_iter();
            let names = names.skip(usize::from(!several));
            let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
            let words = names.join(" – ");
            let _ = write!(
                main,
                "<section><h2>{}</h2><ul class=\"site-channels\">",
                escaped(&words)
            );
            let within = channels
                .iter()
                .filter(|channel| channel.heading() == heading && !is_below(channel));
            for channel in within {
                main.push_str(&self.channel(channel, channels));
            }
            main.push_str("</ul></section>");
        }
        self.page(&self.title, "", &main, "")
    }

    /// A channel of the index.
    fn channel(&self, channel: &Channel, channels: &[Channel]) -> String {
        let first = channel.pages.first();
        let mut out = format!(
            "<li>{} <span class=\"site-count\">{}: {}</span>",
            link(channel, first, &channel.shown(), " class=\"site-channel\""),
            escaped(self.locale.text("record-messages")),
            channel.messages()
        );
        out.push_str("<ul class=\"site-months\">");
        for page in &channel.pages {
            let _ = write!(
                out,
                "<li>{} <span class=\"site-count\">{}</span></li>",
                link(channel, Some(page), &page.label, ""),
                page.ids.len()
            );
        }
        out.push_str("</ul>");
        let threads: Vec<&Channel> = channels
            .iter()
            .filter(|other| {
                other.is_thread && other.parent_id == channel.id && !channel.id.is_empty()
            })
            .collect();
        if !threads.is_empty() {
            let _ = write!(
                out,
                "<h3>{}</h3><ul class=\"site-channels\">",
                escaped(self.locale.text("threads"))
            );
            for thread in threads {
                out.push_str(&self.channel(thread, &[]));
            }
            out.push_str("</ul>");
        }
        out.push_str("</li>");
        out
    }

    /// All authors, with the number of their messages in each channel.
    pub fn people(&self, channels: &[Channel]) -> String {
        let text = |name: &str| escaped(self.locale.text(name));
        let mut main = format!(
            "<h1>{}</h1><div class=\"site-table\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th></tr></thead><tbody>",
            text("record-people"),
            text("record-people"),
            text("record-name"),
            text("record-username"),
            text("record-id"),
            text("record-messages"),
            text("channels")
        );
        for person in people(channels) {
            let places: Vec<String> = person
                .channels
                .iter()
                .map(|&at| {
                    let channel = &channels[at];
                    link(channel, channel.pages.first(), &channel.among(channels), "")
                })
                .collect();
            let _ = write!(
                main,
                "<tr><th scope=\"row\"><bdi>{}</bdi></th><td><bdi>{}</bdi></td><td>{}</td><td class=\"site-number\">{}</td><td>{}</td></tr>",
                escaped(&person.name),
                escaped(&person.username),
                escaped(&person.id),
                person.messages,
                places.join(", ")
            );
        }
        main.push_str("</tbody></table></div>");
        let title = format!("{} – {}", self.locale.text("record-people"), self.title);
        self.page(&title, "", &main, "")
    }

    /// The search page. A script makes its form and results, which wouldn't work without it.
    pub fn search(&self, channels: &[Channel]) -> String {
        let text = |name: &str| escaped(self.locale.text(name));
        let names: String = channels
            .iter()
            .map(|channel| {
                format!(
                    "<option value=\"{}\">{}</option>",
                    escaped(&channel.folder),
                    escaped(&channel.among(channels))
                )
            })
            .collect();
        let main = format!(
            "<h1>{search}</h1><form id=\"search\" role=\"search\" hidden>\
             <label for=\"words\">{search}</label><input id=\"words\" name=\"q\" type=\"search\" autocomplete=\"off\">\
             <label for=\"channel\">{channel}</label><select id=\"channel\" name=\"c\"><option value=\"\">{channels}</option>{names}</select>\
             <button>{search}</button></form>\
             <p id=\"status\" role=\"status\" data-results=\"{results}\" data-nothing=\"{nothing}\"></p>\
             <ol id=\"results\" class=\"site-results\"></ol>\
             <noscript><ul class=\"site-channels\">{list}</ul></noscript>",
            search = text("search"),
            channel = text("record-channel"),
            channels = text("channels"),
            results = text("search-results"),
            nothing = text("search-nothing"),
            list = channels
                .iter()
                .map(|channel| self.channel(channel, &[]))
                .collect::<String>()
        );
        let title = format!("{} – {}", self.locale.text("search"), self.title);
        self.page(&title, "", &main, "")
    }
}

/// A link from the root of the site to a page of a channel. `attributes` go into its tag.
fn link(channel: &Channel, page: Option<&Page>, words: &str, attributes: &str) -> String {
    let address = page.map_or_else(String::new, |page| channel.address(page));
    format!(
        "<a{attributes} href=\"{}\"><bdi>{}</bdi></a>",
        escaped(&address),
        escaped(words)
    )
}
