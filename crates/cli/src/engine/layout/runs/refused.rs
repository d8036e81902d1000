//! Handles messages that Typst refuses to lay out: they are found by bisection, and
//! simplified.

use std::ops::Range;

use super::compile::Refused;
use crate::engine::Error;
use crate::engine::layout::Layout;
use crate::engine::layout::messages::Messages;
use crate::engine::layout::messages::warnings::LayoutWarning;

impl Layout<'_> {
    /// Compiles some messages. Those that Typst refuses are simplified until it accepts them.
    pub(in crate::engine::layout) fn insist<T>(
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
                // The message before is read, too. If Typst refuses something other than a message,
                // simplifying messages can't help.
                match run.start.checked_sub(1) {
                    Some(before) if self.make_plainer(messages, before, &refused) => continue,
                    _ => return Err(refused.into()),
                }
            }
            let mut changed = false;
            let mut found = |number, refused: &Refused| {
                changed |= self.make_plainer(messages, number, refused);
            };
            halve(run.clone(), &refused, &mut compile, &mut found);
            if !changed {
                return Err(refused.into());
            }
        }
    }

    /// Simplifies a message, and records that; `false` if it can't be any plainer.
    fn make_plainer(&self, messages: &Messages, number: usize, refused: &Refused) -> bool {
        let Some(form) = messages.make_plainer(number) else {
            return false;
        };
        self.warn(LayoutWarning::Plain {
            id: messages.id(number).into(),
            form,
            reason: refused.words.clone(),
        });
        true
    }
}

/// Calls `found` with each message of a run that Typst refuses, in order, and with Typst's
/// error. If Typst refuses the messages only together, that is all of them, unless there is
/// another way.
fn halve<T>(
    run: Range<usize>,
    refused: &Refused,
    compile: &mut impl FnMut(Range<usize>) -> Result<T, Refused>,
    found: &mut impl FnMut(usize, &Refused),
) {
    let mut together = true;
    if run.len() > 1 {
        let middle = run.start + run.len() / 2;
        for half in [run.start..middle, middle..run.end] {
            if let Err(refused) = compile(half.clone()) {
                together = false;
                halve(half, &refused, compile, found);
            }
        }
    }
    if together && !(refused.alone && run.len() > 1) {
        run.for_each(|number| found(number, refused));
    }
}

#[cfg(test)]
mod tests {
    use ecow::EcoString;
    use scrollback_core::Options;

    use super::*;
    use crate::engine::layout::messages::plain::Form;
    use crate::engine::layout::{LayoutWarnings, Section};
    use crate::engine::{Jobs, TranscriptFiles};
    use crate::trial::{bundled_fonts, look, text};

    /// The refused messages of a run, and the number of attempts.
    fn found(run: Range<usize>, refuses: impl Fn(&Range<usize>) -> bool) -> (Vec<usize>, usize) {
        let (mut asked, mut found) = (0, Vec::new());
        let no = Refused::new("no");
        let mut compile = |half: Range<usize>| {
            asked += 1;
            if refuses(&half) {
                Err(no.clone())
            } else {
                Ok(())
            }
        };
        halve(run, &no, &mut compile, &mut |number, _| found.push(number));
        (found, asked)
    }

