//! Files, stickers and embeds, as lines.

use super::parts::{Dress, Line};
use super::scene::{Scene, joined, one_line};
use crate::markdown::Variant;
use crate::model::{Attachment, Embed, Sticker};

/// Discord's flag of a spoilered attachment.
const COVERED: u64 = 1 << 3;

/// Whether a file is a spoiler.
pub fn is_covered(file: &Attachment) -> bool {
    file.flags & COVERED != 0 || file.filename.starts_with("SPOILER_")
}

/// A length in minutes and seconds, as a player shows it.
fn running_time(seconds: f64) -> String {
    // Lengths are not negative, and a float beyond the range becomes its end.
    let seconds = seconds as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

impl Scene<'_, '_> {
    pub(super) fn file(&self, file: &Attachment) -> Line {
        let name = [&file.title, &file.filename]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or_else(|| self.words().text("file").into(), |name| one_line(name));
        let mut more = Vec::new();
        if !file.description.is_empty() {
            more.push(one_line(&file.description).into_owned());
        }
        if file.size > 0 {
            more.push(self.words().file_size(file.size));
        }
        if file.duration_secs > 0.0 {
            more.push(running_time(file.duration_secs));
        }
        if is_covered(file) {
            more.push(self.words().text("spoiler-alt").to_owned());
        }
        let line = Line::new(name, Dress::Plain).leading(&(self.setting.link)(&file.url));
        line.noting(&more)
    }

    pub(super) fn sticker(&self, sticker: &Sticker) -> Line {
        let words = self.words();
        let named = if sticker.name.is_empty() {
            words.text("sticker-alt").to_owned()
        } else {
            words.say("sticker-of-alt", &[("name", &one_line(&sticker.name))])
        };
        Line::new(named, Dress::Plain).leading(&(self.setting.link)(&sticker.url))
    }

    pub(super) fn embed(&self, embed: &Embed, lines: &mut Vec<Line>) {
        let link = |url: &str| (self.setting.link)(url);
        if let Some(provider) = embed.provider.as_ref().filter(|one| !one.name.is_empty()) {
            lines.push(Line::new(one_line(&provider.name), Dress::Plain).leading(&provider.url));
        }
        if let Some(author) = embed.author.as_ref().filter(|one| !one.name.is_empty()) {
            lines.push(Line::new(one_line(&author.name), Dress::Strong).leading(&author.url));
        }
        if !embed.title.is_empty() {
            let title = Line::new(&*embed.title, Dress::Markdown(Variant::Inline));
            lines.push(title.leading(&embed.url));
        } else if !embed.url.is_empty() {
            lines.push(Line::new(&*embed.url, Dress::Plain).leading(&embed.url));
        }
        if !embed.description.is_empty() {
            lines.push(Line::new(
                &*embed.description,
                Dress::Markdown(Variant::Embed),
            ));
        }
        for field in &embed.fields {
            if !field.name.is_empty() {
                let name = self.typed(&field.name, Variant::Inline);
                lines.push(Line::new(one_line(&name), Dress::Strong));
            }
            if !field.value.is_empty() {
                lines.push(Line::new(&*field.value, Dress::Markdown(Variant::Embed)));
            }
        }
        let pictures = if embed.images.is_empty() {
            embed.image.as_deref().map_or(&[][..], std::slice::from_ref)
        } else {
            &embed.images
        };
        let pictures = pictures.iter().map(|picture| (picture, "picture-alt"));
        let thumbnail = embed.thumbnail.as_deref().map(|one| (one, "picture-alt"));
        let video = embed.video.as_deref().map(|one| (one, "video-alt"));
        for (media, key) in pictures.chain(thumbnail).chain(video) {
            if media.url.is_empty() {
                continue;
            }
            let words = if media.description.is_empty() {
                self.words().text(key).into()
            } else {
                one_line(&media.description)
            };
            lines.push(Line::new(words, Dress::Plain).leading(&link(&media.url)));
        }
        let footer = embed.footer.as_ref().map_or("", |footer| &*footer.text);
        let foot = joined([footer, &embed.time], " · ");
        if !foot.is_empty() {
            lines.push(Line::new(foot, Dress::Emphasis));
        }
    }
}
