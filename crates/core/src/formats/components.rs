//! Buttons, menus and layout of apps, as lines.

use super::parts::{Dress, Line};
use super::scene::{Scene, one_line};
use crate::markdown::Variant;
use crate::model::{Component, SelectOption};

/// Discord's number of a button.
const BUTTON: u64 = 2;

impl Scene<'_, '_> {
    pub(super) fn components(&self, components: &[Component], lines: &mut Vec<Line>) {
        for component in components {
            let from = lines.len();
            if !component.content.is_empty() {
                lines.push(Line::new(
                    &*component.content,
                    Dress::Markdown(Variant::Full),
                ));
            }
            let words: [&str; 5] = [
                &component.label,
                &component.placeholder,
                &component.description,
                &component.value,
                &component.name,
            ];
            let label = self.labelled(component.emoji.as_deref(), &words);
            // The label of a picture or file is its link, unless it has an address of its own.
            let files = [(&component.media, "picture-alt"), (&component.file, "file")];
            let mut files = files
                .into_iter()
                .filter_map(|(file, key)| Some((file.as_deref()?, key)));
            if !label.is_empty() {
                let labelled = if component.url.is_empty() {
                    files.next()
                } else {
                    None
                };
                let line = Line::new(one_line(&label), Dress::Item);
                lines.push(match labelled {
                    Some((file, _)) => line.leading(&(self.setting.link)(&file.url)),
                    None => line.leading(&component.url),
                });
            } else if component.kind == BUTTON {
                lines.push(
                    Line::new(self.words().text("button"), Dress::Item).leading(&component.url),
                );
            }
            lines.extend(component.options.iter().map(|option| self.option(option)));
            for item in &component.items {
                let words = if item.description.is_empty() {
                    self.words().text("picture-alt").into()
                } else {
                    one_line(&item.description)
                };
                let mut line = Line::new(words, Dress::Item);
                if item.spoiler {
                    line.after = self.covered();
                }
                lines.push(line.leading(&(self.setting.link)(&item.media.url)));
            }
            for (file, key) in files {
                let line = Line::new(self.words().text(key), Dress::Item);
                lines.push(line.leading(&(self.setting.link)(&file.url)));
            }
            self.components(&component.components, lines);
            for inner in [&component.component, &component.accessory]
                .into_iter()
                .flatten()
            {
                self.components(std::slice::from_ref(inner), lines);
            }
            if component.spoiler && lines.len() > from {
                match lines.get_mut(from..) {
                    Some([one]) if one.dress == Dress::Item => one.after.push_str(&self.covered()),
                    // It covers all that is in it.
                    _ => lines.insert(from, Line::new(self.covered().trim(), Dress::Emphasis)),
                }
            }
        }
    }

    fn option(&self, option: &SelectOption) -> Line {
        let label = self.labelled(option.emoji.as_ref(), &[&option.label]);
        let mut line = Line::new(one_line(&label), Dress::Item);
        if !option.description.is_empty() {
            line.after = format!(" — {}", one_line(&option.description));
        }
        if option.default {
            line = line.noting(&[self.words().text("selected-alt").to_owned()]);
        }
        line
    }

    /// The remark that something is a spoiler.
    fn covered(&self) -> String {
        format!(" ({})", self.words().text("spoiler-alt"))
    }
}
