//! Pseudonyms that are the same from run to run, by a secret key.

use std::fs;
use std::path::Path;

use hmac::{Hmac, Mac};
use scrollback_core::anonymize::Naming;
use sha2::Sha256;

use crate::failure::Failure;

/// The shortest key; shorter ones can be guessed.
const LEAST_KEY: usize = 16;

/// Pseudonyms from a keyed hash (HMAC-SHA-256), which can't be linked to names without the
/// key.
pub(super) struct Keyed(Hmac<Sha256>);

impl Keyed {
    /// Reads the key of a file.
    ///
    /// # Errors
    /// [`Failure::Usage`] when it can't be read, or is too short.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let hint = "make one with `openssl rand -base64 32`, and keep it to yourself";
        let key = fs::read(path).map_err(|error| {
            Failure::usage(
                format!("cannot read the key `{}`: {error}", path.display()),
                hint,
            )
        })?;
        // A trailing line break, which editors add, isn't part of the secret.
        let key = key.trim_ascii_end();
        if key.len() < LEAST_KEY {
            return Err(Failure::usage(
                format!(
                    "the key `{}` has {} bytes, and a key of fewer than {LEAST_KEY} can be guessed",
                    path.display(),
                    key.len()
                ),
                hint,
            ));
        }
        match Hmac::new_from_slice(key) {
            Ok(hmac) => Ok(Self(hmac)),
            Err(error) => Err(Failure::usage(
                format!("cannot use the key `{}`: {error}", path.display()),
                hint,
            )),
        }
    }
}

impl Naming for Keyed {
    fn tag(&self, kind: &str, key: &str) -> u64 {
        let mut hmac = self.0.clone();
        hmac.update(kind.as_bytes());
        hmac.update(b"\0");
        hmac.update(key.as_bytes());
        let tag = hmac.finalize().into_bytes();
        tag.iter()
            .take(8)
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}
