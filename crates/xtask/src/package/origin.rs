//! Writes the publisher's data into the manifest and the readme: the repository's address, a
//! homepage, the manual.

use anyhow::{Result, bail};

use super::readme;

/// The origin of the package, from the arguments of `cargo xtask package`.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The repository, without a slash at its end.
    pub repository: Option<Repository>,
    /// The package's own site.
    pub homepage: Option<String>,
    /// The manual's name in the package, if it is included.
    pub manual: Option<String>,
}

/// The address of a repository on a host whose links to files are known.
#[derive(Debug, Clone)]
pub struct Repository {
    url: String,
    /// The host's path segments for a file's page, and for its bytes.
    page: &'static str,
    bytes: &'static str,
}

impl Repository {
    /// Reads an address such as `https://github.com/owner/name`.
    ///
    /// # Errors
    /// When it isn't one, or is on a host whose links to files aren't known.
    pub fn parse(url: &str) -> Result<Self> {
        let url = url.trim_end_matches('/').trim_end_matches(".git");
        let host = url
            .strip_prefix("https://")
            .and_then(|rest| rest.split_once('/'))
            .map(|(host, _)| host);
        let (page, bytes) = match host {
            Some("github.com") => ("blob", "raw"),
            Some("gitlab.com") => ("-/blob", "-/raw"),
            Some("codeberg.org") => ("src/tag", "raw/tag"),
            _ => bail!(
                "`--repository` must be an address on github.com, gitlab.com or codeberg.org, such \
                 as `https://github.com/owner/name`, got `{url}`"
            ),
        };
        Ok(Self {
            url: url.to_owned(),
            page,
            bytes,
        })
    }

    /// The address of a file at the tag of a version.
    fn link(&self, kind: &str, version: &str, file: &str) -> String {
        format!(
            "{}/{kind}/v{version}/{}",
            self.url,
            file.replace(' ', "%20")
        )
    }
}

impl Origin {
    /// The manifest with `repository` and `homepage`.
    pub fn manifest(&self, text: &str) -> String {
        let mut fields = String::new();
        if let Some(repository) = &self.repository {
            fields += &format!("repository = {:?}\n", repository.url);
        }
        if let Some(homepage) = &self.homepage {
            fields += &format!("homepage = {homepage:?}\n");
        }
        // `[package]` is the first section; its other keys may follow in any order.
        text.replacen("[package]\n", &format!("[package]\n{fields}"), 1)
    }

    /// The readme of the package, whose other files are `files`, sorted. Links to other files
    /// lead to the repository, at the version's tag; without a repository, only their text
    /// stays. Pictures are included, or come from the repository.
    pub fn readme(&self, text: &str, version: &str, files: &[String]) -> String {
        let mut written = text.to_owned();
        // From the end, so that earlier positions stay valid.
        for target in readme::local_ranges(text).into_iter().rev() {
            let new = match (&self.manual, &self.repository) {
                (Some(manual), _) if target.file == "docs/manual.typ" => manual.clone(),
                _ if files.binary_search(&target.file).is_ok() => continue,
                (_, None) if target.is_picture => continue,
                (_, None) => {
                    let words = words(&text[target.whole.clone()]);
                    written.replace_range(target.whole, words);
                    continue;
                }
                (_, Some(repository)) if target.is_picture => {
                    repository.link(repository.bytes, version, &target.file)
                }
                (_, Some(repository)) => repository.link(repository.page, version, &target.file),
            };
            written.replace_range(target.range, &new);
        }
        written
    }
}

/// The words of a link, `[words](target)`.
fn words(link: &str) -> &str {
    let inner = link.strip_prefix('[').unwrap_or(link);
    inner.rsplit_once("](").map_or(inner, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const README: &str = "# A\n\n![Two words](docs/a.png) [doc](docs/b.md#c) [own](LICENSE) \
        <https://typst.app>\n\n<img src=\"docs/d e.png\" alt=\"Three words here\">\n\n\
        The [manual](docs/manual.typ).\n\n```md\n[not](docs/a.png)\n```\n";

    #[test]
    fn links_lead_to_the_tag() {
        let origin = |url| Origin {
            repository: Some(Repository::parse(url).unwrap()),
            ..Origin::default()
        };
        let readme =
            origin("https://github.com/o/n.git").readme(README, "1.2.3", &["LICENSE".into()]);
        assert_eq!(
            readme,
            "# A\n\n![Two words](https://github.com/o/n/raw/v1.2.3/docs/a.png) \
             [doc](https://github.com/o/n/blob/v1.2.3/docs/b.md#c) [own](LICENSE) \
             <https://typst.app>\n\n\
             <img src=\"https://github.com/o/n/raw/v1.2.3/docs/d%20e.png\" alt=\"Three words here\">\n\n\
             The [manual](https://github.com/o/n/blob/v1.2.3/docs/manual.typ).\n\n\
             ```md\n[not](docs/a.png)\n```\n"
        );
        let readme =
            origin("https://codeberg.org/o/n/").readme(README, "1.2.3", &["LICENSE".into()]);
        assert!(readme.contains("(https://codeberg.org/o/n/src/tag/v1.2.3/docs/b.md#c)"));
    }

    #[test]
    fn without_a_repository_links_are_words() {
        let files = ["LICENSE".to_owned()];
        let words = README
            .replace("[doc](docs/b.md#c)", "doc")
            .replace("[manual](docs/manual.typ)", "manual");
        assert_eq!(Origin::default().readme(README, "1.2.3", &files), words);
        let origin = Origin {
            manual: Some("docs/manual.pdf".into()),
            ..Origin::default()
        };
        assert_eq!(
            origin.readme(README, "1.2.3", &files),
            README
                .replace("[doc](docs/b.md#c)", "doc")
                .replace("manual.typ", "manual.pdf")
        );
    }

    #[test]
    fn the_manifest_gets_the_fields() {
        let origin = Origin {
            repository: Some(Repository::parse("https://gitlab.com/o/n").unwrap()),
            homepage: Some("https://example.org".into()),
            manual: None,
        };
        assert_eq!(
            origin.manifest("[package]\nname = \"a\"\n\n[template]\n"),
            "[package]\nrepository = \"https://gitlab.com/o/n\"\n\
             homepage = \"https://example.org\"\nname = \"a\"\n\n[template]\n"
        );
        assert_eq!(
            Origin::default().manifest("[package]\nname = \"a\"\n"),
            "[package]\nname = \"a\"\n"
        );
    }

    #[test]
    fn addresses_of_other_hosts_are_refused() {
        for url in [
            "github.com/o/n",
            "https://example.org/o/n",
            "https://github.com",
        ] {
            assert_eq!(
                Repository::parse(url).unwrap_err().to_string(),
                format!(
                    "`--repository` must be an address on github.com, gitlab.com or codeberg.org, \
                     such as `https://github.com/owner/name`, got `{url}`"
                )
            );
        }
    }
}
