//! What is made when it is first asked for, and lasts from then on.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many values were made so far.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// How many values that outlast a call of this crate were made so far. Whoever gives
/// memory back call by call keeps that of a call in which this grows: there is no other
/// static value that owns memory, which a test makes sure of.
#[must_use]
pub fn lasting_values() -> usize {
    MADE.load(Ordering::Relaxed)
}

/// A static value that is made when it is first asked for.
pub(crate) struct Lasting<T>(OnceLock<T>);

impl<T> Lasting<T> {
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value, which `make` makes the first time.
    pub fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(|| {
            MADE.fetch_add(1, Ordering::Relaxed);
            make()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Reads every source of a folder.
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.display().to_string(), text));
            }
        }
    }

    #[test]
    fn nothing_else_outlasts_a_call() {
        let mut found = Vec::new();
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found.len() > 100);
        for (path, text) in found {
            if path.ends_with("lasting.rs") || path.ends_with("table.txt") {
                continue;
            }
            for owner in [
                "OnceLock",
                "OnceCell",
                "LazyLock",
                "LazyCell",
                "thread_local",
                "Mutex",
                "RwLock",
                "Box::leak",
                ".leak()",
            ] {
                assert!(
                    !text.contains(owner),
                    "{path} has `{owner}`: what owns memory and is static must be `Lasting`"
                );
            }
        }
    }
}