    #[test]
    fn refused_messages_are_found_by_bisection() {
        let any = |bad: &'static [usize]| {
            move |half: &Range<usize>| bad.iter().any(|number| half.contains(number))
        };
        assert_eq!(found(0..250, any(&[137])).0, [137]);
        assert_eq!(found(10..20, any(&[10, 11, 19])).0, [10, 11, 19]);
        assert_eq!(found(5..6, any(&[5])).0, [5]);
        assert!(found(0..256, any(&[255])).1 <= 16);
    }

    #[test]
    fn messages_that_are_only_refused_together_are_all_found() {
        assert_eq!(found(0..4, |half| half.len() > 2).0, [0, 1, 2, 3]);
    }

    const EXPORT: &[u8] = br#"[
        {"id":"1","content":"opening","timestamp":"2024-03-01T12:00:00+00:00","author":{"id":"9","username":"ada"}},
        {"id":"2","content":"poison","timestamp":"2024-03-01T12:01:00+00:00","author":{"id":"9","username":"ada"}},
        {"id":"3","content":"third","pinned":true,"timestamp":"2024-03-01T12:02:00+00:00","author":{"id":"9","username":"ada"}},
        {"id":"4","content":"poison","pinned":true,"timestamp":"2024-03-01T12:03:00+00:00","author":{"id":"9","username":"ada"}}
    ]"#;

    /// Appended to the documents: Typst refuses messages with this word.
    const REFUSAL: &str = r#"
        #for name in NAMES {
          for message in cbor(name) {
            assert(message.at("content", default: "") != "poison", message: "too bad")
          }
        }
    "#;

    /// Lays out the export with a document that refuses some of its messages.
    fn lay_out<T>(
        paged: bool,
        lay_out: impl Fn(Layout, Section, Section) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let _reading = crate::READING.lock();
        let options = Options::default();
        let archive = scrollback_core::read(&[EXPORT], &options).unwrap();
        let select = |places: &[usize]| {
            let selection = archive.pick(places, &options).unwrap();
            selection.typeset_in_pieces().unwrap()
        };
        let ((all, messages), (some, pinned)) = (select(&[0, 1, 2, 3]), select(&[2, 3]));
        let look = look(paged);
        let mut files = TranscriptFiles::new(&look, &[], []).unwrap();
        for (path, text, names) in [
            (
                "/messages.typ",
                include_str!("../../templates/messages.typ"),
                r#"("/messages.cbor",)"#,
            ),
            (
                "/whole.typ",
                include_str!("../../templates/whole.typ"),
                r#"("/messages.cbor", "/pinned-messages.cbor")"#,
            ),
        ] {
            let refusing = format!("{text}{}", REFUSAL.replace("NAMES", names));
            files.add(path, refusing.into_bytes());
        }
        let fonts = bundled_fonts();
        let jobs = Jobs::new(None).unwrap();
        let layout = Layout::new(&look, &files, fonts, None, jobs, &|_| {});
        lay_out(
            layout,
            Section::of(all.cbor, &messages),
            Section::of(some.cbor, &pinned),
        )
    }

    /// The ids of messages that were drawn plainly.
    fn plain(warnings: &LayoutWarnings) -> Vec<&str> {
        assert!(
            warnings
                .plain
                .values()
                .all(|(form, reason)| { *form == Form::Words && reason.contains("too bad") })
        );
        warnings.plain.keys().map(EcoString::as_str).collect()
    }

    #[test]
    fn refused_messages_cost_no_others_on_pages() {
        let laid_out =
            lay_out(true, |layout, all, pinned| layout.pages(vec![all, pinned])).unwrap();
        assert_eq!(plain(&laid_out.warnings), ["2", "4"]);
        let pages = laid_out.document.pages();
        let text: String = pages.iter().map(|page| text(&page.frame)).collect();
        assert_eq!(text.matches("poison").count(), 3, "{text}");
        assert_eq!(text.matches("(plain)").count(), 3, "{text}");
        assert_eq!(text.matches("third").count(), 2, "{text}");
    }

    #[test]
    fn refused_messages_cost_no_others_in_html() {
        let laid_out =
            lay_out(false, |layout, all, pinned| layout.html(all, Some(pinned))).unwrap();
        assert_eq!(plain(&laid_out.warnings), ["2", "4"]);
        let html = laid_out.document;
        assert_eq!(html.matches("poison").count(), 3);
        assert_eq!(html.matches("opening").count(), 1);
    }

    #[test]
    fn an_error_that_no_message_causes_is_returned() {
        let error = lay_out(true, |layout, mut all, _| {
            all.transcript = b"no transcript".to_vec();
            layout.pages(vec![all]).map(|_| ())
        });
        let error = error.unwrap_err();
        assert!(
            error
                .message
                .starts_with("Typst can't lay out the transcript: "),
            "{error:?}"
        );
    }
}
