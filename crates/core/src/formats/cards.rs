//! Cards of forwarded messages, invitations to activities, gifts and themes.

use super::parts::{Dress, Line};
use super::scene::{Scene, one_line};
use crate::json::Json;
use crate::markdown::Variant;
use crate::model::{Message, Reference, Snapshot};
use crate::text::shows_nothing;

/// The sentences for invitations, by Discord's number of the type.
const INVITATIONS: [(i64, &str); 4] = [
    (1, "activity-join"),
    (2, "activity-spectate"),
    (3, "activity-listen"),
    (5, "activity-join-request"),
];

impl Scene<'_, '_> {
    /// What Discord shows of a message as cards of their own kinds.
    pub fn cards(&self, message: &Message) -> Vec<Vec<Line>> {
        let application = message.application.as_deref();
        let activity = message.activity.as_deref();
        let gift = message.gift_info.as_deref();
        let theme = message.shared_client_theme.as_deref();
        [
            activity.map(|activity| self.invited(activity, application)),
            gift.map(|gift| self.given(gift)),
            theme.map(|theme| self.themed(theme)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn invited(&self, activity: &Json, application: Option<&Json>) -> Vec<Line> {
        let words = self.words();
        let known = match activity.get("type") {
            Some(Json::Int(kind)) => INVITATIONS.iter().find(|(known, _)| known == kind),
            _ => None,
        };
        let said = known.map_or("activity-join", |(_, said)| said);
        let name = named(application, "name").unwrap_or_else(|| words.text("unknown-activity"));
        let mut lines = vec![
            Line::new(words.text(said), Dress::Emphasis),
            Line::new(one_line(name), Dress::Strong),
        ];
        let details = named(application, "description");
        lines.extend(details.map(|details| Line::new(one_line(details), Dress::Plain)));
        lines
    }

    fn given(&self, gift: &Json) -> Vec<Line> {
        let sign = gift.get("emoji");
        let custom = sign
            .and_then(|sign| sign.get("id"))
            .is_some_and(|id| *id != Json::Null);
        let what = match named(sign, "name") {
            Some(name) if custom => format!(":{}:", one_line(name)),
            Some(name) => one_line(name).into_owned(),
            None => "…".into(),
        };
        vec![
            Line::new(self.words().text("gift-open"), Dress::Emphasis),
            Line::new(what, Dress::Strong),
        ]
    }

    fn themed(&self, theme: &Json) -> Vec<Line> {
        let mut lines = vec![Line::new(self.words().text("client-theme"), Dress::Strong)];
        let colors = match theme.get("colors") {
            Some(Json::Array(colors)) => colors.as_slice(),
            _ => &[],
        };
        let colors = colors.iter().filter_map(|color| {
            let digits = color.as_str()?.trim_start_matches('#');
            let fits = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            fits.then(|| format!("#{}", digits.to_ascii_lowercase()))
        });
        let mut words = colors.collect::<Vec<_>>().join(" – ");
        if let Some(Json::Int(angle)) = theme.get("gradient_angle") {
            words.push_str(&format!(" {angle}°"));
        }
        if !words.is_empty() {
            lines.push(Line::new(words.trim(), Dress::Plain));
        }
        lines
    }

    /// A forwarded message.
    pub fn forwarded(&self, snapshot: &Snapshot, reference: Option<&Reference>) -> Vec<Line> {
        let mut lines = vec![Line::new(self.words().text("forwarded"), Dress::Emphasis)];
        let from = reference.and_then(|reference| self.channel_called(&reference.channel_id));
        let time = snapshot.time.as_ref().map(|time| &*time.header);
        for part in from.as_deref().into_iter().chain(time) {
            lines[0].after.push_str(&format!(" · {part}"));
        }
        if let Some(edited) = snapshot.edited_timestamp {
            let time = self.formatter.header(edited);
            let edited = self.words().say("edited-at", &[("time", &time)]);
            lines[0].after.push_str(&format!(" {edited}"));
        }
        if !shows_nothing(&snapshot.content) {
            lines.push(Line::new(
                &*snapshot.content,
                Dress::Markdown(Variant::Full),
            ));
        }
        lines.extend(snapshot.attachments.iter().map(|file| self.file(file)));
        lines.extend(snapshot.sticker_items.iter().map(|one| self.sticker(one)));
        for embed in &snapshot.embeds {
            self.embed(embed, &mut lines);
        }
        self.components(&snapshot.components, &mut lines);
        if lines.len() == 1 {
            lines.push(Line::new(
                self.words().text("empty-message"),
                Dress::Emphasis,
            ));
        }
        lines
    }
}

/// The name in a record, if it says anything.
fn named<'j>(record: Option<&'j Json>, key: &str) -> Option<&'j str> {
    let name = record?.get(key)?.as_str()?;
    (!shows_nothing(name)).then_some(name)
}
