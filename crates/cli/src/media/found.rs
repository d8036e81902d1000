//! A file of an export, wherever it is stored.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::input::Downloads;

/// A file of an export.
#[derive(Debug, Clone)]
pub enum Found {
    /// In the media folder.
    File(PathBuf),
    /// In a database.
    Download {
        /// The database.
        downloads: Arc<Downloads>,
        /// The address that the file is stored under.
        address: String,
    },
}

impl Found {
    /// Its path on disk; `None` if it is in a database.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Download { .. } => None,
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Download { downloads, address } => {
                Ok(Box::new(Cursor::new(downloads.read(address)?)))
            }
        }
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
