//! Catches panics of Typst and its libraries.
//!
//! Typst reports what it can't do as errors. A bug in it panics, which would end the
//! program with a message for programmers; here it becomes an error like any other.

use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::{Mutex, PoisonError};

/// The prefix of errors that come from panics.
const STOPPED: &str = "it stopped unexpectedly";

/// The location of the last panic. If several threads panic, only one is reported.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Stops panics from being printed; whoever catches one reports it.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(place);
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}

/// Runs code that may panic.
///
/// # Errors
/// The message and location of a panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = panic
            .downcast_ref::<&str>()
            .map(|words| (*words).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        let words = words.unwrap_or_else(|| "no reason is known".to_owned());
        let words = words.lines().next().unwrap_or_default();
        let place = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        match place {
            Some(place) => format!("{STOPPED}: {words}, at {place}"),
            None => format!("{STOPPED}: {words}"),
        }
    })
}

/// Whether an error comes from a panic.
pub fn is_stop(words: &str) -> bool {
    words.starts_with(STOPPED)
}

/// A source location, starting at the name of its crate.
fn place(location: &Location) -> String {
    let file = location.file().replace('\\', "/");
    let library = file
        .rfind("/src/")
        .and_then(|src| file[..src].rfind('/'))
        .map_or(0, |slash| slash + 1);
    format!("{}:{}", &file[library..], location.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_words() {
        assert_eq!(caught(|| 1), Ok(1));
        let words = caught(|| panic!("of {} parts", 2)).map(|()| 0).unwrap_err();
        assert!(
            words.starts_with("it stopped unexpectedly: of 2 parts"),
            "{words}"
        );
        let words = caught(|| panic!("one\ntwo")).map(|()| 0).unwrap_err();
        assert!(!words.contains("two"), "{words}");
    }

    #[test]
    fn places_begin_with_the_library() {
        let here = place(Location::caller());
        assert!(here.contains("src/engine/guard.rs:"), "{here}");
        assert!(!here.starts_with('/'), "{here}");
    }
}
