//! The order of an archive: servers, categories, channels, and threads under their channels.

use std::collections::{BTreeMap, HashMap};

use super::survey::Surveyed;
use crate::engine::order::{Rank, rank};
use crate::engine::provenance::Channel;
use crate::engine::sanitize::title;
use crate::engine::{Locale, Opening};

/// A channel in the order of the archive.
#[derive(Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its position in the survey.
    pub at: usize,
    /// Its position among the exports.
    pub export: usize,
    /// The headings before its first message.
    pub openings: Vec<Opening>,
    /// Its running head.
    pub running: String,
    /// The number of its first message.
    pub number: usize,
    /// The number of files before its own.
    pub files: u64,
}

/// A channel with its threads.
struct Node<'s> {
    /// The sort key.
    key: (i64, Rank),
    name: String,
    kind: Option<String>,
    /// Its position in the survey; `None` if only its threads were exported.
    at: Option<usize>,
    threads: Vec<(usize, &'s Surveyed)>,
}

/// The channels by category; the first one holds channels without a category.
type Categories<'s> = BTreeMap<(bool, Rank), Vec<Node<'s>>>;

/// All channels in order. If there are several servers, channels are grouped under their
/// names.
pub fn ordered(found: &[Surveyed], lang: &Locale) -> Vec<Planned> {
    let mut servers: BTreeMap<Rank, Vec<(usize, &Surveyed)>> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        let server = one.provenance.server.as_ref();
        let server = server.map_or_else(
            || lang.text("direct-messages").to_owned(),
            |server| title(&server.name),
        );
        servers.entry(rank(&server)).or_default().push((at, one));
    }
    let several = servers.len() > 1;
    let mut planned = Vec::new();
    for (server, channels) in servers {
        let mut pending = Vec::new();
        if several {
            pending.push(opening(server.into_name(), 0, None));
        }
        let base = usize::from(several);
        for ((_, category), nodes) in categories(&channels) {
            let mut level = base;
            let category = category.into_name();
            if !category.is_empty() {
                pending.push(opening(category, base, None));
                level += 1;
            }
            for node in nodes {
                plan(node, level, &mut pending, &mut planned);
            }
        }
    }
    for plan in &mut planned {
        plan.export = found[plan.at].at;
    }
    planned
}

/// The channels of a server by category, with the threads of each.
fn categories<'s>(channels: &[(usize, &'s Surveyed)]) -> Categories<'s> {
    let (threads, channels): (Vec<_>, Vec<_>) = channels
        .iter()
        .copied()
        .partition(|(_, one)| is_thread(one));
    let mut nodes: Vec<(String, Node)> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (at, one) in channels {
        let channel = one.provenance.channel.as_ref();
        if let Some(channel) = channel.filter(|channel| !channel.id.is_empty()) {
            by_id.entry(channel.id.clone()).or_insert(nodes.len());
        }
        let parent = channel.and_then(|channel| channel.parent.as_deref());
        let name = name(one);
        let node = Node {
            key: (one.position, rank(&name)),
            name,
            kind: Some(kind(channel)),
            at: Some(at),
            threads: Vec::new(),
        };
        nodes.push((parent.map(title).unwrap_or_default(), node));
    }
    for (at, one) in threads {
        let parent = one.provenance.channel.as_ref();
        let parent = parent.and_then(|channel| channel.parent.as_deref());
        let parent = parent.map(title).unwrap_or_default();
        // Of a channel that wasn't exported, only the name is known.
        let key = if one.parent_id.is_empty() {
            format!("\0{parent}")
        } else {
            one.parent_id.clone()
        };
        let place = *by_id.entry(key).or_insert_with(|| {
            let named = nodes
                .iter()
                .position(|(_, node)| one.parent_id.is_empty() && node.name == parent);
            named.unwrap_or_else(|| {
                nodes.push((String::new(), parent_of(parent)));
                nodes.len() - 1
            })
        });
        nodes[place].1.threads.push((at, one));
    }
    let mut categories = Categories::new();
    for (category, mut node) in nodes {
        let first = |one: &Surveyed| one.times.as_ref().map(|(first, _)| first.0);
        node.threads.sort_by_key(|(at, one)| (first(one), *at));
        let key = (!category.is_empty(), rank(&category));
        categories.entry(key).or_default().push(node);
    }
    for nodes in categories.values_mut() {
        nodes.sort_by(|a, b| a.key.cmp(&b.key));
    }
    categories
}

/// A channel of which only threads were exported.
fn parent_of<'s>(name: String) -> Node<'s> {
    Node {
        key: (i64::MAX, rank(&name)),
        name,
        kind: None,
        at: None,
        threads: Vec::new(),
    }
}

/// Adds a channel and its threads. Pending headings go before the first of them.
fn plan(node: Node, level: usize, pending: &mut Vec<Opening>, planned: &mut Vec<Planned>) {
    let is_text = node.kind.as_deref() == Some("guild_text");
    let shown = if is_text {
        format!("#{}", node.name)
    } else {
        node.name.clone()
    };
    let mut below = level;
    if !node.name.is_empty() {
        pending.push(opening(node.name, level, node.kind));
        below += 1;
    }
    if let Some(at) = node.at {
        planned.push(planned_as(at, pending, shown.clone()));
    }
    for (at, thread) in node.threads {
        let name = name(thread);
        let kind = kind(thread.provenance.channel.as_ref());
        pending.push(opening(name.clone(), below, Some(kind)));
        let running = if shown.is_empty() {
            name
        } else {
            format!("{shown} › {name}")
        };
        planned.push(planned_as(at, pending, running));
    }
}

fn planned_as(at: usize, pending: &mut Vec<Opening>, running: String) -> Planned {
    Planned {
        at,
        export: 0,
        openings: std::mem::take(pending),
        running,
        number: 0,
        files: 0,
    }
}

fn opening(words: String, level: usize, kind: Option<String>) -> Opening {
    Opening { words, level, kind }
}

/// Whether an export is of a thread or a forum post.
fn is_thread(one: &Surveyed) -> bool {
    let channel = one.provenance.channel.as_ref();
    let kind = channel.and_then(|channel| channel.kind.as_deref());
    kind.is_some_and(|kind| kind.contains("thread"))
}

/// The type of a channel; text if the export doesn't say.
fn kind(channel: Option<&Channel>) -> String {
    let kind = channel.and_then(|channel| channel.kind.clone());
    kind.unwrap_or_else(|| "guild_text".into())
}

/// The name of a channel, or its position if it has none.
fn name(one: &Surveyed) -> String {
    let channel = one.provenance.channel.as_ref();
    let name = channel.map(|channel| title(&channel.name));
    let name = name.filter(|name| !name.is_empty());
    name.unwrap_or_else(|| one.name.clone())
}
