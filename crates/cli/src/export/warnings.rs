//! Warns the user about what isn't drawn as it should be.

use ecow::EcoString;
use typst::diag::SourceDiagnostic;

use super::{Job, missing};
use crate::engine::LayoutWarnings;
use crate::failure::{Failure, Message};
use crate::report::Warnings;

impl Job<'_> {
    /// Warns about what isn't drawn as it should be.
    pub(super) fn warn(&self, found: &LayoutWarnings, warnings: &mut Warnings) {
        let shown = self.export.shown();
        for (id, (_, reason)) in &found.plain {
            let place = match id.as_str() {
                "" => shown.clone(),
                id => format!("{shown}, message {id}"),
            };
            warnings.lose(
                place,
                format!("some messages are drawn as plain text, since Typst can't lay them out ({reason})"),
                Vec::new(),
                1,
            );
        }
        if !found.missing.is_empty() {
            let (error, hint) = missing::words(found.missing.keys().map(|text| &**text));
            warnings.lose(shown.clone(), error, vec![hint], 1);
        }
        if let Some(reason) = &found.untagged {
            warnings.lose(
                shown.clone(),
                format!("the PDF has no tags, so screen readers can't tell its parts ({reason})"),
                vec![
                    "write HTML (`-f html`) for them; this is a fault of Typst or scrollback: \
                     please report it with these words"
                        .into(),
                ],
                1,
            );
        }
        for words in &found.typst {
            warnings.add(shown.clone(), format!("Typst says: {words}"), Vec::new(), 1);
        }
    }

    /// The failure to write a PDF.
    pub(super) fn unwritable(&self, errors: &[SourceDiagnostic]) -> Failure {
        let mut messages: Vec<&EcoString> = errors.iter().map(|error| &error.message).collect();
        messages.dedup();
        let first = messages.first().map_or("", |message| message.as_str());
        let more = match messages.len().saturating_sub(1) {
            0 => String::new(),
            more => format!(" (and {more} more of the kind)"),
        };
        Failure::Output(Message {
            error: format!(
                "{}: cannot write the {}: {first}{more}",
                self.export.shown(),
                self.plan.format().extension().to_uppercase()
            ),
            hints: vec![if self.args.typst.pdf_standards.is_empty() {
                "this is a fault of Typst or scrollback: please report it with these words".into()
            } else {
                "leave out `--pdf-standard`, or use another one".into()
            }],
        })
    }
}
