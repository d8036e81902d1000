//! Sentences of system messages, as Discord words them.

use crate::model::{Blank, Message, PersonRef, Reference, Segment, System, Transcript};
use crate::text::Text;
use crate::time::distance;

/// Gives every system message its sentence.
pub fn sentences(transcript: &mut Transcript) {
    let guild = transcript
        .guild
        .as_ref()
        .map(|guild| guild.name.clone())
        .unwrap_or_default();
    let kind = transcript.channel.as_ref().and_then(|channel| channel.kind);
    let scope = Scope {
        server: if guild.is_blank() {
            "the server".into()
        } else {
            guild
        },
        group: if kind.is_some_and(|kind| kind.is_thread()) {
            "thread"
        } else {
            "group"
        },
    };
    for message in &mut transcript.messages {
        if message.kind.is_system() {
            message.system = Some(Box::new(scope.sentence(message)));
        }
    }
}

struct Scope<'a> {
    server: Text<'a>,
    group: &'static str,
}

/// A sentence being made.
struct Sentence<'a>(Vec<Segment<'a>>);

impl<'a> Sentence<'a> {
    fn text(mut self, text: impl Into<Text<'a>>) -> Self {
        self.0.push(Segment {
            text: text.into(),
            ..Segment::default()
        });
        self
    }

    fn strong(mut self, text: impl Into<Text<'a>>) -> Self {
        self.0.push(Segment {
            text: text.into(),
            strong: true,
            ..Segment::default()
        });
        self
    }

    fn person(mut self, person: Option<PersonRef>) -> Self {
        self.0.push(match person {
            Some(_) => Segment {
                person,
                strong: true,
                ..Segment::default()
            },
            None => Segment {
                text: "Someone".into(),
                ..Segment::default()
            },
        });
        self
    }

    fn link(mut self, text: &'static str, link: &'static str, target: Text<'a>) -> Self {
        self.0.push(Segment {
            text: text.into(),
            link: link.into(),
            target,
            strong: true,
            ..Segment::default()
        });
        self
    }
}

impl<'a> Scope<'a> {
    fn sentence(&self, message: &Message<'a>) -> System<'a> {
        let author = message.author;
        let other = message.mentions.first().copied();
        let content = &message.content;
        let a = || Sentence(Vec::new()).person(author);
        let reference = |pick: for<'r> fn(&'r Reference<'a>) -> &'r Text<'a>| {
            message
                .reference
                .as_deref()
                .map(|r| pick(r).clone())
                .unwrap_or_default()
        };
        let (icon, sentence) = match message.kind.0 {
            1 => ("join", {
                let added = a().text(" added ").person(other);
                added.text(format!(" to the {}.", self.group))
            }),
            2 if other.is_none() || other == author => {
                ("leave", a().text(format!(" left the {}.", self.group)))
            }
            2 => ("leave", {
                let removed = a().text(" removed ").person(other);
                removed.text(format!(" from the {}.", self.group))
            }),
            3 => call(message, a()),
            4 => (
                "edit",
                match after(content, "Changed the channel name") {
                    "" => a().text(" removed the custom group name."),
                    name => a()
                        .text(" changed the channel name: ")
                        .strong(name.to_owned())
                        .text("."),
                },
            ),
            5 => ("edit", a().text(" changed the channel icon.")),
            6 => ("pin", {
                let id = reference(|r| &r.message_id);
                let pinned = a().text(" pinned ").link("a message", "message", id);
                let see = pinned.text(" to this channel. See all ");
                see.link("pinned messages", "pins", Text::default())
                    .text(".")
            }),
            7 => ("join", joined(message)),
            8..=11 => ("boost", self.boosted(message, a())),
            12 => ("info", {
                let added = a().text(" has added ").strong(content.clone());
                added.text(" to this channel. Its most important updates will show up here.")
            }),
            14 => (
                "alert",
                alone(
                    "This server has been removed from Server Discovery because it no longer \
                 passes all the requirements.",
                ),
            ),
            15 => (
                "info",
                alone(
                    "This server is eligible for Server Discovery again and has been \
                 relisted automatically.",
                ),
            ),
            16 => (
                "alert",
                alone("This server has failed the Discovery activity requirements for 1 week."),
            ),
            17 => (
                "alert",
                alone(
                    "This server has failed the Discovery activity requirements for 3 weeks \
                 in a row.",
                ),
            ),
            18 => ("thread", {
                let id = reference(|r| &r.channel_id);
                let started = a().text(" started a thread");
                // The exporter leaves its own text instead of the name.
                let named = if content.is_blank() || &**content == "Started a thread." {
                    started.text(". ")
                } else {
                    let mut named = started.text(": ").strong(content.clone());
                    if let Some(name) = named.0.last_mut() {
                        name.link = "thread".into();
                        name.target = id;
                    }
                    named.text(". ")
                };
                named
                    .text("See all ")
                    .link("threads", "threads", Text::default())
                    .text(".")
            }),
            22 => (
                "info",
                alone(
                    "Wondering who to invite? Start by inviting anyone who can help you build \
                 the server.",
                ),
            ),
            24 => ("alert", alone("AutoMod has acted on a message.")),
            25 => ("upgrade", self.subscribed(message, a())),
            27 => (
                "stage",
                a().text(" started ").strong(content.clone()).text("."),
            ),
            28 => (
                "stage",
                a().text(" ended ").strong(content.clone()).text("."),
            ),
            29 => ("stage", a().text(" is now a speaker.")),
            30 => ("stage", a().text(" requested to speak.")),
            31 => ("stage", {
                a().text(" changed the Stage topic: ")
                    .strong(content.clone())
                    .text(".")
            }),
            32 => ("upgrade", {
                let app = name_of(message.application.as_deref(), "an app");
                let upgraded = a().text(" upgraded ").strong(app);
                upgraded.text(" to premium for this server!")
            }),
            36 => ("alert", {
                let until = if content.is_blank() {
                    "further notice"
                } else {
                    content
                };
                a().text(format!(" enabled security actions until {until}."))
            }),
            37 => ("alert", a().text(" disabled security actions.")),
            38 => ("alert", {
                a().text(" reported a raid in ")
                    .strong(self.server.clone())
                    .text(".")
            }),
            39 => ("alert", {
                let false_alarm = a().text(" reported a false alarm in ");
                false_alarm.strong(self.server.clone()).text(".")
            }),
            44 => ("upgrade", {
                let product = message.purchase_notification.as_deref();
                let product = product.and_then(|p| p.get("guild_product_purchase"));
                let name = product
                    .and_then(|p| p.get("product_name"))
                    .and_then(|n| n.as_str());
                a().text(" has purchased ")
                    .strong(name.unwrap_or("something").to_owned())
                    .text("!")
            }),
            46 => ("poll", {
                let question = message
                    .poll_result
                    .as_ref()
                    .map(|result| result.question.clone());
                let poll = a().text("'s poll ").strong(question.unwrap_or_default());
                poll.text(" has closed.")
            }),
            // Kinds without a wording here show what they hold.
            number => (
                "info",
                if content.is_blank() {
                    a().text(format!(": a system message of type {number}."))
                } else {
                    a().text(": ").text(content.clone())
                },
            ),
        };
        System {
            icon: icon.into(),
            segments: sentence.0,
            ..System::default()
        }
    }

