//! Resolves the default values of selects of people, roles and channels.

use crate::json::Json;
use crate::model::{Component, Message, SelectOption, Transcript};
use crate::text::Text;

/// Turns default values into options, so that they are drawn as in a string select.
pub fn choose(transcript: &mut Transcript) {
    let mut messages = std::mem::take(&mut transcript.messages);
    let names = Names { transcript };
    for message in &mut messages {
        let Message {
            components,
            resolved,
            message_snapshots,
            ..
        } = message;
        names.choose(components, resolved.as_deref());
        for snapshot in message_snapshots {
            names.choose(&mut snapshot.components, snapshot.resolved.as_deref());
        }
    }
    transcript.messages = messages;
}

/// The names of people, roles and channels.
struct Names<'t, 'a> {
    transcript: &'t Transcript<'a>,
}

impl<'a> Names<'_, 'a> {
    fn choose(&self, components: &mut [Component<'a>], resolved: Option<&Json<'a>>) {
        for component in components {
            self.choose(&mut component.components, resolved);
            for inner in [&mut component.component, &mut component.accessory]
                .into_iter()
                .flatten()
            {
                self.choose(std::slice::from_mut(&mut **inner), resolved);
            }
            let Some(Json::Array(chosen)) = component.default_values.as_deref() else {
                continue;
            };
            if !component.options.is_empty() {
                continue;
            }
            let options = chosen.iter().filter_map(|one| {
                let id = one.get("id").and_then(Json::as_str)?;
                let kind = one.get("type").and_then(Json::as_str).unwrap_or("user");
                Some(SelectOption {
                    label: self.label(kind, id, resolved),
                    default: true,
                    ..SelectOption::default()
                })
            });
            component.options = options.collect();
        }
    }

    /// The name with its sign; the id if there is no name.
    fn label(&self, kind: &str, id: &str, resolved: Option<&Json<'a>>) -> Text<'a> {
        let all = self.transcript;
        let roles = || all.guild.iter().flat_map(|guild| &guild.roles);
        let channels = || all.channel.iter().chain(&all.channels);
        let (sign, list, name) = match kind {
            "channel" => {
                let channel = channels().find(|channel| &*channel.id == id);
                ("#", "channels", channel.map(|channel| &channel.name))
            }
            "role" => {
                let role = roles().find(|role| &*role.id == id);
                ("@", "roles", role.map(|role| &role.name))
            }
            _ => {
                let person = all.people.iter().find(|person| &*person.id == id);
                ("@", "users", person.map(|person| &person.display))
            }
        };
        let known = name.map(|name| &**name).filter(|name| !name.is_empty());
        let listed = || {
            let entry = resolved?.get(list)?.get(id)?;
            let text = |key| {
                let text = entry.get(key).and_then(Json::as_str);
                text.filter(|text| !text.is_empty())
            };
            text("global_name")
                .or_else(|| text("username"))
                .or_else(|| text("name"))
        };
        format!("{sign}{}", known.or_else(listed).unwrap_or(id)).into()
    }
}
