//! The style sheet of a site: the rules of its theme, of the light theme for readers who
//! prefer it, and of the print theme.

use std::fmt::Write as _;

use super::{Site, put};
use crate::args::Theme;
use crate::engine::{self, Layout, TranscriptFiles};
use crate::export::look;
use crate::failure::Failure;

impl Site<'_> {
    /// The rules of the theme, the light theme and the print theme, separated by NUL.
    pub(super) fn sheets(&self) -> Result<String, Failure> {
        let look = look::plain(self.args);
        let files = TranscriptFiles::new(&look, &[], [])?;
        let today = self.args.typst.creation_timestamp;
        let layout = Layout::new(&look, &files, self.fonts.clone(), today, self.jobs, &|_| ());
        let html = engine::html(&layout.sheets()?).map_err(|errors| {
            let error = errors.first().map(|error| error.message.to_string());
            Failure::output(
                format!(
                    "cannot write the style of the site: {}",
                    error.unwrap_or_default()
                ),
                "please report this",
            )
        })?;
        let html = String::from_utf8_lossy(&html).into_owned();
        let mut sheets = Vec::new();
        for part in html.split("<style").skip(1) {
            let inner = part.split_once('>').map_or("", |(_, inner)| inner);
            sheets.push(inner.split("</style>").next().unwrap_or_default());
        }
        let [all, light, print] = sheets[..] else {
            return Err(Failure::output(
                "the package gave no style for the site",
                "please report this",
            ));
        };
        // Rules of the other themes apply to the chat of this one.
        let any = |sheet: &str| {
            let sheet = sheet
                .replace(".scrollback-light", "")
                .replace(".scrollback-print", "")
                .replace(".scrollback{", ".scrollback.scrollback{")
                .replace(".scrollback.bubbles", ".scrollback.scrollback.bubbles");
            format!("{}{sheet}", colors(&sheet))
        };
        let mut css = format!("{all}\n{}", colors(all));
        // Discord's own light and dark themes follow the reader's preference.
        if self.args.export.theme == Theme::Dark {
            let _ = write!(
                css,
                "@media (prefers-color-scheme: light){{\n{}\n}}\n",
                any(light)
            );
        }
        let _ = write!(css, "@media print{{\n{}\n}}\n", any(print));
        put(&self.out.join("assets/chat.css"), css.into_bytes())?;
        Ok(all.to_owned())
    }
}

/// Rules that give the surroundings of a chat the colours of a theme, derived from the
/// theme's own rules.
fn colors(sheet: &str) -> String {
    let parts = [
        ("back", "background"),
        ("text", "text"),
        ("quiet", "text-muted"),
        ("line", "border"),
        ("link", "link"),
    ];
    let mut rules = String::new();
    for (ours, theirs) in parts {
        let name = format!("--sb-{theirs}:");
        let value = sheet.split(&name).nth(1).unwrap_or_default();
        if let Some(end) = value.find([';', '}']) {
            let _ = write!(rules, "--site-{ours}:{};", &value[..end]);
        }
    }
    let appearance = if sheet.contains("color-scheme:dark") {
        "dark"
    } else {
        "light"
    };
    format!(":root{{{rules}color-scheme:{appearance}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_colours_of_its_theme() {
        let sheet = ".scrollback.x{--sb-background:#111111;--sb-text:#eeeeee;color-scheme:dark}";
        assert_eq!(
            colors(sheet),
            ":root{--site-back:#111111;--site-text:#eeeeee;color-scheme:dark}\n"
        );
    }
}
