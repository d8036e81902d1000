//! Reads top-level objects: an export, a message of JSON lines, or related objects.

use std::ops::Range;

use super::super::formats::{self, FileKind};
use super::super::lines::{breaks_off, is_garbled};
use super::super::outline::{Outline, is_or_holds_message, outline};
use super::super::take::Take;
use super::{Level, Step, Walk};
use crate::json::Json;
use crate::warning::codes;

impl<'t, 'a: 't, T: Take<'t, 'a>> Walk<'_, 't, 'a, T> {
    /// A top-level object: an export, a message of JSON lines, or related objects.
    pub(super) fn object(&mut self) -> Step {
        let start = self.scan.pos;
        let lines = self.document.seen > 0;
        if breaks_off(&self.scan.text()[start..], lines) && self.broken_line(start) {
            return Step::Done;
        }
        let Some(outline) = outline(self.scan.clone(), self.is_last) else {
            return Step::More;
        };
        if outline == Outline::Export && is_garbled(&self.scan.text()[start..]) {
            if self.is_cut_line(start) {
                return Step::More;
            }
            if self.broken_line(start) {
                return Step::Done;
            }
        }
        if lines && outline == Outline::Export && self.is_unclosed(start) {
            self.cut(start);
            return Step::More;
        }
        match outline {
            Outline::Export => {
                self.document.begin_export();
                return self.enter(Level::Export);
            }
            Outline::Listed(kind) if self.take.in_pieces() => {
                self.document.found = true;
                self.document.declared = true;
                return self.enter(Level::File(kind, Vec::new()));
            }
            _ => {}
        }
        let start = self.scan.pos;
        let found = self.scan.value();
        if !self.is_whole(&found) && self.broken_line(start) {
            return Step::Done;
        }
        let Ok(range) = found else {
            if self.is_last {
                self.document.found |= matches!(
                    outline,
                    Outline::Message | Outline::File(_) | Outline::Listed(_)
                );
                self.cut(start);
            }
            return Step::More;
        };
        self.reader.offset = range.start;
        self.reader.message = None;
        if outline == Outline::Message {
            self.document.found = true;
            self.message(range, None);
        } else {
            self.other(outline, range);
        }
        Step::Done
    }

    /// A whole object that isn't a message: a file of another program, an envelope, or related
    /// objects.
    fn other(&mut self, outline: Outline, range: Range<usize>) {
        let start = range.start;
        let json = match self.reader.parse(&self.scan.text()[range]) {
            Ok(json) => json,
            Err(error) => {
                self.reader.warn(codes::UNEXPECTED_VALUE, start, || {
                    format!("expected an object, got invalid JSON ({error}); it is left out")
                });
                return;
            }
        };
        match outline {
            Outline::File(kind) | Outline::Listed(kind) => self.file(kind, json),
            Outline::Envelope => self.envelope(json),
            _ => {
                let json = self.take.own(json);
                self.document.companion(outline, json, self.reader);
            }
        }
    }

    /// A file of another program.
    fn file(&mut self, kind: FileKind, json: Json<'t>) {
        let exports = kind.convert(json);
        self.document.empty = kind.empty().filter(|_| exports.is_empty());
        let has_messages = |export: &Json| export.get("messages").is_some();
        self.document.is_companion = !exports.is_empty() && !exports.iter().any(has_messages);
        self.document.found = self.document.empty.is_none();
        self.document.declared = true;
        for export in exports {
            self.document.export_of(export, self.take, self.reader);
        }
    }

    /// An object with messages in it, such as a response of the API.
    fn envelope(&mut self, json: Json<'t>) {
        if !self.document.found {
            self.document.remember(&json);
        }
        let Some(json) = self.without_lists(json) else {
            return;
        };
        for message in formats::open(json) {
            // Others hold events, or errors.
            if !is_or_holds_message(&message) {
                continue;
            }
            self.document.found = true;
            let message = formats::message(message);
            let message = self.take.message(message, self.reader);
            self.document.keep(message, self.reader);
        }
    }
}
