//! What to do where Typst refuses to lay out messages: the ones that it refuses are
//! found by halving, and made plainer.

use std::collections::BTreeMap;
use std::ops::Range;

use ecow::EcoString;

use super::Layout;
use super::messages::Messages;
use super::plain::Form;
use super::run::Refused;
use crate::engine::Error;

/// What isn't drawn as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Messages that are drawn plainly, by id: how plainly, and what Typst said.
    pub plain: BTreeMap<EcoString, (Form, EcoString)>,
    /// Characters that no font has, and how often they came.
    pub missing: BTreeMap<char, usize>,
    /// What Typst warned of, once each.
    pub typst: Vec<EcoString>,
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
}

impl Remarks {
    /// Adds what there is to tell.
    pub fn add(&mut self, remark: Remark) {
        match remark {
            Remark::Plain { id, form, reason } => {
                self.plain.insert(id, (form, reason));
            }
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

impl Layout<'_> {
    /// Compiles some messages. Those that Typst refuses are made plainer until it
    /// doesn't.
    pub(super) fn insist<T>(
        &self,
        messages: &Messages,
        run: Range<usize>,
        mut compile: impl FnMut(Range<usize>) -> Result<T, Refused>,
    ) -> Result<T, Error> {
        loop {
            let refused = match compile(run.clone()) {
                Ok(made) => return Ok(made),
                Err(refused) => refused,
            };
            if let Err(refused) = compile(run.start..run.start) {
                // The message before is read, too. Where Typst refuses what is no
                // message, none of them can help.
                match run.start.checked_sub(1) {
                    Some(before) if self.make_plainer(messages, before, &refused) => continue,
                    _ => return Err(refused.into()),
                }
            }
            let mut changed = false;
            for (number, refused) in halve(run.clone(), &refused, &mut compile) {
                changed |= self.make_plainer(messages, number, &refused);
            }
            if !changed {
                return Err(refused.into());
            }
        }
    }

    /// Makes a message plainer, and notes that; `false` where it can't be.
    fn make_plainer(&self, messages: &Messages, number: usize, refused: &Refused) -> bool {
        let Some(form) = messages.make_plainer(number) else {
            return false;
        };
        self.remark(Remark::Plain {
            id: messages.id(number).into(),
            form,
            reason: refused.0.clone(),
        });
        true
    }
}

/// The messages of a run that Typst refuses, with what it says of each. All of them,
/// where it refuses them together only.
fn halve<T>(
    run: Range<usize>,
    refused: &Refused,
    compile: &mut impl FnMut(Range<usize>) -> Result<T, Refused>,
) -> Vec<(usize, Refused)> {
    if run.len() <= 1 {
        return run.map(|number| (number, refused.clone())).collect();
    }
    let middle = run.start + run.len() / 2;
    let mut found = Vec::new();
    for half in [run.start..middle, middle..run.end] {
        if let Err(refused) = compile(half.clone()) {
            found.extend(halve(half, &refused, compile));
        }
    }
    if found.is_empty() {
        found.extend(run.map(|number| (number, refused.clone())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that Typst would refuse, found in `run`; and how often it was asked.
    fn found(run: Range<usize>, bad: &[usize]) -> (Vec<usize>, usize) {
        let mut asked = 0;
        let mut compile = |half: Range<usize>| {
            asked += 1;
            if bad.iter().any(|number| half.contains(number)) {
                Err(Refused("no".into()))
            } else {
                Ok(())
            }
        };
        let found = halve(run, &Refused("no".into()), &mut compile);
        (found.into_iter().map(|(number, _)| number).collect(), asked)
    }

    #[test]
    fn what_typst_refuses_is_found_by_halving() {
        assert_eq!(found(0..250, &[137]).0, [137]);
        assert_eq!(found(10..20, &[10, 11, 19]).0, [10, 11, 19]);
        assert_eq!(found(5..6, &[5]).0, [5]);
        assert!(found(0..256, &[255]).1 <= 16);
    }

    #[test]
    fn what_only_together_is_refused_is_all_found() {
        let mut compile = |half: Range<usize>| {
            if half.len() > 2 {
                Err(Refused("no".into()))
            } else {
                Ok(())
            }
        };
        let found = halve(0..4, &Refused("no".into()), &mut compile);
        assert_eq!(found.len(), 4);
    }
}