    fn boosted(&self, message: &Message<'a>, a: Sentence<'a>) -> Sentence<'a> {
        let times: u64 = message.content.trim().parse().unwrap_or_default();
        let boosted = if times > 1 {
            let just = a
                .text(" just boosted the server ")
                .strong(times.to_string());
            just.text(" times!")
        } else {
            a.text(" just boosted the server!")
        };
        match message.kind.0 {
            8 => boosted,
            kind => {
                let achieved = boosted.text(format!(" {} has achieved ", self.server));
                achieved.strong(format!("Level {}!", kind - 8))
            }
        }
    }

    fn subscribed(&self, message: &Message<'a>, a: Sentence<'a>) -> Sentence<'a> {
        let data = message.role_subscription_data.as_deref();
        let renewed =
            data.and_then(|d| d.get("is_renewal")) == Some(&crate::json::Json::Bool(true));
        let tier = data
            .and_then(|d| d.get("tier_name"))
            .and_then(|name| name.as_str());
        let months = match data.and_then(|d| d.get("total_months_subscribed")) {
            Some(crate::json::Json::Int(months)) => *months,
            _ => 0,
        };
        let verb = if renewed { " renewed " } else { " joined " };
        let joined = a
            .text(verb)
            .strong(tier.unwrap_or("a subscription").to_owned());
        let plural = if months == 1 { "" } else { "s" };
        joined.text(format!(
            " and has been a subscriber of {} for {months} month{plural}!",
            self.server
        ))
    }
}

fn alone<'a>(text: &'static str) -> Sentence<'a> {
    Sentence(Vec::new()).text(text)
}

/// One of Discord's welcomes, by the time of joining.
fn joined<'a>(message: &Message<'a>) -> Sentence<'a> {
    const LINES: [(&str, &str); 13] = [
        ("", " joined the party."),
        ("", " is here."),
        ("Welcome, ", ". We hope you brought pizza."),
        ("A wild ", " appeared."),
        ("", " just landed."),
        ("", " just slid into the server."),
        ("", " just showed up!"),
        ("Welcome ", ". Say hi!"),
        ("", " hopped into the server."),
        ("Everyone welcome ", "!"),
        ("Glad you're here, ", "."),
        ("Good to see you, ", "."),
        ("Yay you made it, ", "!"),
    ];
    let ms = message.timestamp.map_or(0, |time| time.ms);
    let (before, after) = LINES[usize::try_from(ms.rem_euclid(13)).unwrap_or_default()];
    let mut sentence = Sentence(Vec::new());
    if !before.is_empty() {
        sentence = sentence.text(before);
    }
    sentence.person(message.author).text(after)
}

fn call<'a>(message: &Message<'a>, a: Sentence<'a>) -> (&'static str, Sentence<'a>) {
    let ended = message
        .call
        .as_ref()
        .and_then(|call| call.ended_timestamp)
        .or(message.call_ended_timestamp);
    match (message.timestamp, ended) {
        (Some(start), Some(end)) => {
            let lasted = distance((end.ms.saturating_sub(start.ms)) / 1000);
            (
                "call",
                a.text(format!(" started a call that lasted {lasted}.")),
            )
        }
        _ => ("call", a.text(" started a call.")),
    }
}

/// What follows `start` in the exporter's wording (`Changed the channel name:
/// new`), or all of the API's content.
fn after<'t>(content: &'t str, start: &str) -> &'t str {
    match content.strip_prefix(start) {
        Some(".") => "",
        Some(rest) => rest.strip_prefix(": ").unwrap_or(content),
        None => content,
    }
}

fn name_of<'a>(json: Option<&crate::json::Json<'a>>, otherwise: &str) -> Text<'a> {
    let name = json
        .and_then(|json| json.get("name"))
        .and_then(|name| name.as_str());
    name.unwrap_or(otherwise).to_owned().into()
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn takes_the_name_out_of_the_exporters_wording() {
        assert_eq!(
            after("Changed the channel name: a: b", "Changed the channel name"),
            "a: b"
        );
        assert_eq!(
            after("Changed the channel name.", "Changed the channel name"),
            ""
        );
        assert_eq!(after("general", "Changed the channel name"), "general");
    }
}
