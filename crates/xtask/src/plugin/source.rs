//! The sources of the plugin: those of its crates, their dependencies, and the build profile.
//! Apart from what packs it, nothing else in the project affects it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::Table;

use super::record::sha256;

/// Crates of the workspace that end up in the plugin.
const CRATES: [&str; 3] = ["core", "plugin", "unpack"];

/// A SHA-256 over all sources of the plugin.
///
/// # Errors
/// When one cannot be read.
pub fn digest(root: &Path) -> Result<String> {
    let mut parts = Vec::new();
    for name in CRATES {
        let mut files = vec![format!("crates/{name}/Cargo.toml")];
        let script = format!("crates/{name}/build.rs");
        if root.join(&script).is_file() {
            files.push(script);
        }
        crate::package::walk(root, &format!("crates/{name}/src"), &mut files)?;
        files.sort();
        for file in files {
            let bytes = fs::read(root.join(&file)).with_context(|| file.clone())?;
            parts.push(format!("{file} {}", sha256(&bytes)));
        }
    }
    let workspace = table(root, "Cargo.toml")?;
    parts.push(settings(&workspace));
    let lock = table(root, "Cargo.lock")?;
    let manifests = CRATES
        .iter()
        .map(|name| table(root, &format!("crates/{name}/Cargo.toml")))
        .collect::<Result<Vec<_>>>()?;
    parts.extend(packages(&manifests, &lock));
    Ok(sha256(parts.join("\n").as_bytes()))
}

fn table(root: &Path, file: &str) -> Result<Table> {
    let text = fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
    text.parse().with_context(|| file.to_owned())
}

/// The plugin's settings in the workspace's manifest.
fn settings(workspace: &Table) -> String {
    let at = |path: &[&str]| {
        let mut value = workspace.get(path[0]);
        for key in &path[1..] {
            value = value.and_then(|value| value.get(key));
        }
        value.map(ToString::to_string).unwrap_or_default()
    };
    [
        at(&["workspace", "package"]),
        at(&["profile", "release"]),
        at(&["profile", "plugin"]),
    ]
    .join("\n")
}

/// The direct and indirect dependencies of crates with these manifests, with versions and
/// checksums, but without those for tests.
fn packages(manifests: &[Table], lock: &Table) -> BTreeSet<String> {
    let mut queue: Vec<String> = Vec::new();
    for manifest in manifests {
        let targets = manifest.get("target").and_then(toml::Value::as_table);
        let tables = targets
            .into_iter()
            .flat_map(|targets| targets.values().filter_map(toml::Value::as_table))
            .chain([manifest]);
        for table in tables {
            for kind in ["dependencies", "build-dependencies"] {
                let names = table.get(kind).and_then(toml::Value::as_table);
                queue.extend(names.into_iter().flat_map(Table::keys).cloned());
            }
        }
    }
    let locked = lock.get("package").and_then(toml::Value::as_array);
    let locked: Vec<&Table> = locked
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_table)
        .collect();
    let text = |package: &Table, key: &str| {
        let value = package.get(key).and_then(toml::Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let mut found = BTreeSet::new();
    while let Some(asked) = queue.pop() {
        // A name, with a version if the lock file has several.
        let mut words = asked.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next());
        for package in &locked {
            // Crates of the workspace have no checksum; their sources are hashed instead.
            let checksum = text(package, "checksum");
            if checksum.is_empty()
                || text(package, "name") != name
                || version.is_some_and(|version| text(package, "version") != version)
            {
                continue;
            }
            let line = format!("{name} {} {checksum}", text(package, "version"));
            if found.insert(line) {
                let more = package.get("dependencies").and_then(toml::Value::as_array);
                let more = more.into_iter().flatten();
                queue.extend(more.filter_map(toml::Value::as_str).map(str::to_owned));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_in_the_plugin_count() {
        let manifest = r#"
            [dependencies]
            serde = "1"
            [target.'cfg(target_arch = "wasm32")'.dependencies]
            protocol = "1"
            [dev-dependencies]
            insta = "1"
        "#;
        let lock = r#"
            [[package]]
            name = "serde"
            version = "1.0.1"
            checksum = "aa"
            dependencies = ["serde_core 1.0.0"]
            [[package]]
            name = "serde_core"
            version = "1.0.0"
            checksum = "bb"
            [[package]]
            name = "serde_core"
            version = "2.0.0"
            checksum = "cc"
            [[package]]
            name = "protocol"
            version = "1.2.0"
            checksum = "dd"
            [[package]]
            name = "insta"
            version = "1.0.0"
            checksum = "ee"
        "#;
        let found = packages(&[manifest.parse().unwrap()], &lock.parse().unwrap());
        assert_eq!(
            Vec::from_iter(found),
            ["protocol 1.2.0 dd", "serde 1.0.1 aa", "serde_core 1.0.0 bb"]
        );
    }

    #[test]
    fn every_source_counts() {
        let temp = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = temp.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("Cargo.toml", "[profile.plugin]\nopt-level = 3\n");
        write("Cargo.lock", "");
        for name in CRATES {
            write(&format!("crates/{name}/Cargo.toml"), "[dependencies]\n");
            write(&format!("crates/{name}/src/lib.rs"), "");
        }
        let mut last = digest(temp.path()).unwrap();
        for (file, text) in [
            ("crates/core/src/lib.rs", "mod a;"),
            ("crates/core/src/a/mod.rs", ""),
            ("crates/core/build.rs", "fn main() {}"),
            (
                "crates/plugin/Cargo.toml",
                "[dependencies]\nserde = \"1\"\n",
            ),
            ("Cargo.toml", "[profile.plugin]\nopt-level = 2\n"),
        ] {
            write(file, text);
            let now = digest(temp.path()).unwrap();
            assert_ne!(now, last, "{file}");
            last = now;
        }
        write("crates/core/tests/a.rs", "");
        write("Cargo.toml", "# A word.\n[profile.plugin]\nopt-level = 2\n");
        assert_eq!(digest(temp.path()).unwrap(), last);
    }
}
