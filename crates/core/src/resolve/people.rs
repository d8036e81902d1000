//! Resolves names, colours and pictures of people.

use crate::index::Index;
use crate::model::{Blank, Color, Person, Role, Transcript};
use crate::options::Names;
use crate::text::{Text, shows_nothing};

const CDN: &str = "https://cdn.discordapp.com";

pub fn people(transcript: &mut Transcript, names: Names) {
    let server = transcript
        .guild
        .as_ref()
        .map(|guild| guild.id.to_string())
        .unwrap_or_default();
    if let Some(guild) = &mut transcript.guild {
        uncolor(&mut guild.roles);
        if guild.icon_url.is_blank() && !guild.icon.is_blank() {
            guild.icon_url = format!("{CDN}/icons/{}/{}.png", guild.id, guild.icon).into();
        }
    }
    let roles = transcript
        .guild
        .as_ref()
        .map(|guild| &*guild.roles)
        .unwrap_or_default();
    for person in &mut transcript.people {
        uncolor(&mut person.roles);
        color(person, roles);
        picture(person, &server);
        if let Some(member) = person.member.as_ref().filter(|_| person.nick.is_blank()) {
            person.nick = member.nick.clone();
        }
        let display = match names {
            Names::Display => [&person.nick, &person.global_name, &person.username],
            Names::Username => [&person.username, &person.global_name, &person.nick],
        };
        let named = display.into_iter().find(|name| !shows_nothing(name));
        // People without a name are shown by id, so that they aren't confused.
        person.display = match named {
            Some(name) => on_one_line(name),
            None => person.id.clone(),
        };
    }
    collect_roles(transcript);
    name_direct_message(transcript);
}

/// A name without line breaks, and spaces around it.
fn on_one_line<'a>(name: &Text<'a>) -> Text<'a> {
    let inner = name.trim();
    if inner.contains(['\n', '\u{2028}', '\u{2029}']) {
        inner.replace(['\n', '\u{2028}', '\u{2029}'], " ").into()
    } else if inner.len() < name.len() {
        inner.to_owned().into()
    } else {
        name.clone()
    }
}

/// Names a direct message without a name after its members, as Discord does.
fn name_direct_message(transcript: &mut Transcript) {
    let people = &transcript.people;
    let Some(channel) = &mut transcript.channel else {
        return;
    };
    if channel.name.is_blank() && channel.kind.is_none_or(|kind| kind.is_direct()) {
        let names: Vec<&str> = channel
            .recipients
            .iter()
            .filter_map(|person| people.get(person.index()))
            .map(|person| &*person.display)
            .filter(|name| !name.is_empty())
            .collect();
        channel.name = names.join(", ").into();
    }
}

/// The API writes "no colour" as 0.
fn uncolor(roles: &mut [Role]) {
    for role in roles {
        role.color = role.color.filter(|color| *color != Color(0));
    }
}

/// The colour of the highest coloured role.
fn color(person: &mut Person, roles: &[Role]) {
    let Some(member) = &person.member else { return };
    let highest = roles
        .iter()
        .filter(|role| role.color.is_some() && member.roles.contains(&role.id))
        .max_by_key(|role| role.position);
    if let Some(role) = highest {
        person.color = person.color.or(role.color);
        let gradient = role
            .colors
            .as_ref()
            .filter(|c| c.secondary_color.is_some_and(|color| color != Color(0)));
        if let Some(colors) = gradient {
            // Names keep their colours when the server's roles are left out.
            person.colors = Some(crate::model::RoleColors {
                primary_color: colors.primary_color,
                secondary_color: colors.secondary_color,
                tertiary_color: colors.tertiary_color,
                extra: Vec::new(),
            });
        }
    }
}

fn picture(person: &mut Person, server: &str) {
    if !person.avatar_url.is_blank() {
        return;
    }
    let id = &person.id;
    let own = person
        .member
        .as_ref()
        .map(|member| &member.avatar)
        .filter(|hash| !hash.is_blank());
    let url = match own {
        Some(hash) if !server.is_empty() => {
            format!("{CDN}/guilds/{server}/users/{id}/avatars/{hash}.png")
        }
        // Some programs write complete addresses here.
        _ if person.avatar.contains('/') => person.avatar.to_string(),
        _ if !person.avatar.is_blank() => format!("{CDN}/avatars/{id}/{}.png", person.avatar),
        _ => return,
    };
    person.avatar_url = url.into();
}

/// Adds roles of people to the server's list, for mentions.
fn collect_roles(transcript: &mut Transcript) {
    let mut seen = Index::default();
    let mut found = Vec::new();
    let known = transcript.guild.iter().flat_map(|guild| &guild.roles);
    seen.extend(known.map(|role| (role.id.clone(), 0)));
    for role in transcript.people.iter().flat_map(|person| &person.roles) {
        if seen.insert(role.id.clone(), 0).is_none() {
            found.push(role.clone());
        }
    }
    if !found.is_empty() {
        transcript
            .guild
            .get_or_insert_default()
            .roles
            .append(&mut found);
    }
}
