//! How often Typst lays out a run. If something with a location is measured, such as a picture or
//! a paragraph, Typst looks that up in the finished pages, and so lays them out once more.

use scrollback_core::Options;
use serde_json::{Value, json};

use super::{bundled_fonts, look};
use crate::engine::{Jobs, Layout, Look, Section, TranscriptFiles, pdf_options};

/// A channel with everything that is common in one.
fn channel() -> Value {
    let ada = json!({"id": "1", "name": "ada"});
    let words = "words that go on and on to the end of the line and beyond it ".repeat(3);
    let mut messages: Vec<Value> = [
        words.clone(),
        format!("__Marked__ ~~words~~ **in** *all* `kinds` ||of|| 🎉 <@1> {words}"),
        format!("> A quote\n- and\n- a list\n{words}"),
        format!("# A heading\n```rs\nlet code = 1;\n```\n{words}"),
    ]
    .iter()
    .enumerate()
    .map(|(id, content)| json!({"id": id.to_string(), "type": "Default", "content": content}))
    .collect();
    for id in 0..5 {
        // The last one isn't in the export.
        let reference = json!({"messageId": (id * id).to_string()});
        messages.push(json!({
            "id": (10 + id).to_string(), "type": "Reply", "content": "Yes.", "reference": reference,
        }));
    }
    let field = json!({"name": "A field", "value": "A value", "isInline": true});
    let embed = json!({
        "title": "A title", "description": words, "fields": [field, field, field],
        "author": {"name": "An author"}, "footer": {"text": "A footer"},
    });
    let file = json!({"id": "1", "url": "a.txt", "fileName": "a.txt", "fileSizeBytes": 9});
    let reaction = json!({"emoji": {"name": "🎉"}, "count": 2});
    messages.push(json!({
        "id": "20", "type": "Default", "content": "", "embeds": [embed], "attachments": [file],
        "reactions": [reaction], "timestampEdited": "2024-03-01T12:00:00Z",
    }));
    for message in &mut messages {
        message["author"] = ada.clone();
        message["timestamp"] = json!("2024-03-01T12:00:00Z");
    }
    json!({
        "guild": {"id": "7", "name": "A guild"},
        "channel": {"id": "8", "type": "GuildTextChat", "category": "A category", "name": "a-channel",
            "topic": format!("__All__ `about` 🎉 {words}")},
        "messages": messages,
    })
}

/// The names of the steps that Typst took on this thread.
fn steps(work: impl FnOnce()) -> Vec<String> {
    const MARK: &str = "a mark of this thread";
    typst_timing::enable();
    drop(typst_timing::TimingScope::new(MARK));
    work();
    typst_timing::disable();
    let mut json = Vec::new();
    typst_timing::export_json(&mut json, |_| (String::new(), 0)).unwrap();
    let steps: Vec<Value> = serde_json::from_slice(&json).unwrap();
    let mark = steps.iter().find(|step| step["name"] == MARK).unwrap();
    let here = steps.iter().filter(|step| step["tid"] == mark["tid"]);
    here.map(|step| step["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_common_channel_is_laid_out_once() {
    let _reading = crate::READING.lock();
    let export = serde_json::to_vec(&channel()).unwrap();
    let options = Options::default();
    let archive = scrollback_core::read(&[&export], &options).unwrap();
    let places: Vec<_> = (0..10).collect();
    let selection = archive.pick(&places, &options).unwrap();
    let (typeset, messages) = selection.typeset_in_pieces().unwrap();
    let look = Look {
        // No part is so high that it may not fit a page.
        height: Some(800.0),
        ..look(true)
    };
    let files = TranscriptFiles::new(&look, &[b"[]"], []).unwrap();
    let jobs = Jobs::new(None).unwrap().shared(usize::MAX);
    let layout = Layout::new(&look, &files, bundled_fonts(), Some(0), jobs, &|_| {});
    let steps = steps(|| {
        let section = Section {
            transcript: typeset.cbor.clone(),
            messages: &messages,
            heading: None,
            openings: &[],
            days: true,
            authors: &[],
        };
        let pdf = pdf_options(&[], Some(0)).unwrap();
        let laid_out = layout.pdf(vec![section], &pdf, &mut Vec::new()).unwrap();
        assert!(laid_out.warnings.plain.is_empty());
    });
    assert!(steps.iter().any(|step| step == "iter (1)"));
    assert!(!steps.iter().any(|step| step == "iter (2)"));
}
