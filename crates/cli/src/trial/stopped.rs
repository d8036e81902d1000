//! Tests that a panic in Typst costs no other message, and simplifies only the one that
//! causes it.

use serde_json::{Value, json};
use typst_pdf::PdfStandard;

use super::{Trial, files, section};
use crate::engine::stops::STOP;
use crate::engine::{
    Layout, LayoutWarnings, Section, TranscriptFiles, Unwritten, Writing, pdf_options, png, svg,
};

/// Three messages, of which the second has more than text.
fn export(more: Value) -> Vec<u8> {
    exports(&[json!({}), more, json!({})])
}

fn exports(more: &[Value]) -> Vec<u8> {
    let message = |(number, more): (usize, &Value)| {
        let mut message = json!({
            "id": number.to_string(),
            "content": format!("words {number}"),
            "timestamp": "2024-03-01T12:00:00+00:00",
            "author": {"id": "9", "username": "ada"},
        });
        for (key, value) in more.as_object().expect("members") {
            message[key] = value.clone();
        }
        message
    };
    let messages: Vec<Value> = (1..).zip(more).map(message).collect();
    serde_json::to_vec(&messages).expect("it can be written")
}

fn link(to: &str) -> Value {
    json!({ "content": format!("see {STOP}{to}") })
}

fn with<T>(export: &[u8], paged: bool, draw: impl Fn(&Layout, Section) -> T) -> T {
    let trial = Trial::new();
    let (typeset, messages) = trial.read(export).unwrap();
    let (look, files): (_, TranscriptFiles) = files(paged, &typeset);
    let layout = trial.layout(&look, &files);
    draw(&layout, section(typeset, &messages))
}

/// The PDF of an export, with its warnings.
fn pdf(export: &[u8], standards: &[PdfStandard]) -> Result<(Vec<u8>, LayoutWarnings), Unwritten> {
    with(export, true, |layout, section| {
        let pdf = pdf_options(standards, Some(0)).unwrap();
        let mut out = Vec::new();
        let layout = layout.with(layout.look, layout.files);
        let laid_out = layout.pdf(vec![section], &pdf, &mut out)?;
        Ok((out, laid_out.warnings))
    })
}

/// The ids of messages that are reduced to their text.
fn plain(warnings: &LayoutWarnings) -> Vec<&str> {
    let reasons = warnings.plain.values().map(|(_, reason)| reason);
    for reason in reasons {
        assert!(reason.starts_with("it stopped unexpectedly: "), "{reason}");
    }
    warnings.plain.keys().map(|id| id.as_str()).collect()
}

#[test]
fn a_message_that_layout_stops_at_is_drawn_plainly() {
    let picture = json!({"attachments": [
        {"id": "5", "filename": "stop.png", "url": "https://media.example/stop.png"}
    ]});
    let export = export(picture);
    let (_, warnings) = pdf(&export, &[]).unwrap();
    assert_eq!(plain(&warnings), ["2"]);
    assert_eq!(warnings.untagged, None);
    let html = Trial::new().html(&export).unwrap();
    assert_eq!(plain(&html.warnings), ["2"]);
    let html = String::from_utf8(html.bytes).unwrap();
    for words in ["words 1", "words 2", "stop.png", "words 3", "(plain)"] {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[test]
fn a_message_that_the_writer_of_pdfs_stops_at_is_drawn_plainly() {
    for (to, standards) in [
        ("pdf", &[][..]),
        ("pdf", &[PdfStandard::Ua_1]),
        ("tags", &[]),
        ("tags", &[PdfStandard::A_3a]),
    ] {
        let (bytes, warnings) = pdf(&export(link(to)), standards).unwrap();
        assert_eq!(plain(&warnings), ["2"], "{to}");
        assert_eq!(warnings.untagged, None, "{to}");
        assert!(has_tags(&bytes), "{to}");
    }
}

#[test]
fn tags_that_the_writer_stops_at_are_left_out_and_missed() {
    let export = exports(&[link("together"), json!({}), link("together")]);
    let (bytes, warnings) = pdf(&export, &[]).unwrap();
    assert!(plain(&warnings).is_empty());
    let reason = warnings.untagged.unwrap();
    assert!(reason.contains("stopped at together"), "{reason}");
    assert!(!has_tags(&bytes));
    // If a standard requires tags, messages are simplified instead of dropping the tags.
    let (bytes, warnings) = pdf(&export, &[PdfStandard::Ua_1]).unwrap();
    assert!(!plain(&warnings).is_empty() && has_tags(&bytes));
}

fn has_tags(pdf: &[u8]) -> bool {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    document.catalog().unwrap().has(b"StructTreeRoot")
}

#[test]
fn a_message_that_pictures_stop_at_is_drawn_plainly() {
    with(&export(link("picture")), true, |layout, section| {
        let pages = |layout: Layout| layout.pages(vec![section.clone()]).unwrap();
        let first = pages(layout.with(layout.look, layout.files));
        let page = &first.document.pages()[0];
        assert!(png(page, 72.0).is_err() && svg(page).is_err());
        for writing in [Writing::Png(72.0), Writing::Svg] {
            let laid_out = pages(layout.trying(writing));
            assert_eq!(plain(&laid_out.warnings), ["2"]);
            let page = &laid_out.document.pages()[0];
            assert!(png(page, 72.0).is_ok() && svg(page).is_ok());
        }
    });
}

#[test]
fn a_message_that_html_stops_at_is_drawn_plainly() {
    let html = Trial::new().html(&export(link("html"))).unwrap();
    assert_eq!(plain(&html.warnings), ["2"]);
    let html = String::from_utf8(html.bytes).unwrap();
    assert!(html.contains("words 3") && html.contains("stop.example/html"));
}
