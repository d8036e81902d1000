//! What there is to tell about a document that was laid out.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::plain::Form;

/// What isn't drawn as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Messages that are drawn plainly, by id: how plainly, and what Typst said.
    pub plain: BTreeMap<EcoString, (Form, EcoString)>,
    /// Characters that no font has, and how often they came.
    pub missing: BTreeMap<char, usize>,
    /// What Typst warned of, once each.
    pub typst: Vec<EcoString>,
    /// Why the PDF has no tags, though it should.
    pub untagged: Option<EcoString>,
}

/// Something to tell about a document.
#[derive(Debug, Clone)]
pub enum Remark {
    /// A message is drawn plainly.
    Plain {
        /// Its id.
        id: EcoString,
        /// How plainly.
        form: Form,
        /// What Typst said.
        reason: EcoString,
    },
    /// A character that no font has.
    Missing(char),
    /// Typst's warning.
    Typst(EcoString),
    /// The PDF has no tags, since Typst says this of them.
    Untagged(EcoString),
}

impl Remarks {
    /// Adds what there is to tell.
    pub fn add(&mut self, remark: Remark) {
        match remark {
            Remark::Plain { id, form, reason } => {
                self.plain.insert(id, (form, reason));
            }
            Remark::Untagged(reason) => self.untagged = Some(reason),
            Remark::Missing(char) => *self.missing.entry(char).or_default() += 1,
            // What Typst says of HTML is about what the package makes of it.
            Remark::Typst(words) if words.to_lowercase().contains("html") => {}
            Remark::Typst(words) => {
                if !self.typst.contains(&words) {
                    self.typst.push(words);
                }
            }
        }
    }
}
