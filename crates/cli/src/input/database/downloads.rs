//! Files that Discord History Tracker has downloaded into its database.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use rusqlite::OptionalExtension as _;

use super::sqlite::{Database, other};

/// Hosts whose addresses have signatures, which aren't part of a file's identity.
const HOSTS: [&str; 3] = [
    "https://cdn.discordapp.com/",
    "https://cdn.discord.com/",
    "https://media.discordapp.net/",
];
/// Extensions in the addresses of avatars and emoji.
const EXTENSIONS: [&str; 4] = ["webp", "gif", "png", "jpg"];

/// The downloaded files of a database.
pub struct Downloads {
    database: Mutex<Database>,
    /// The table, and the column with addresses.
    table: &'static str,
    key: &'static str,
}

impl fmt::Debug for Downloads {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Downloads")
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Downloads {
    /// The downloads of a database, if it has a table of them.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let database = Database::open(path)?;
        for (table, key) in [
            ("download_blobs", "normalized_url"),
            ("downloads", "normalized_url"),
            ("downloads", "url"),
        ] {
            let has = |column| {
                let columns = database.columns(table).unwrap_or_default();
                columns.iter().any(|known| known == column)
            };
            if has(key) && has("blob") {
                return Ok(Some(Self {
                    database: Mutex::new(database),
                    table,
                    key,
                }));
            }
        }
        Ok(None)
    }

    /// The address that a file is stored under.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn find(&self, url: &str) -> io::Result<Option<String>> {
        let database = self.database.lock().expect("no panic while held");
        let sql = format!(
            "SELECT 1 FROM {} WHERE {} = ?1 AND blob IS NOT NULL",
            self.table, self.key
        );
        let mut statement = database.prepare(&sql)?;
        for address in addresses(url) {
            if statement.exists([&address]).map_err(other)? {
                return Ok(Some(address));
            }
        }
        Ok(None)
    }

    /// The file at an address.
    ///
    /// # Errors
    /// When it is missing or too large, or the database is damaged.
    pub fn read(&self, address: &str) -> io::Result<Vec<u8>> {
        let database = self.database.lock().expect("no panic while held");
        let sql = format!("SELECT blob FROM {} WHERE {} = ?1", self.table, self.key);
        let mut statement = database.prepare(&sql)?;
        let found = statement.query_row([address], |row| row.get::<_, Vec<u8>>(0));
        let found = found.optional().map_err(other)?;
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

/// The addresses that the file of a URL may be stored under.
fn addresses(url: &str) -> Vec<String> {
    let mut found = vec![url.to_owned()];
    let Some(path) = HOSTS.iter().find_map(|host| url.strip_prefix(host)) else {
        return found;
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut paths = vec![path.to_owned()];
    let is_asked_for = ["avatars/", "emojis/", "icons/"]
        .iter()
        .any(|kind| path.starts_with(kind));
    if let Some((stem, _)) = path.rsplit_once('.').filter(|_| is_asked_for) {
        paths.extend(
            EXTENSIONS
                .iter()
                .map(|extension| format!("{stem}.{extension}")),
        );
    }
    for host in HOSTS {
        found.extend(paths.iter().map(|path| format!("{host}{path}")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn files_are_found_without_signatures_and_by_other_extensions() {
        let kept = |url: &str, address: &str| addresses(url).iter().any(|one| one == address);
        let file = "https://cdn.discordapp.com/attachments/1/2/a.png";
        assert!(kept(&format!("{file}?ex=1&hm=2"), file));
        assert!(kept(
            "https://media.discordapp.net/attachments/1/2/a.png",
            file
        ));
        assert!(kept(
            "https://cdn.discordapp.com/avatars/1/ab.png?size=128",
            "https://cdn.discordapp.com/avatars/1/ab.webp"
        ));
        assert_eq!(
            addresses("https://a.test/b.png?c=1"),
            ["https://a.test/b.png?c=1"]
        );
        assert!(!kept(
            file,
            "https://cdn.discordapp.com/attachments/1/2/a.webp"
        ));
    }
}
