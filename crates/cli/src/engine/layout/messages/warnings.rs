//! Warnings about a document that was laid out.

use std::collections::BTreeMap;

use ecow::EcoString;
use serde::{Deserialize, Serialize};

use super::plain::Form;

/// What could not be drawn as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutWarnings {
    /// Simplified messages, by id, with their degree of plainness and Typst's error.
    pub plain: BTreeMap<EcoString, (Form, EcoString)>,
    /// Characters that no font has, or letters with marks that none has together, and how
    /// often they came.
    pub missing: BTreeMap<EcoString, usize>,
    /// Typst's warnings, once each.
    pub typst: Vec<EcoString>,
    /// Why the PDF has no tags although it should.
    pub untagged: Option<EcoString>,
}

/// A warning about a document.
#[derive(Debug, Clone)]
pub enum LayoutWarning {
    /// A message was simplified.
    Plain {
        /// Its id.
        id: EcoString,
        /// How plain it is.
        form: Form,
        /// Typst's error.
        reason: EcoString,
    },
    /// A character that no font has, or a letter with marks that none has together.
    Missing(EcoString),
    /// A warning of Typst.
    Typst(EcoString),
    /// The PDF has no tags, because of this error.
    Untagged(EcoString),
}

impl LayoutWarnings {
    /// Adds the warnings about another part of the document.
    pub fn append(&mut self, others: Self) {
        self.plain.extend(others.plain);
        for (text, count) in others.missing {
            *self.missing.entry(text).or_default() += count;
        }
        for words in others.typst {
            self.add(LayoutWarning::Typst(words));
        }
        self.untagged = self.untagged.take().or(others.untagged);
    }

    /// Adds a warning.
    pub fn add(&mut self, warning: LayoutWarning) {
        match warning {
            LayoutWarning::Plain { id, form, reason } => {
                self.plain.insert(id, (form, reason));
            }
            LayoutWarning::Untagged(reason) => self.untagged = Some(reason),
            LayoutWarning::Missing(text) => *self.missing.entry(text).or_default() += 1,
            // Typst's warnings about HTML concern the package, not the user.
            LayoutWarning::Typst(words) if words.to_lowercase().contains("html") => {}
            LayoutWarning::Typst(words) => {
                if !self.typst.contains(&words) {
                    self.typst.push(words);
                }
            }
        }
    }
}
