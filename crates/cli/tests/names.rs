//! The package's sources use only names that are defined. Typst looks a name up when it runs the
//! line, so one that is wrong in a rare line would only be found by whoever gets there.
#![allow(missing_docs)]

mod project;

use std::fs;
use std::path::Path;

use ecow::EcoString;
use project::sources;
use typst::foundations::Capturer;
use typst::syntax::{SyntaxNode, ast, parse};
use typst::{Feature, Library, LibraryExt as _};
use typst_eval::CapturesVisitor;

/// The names that a source uses without defining them.
fn undefined(source: &str, library: &Library) -> Vec<String> {
    let root = parse(source);
    let mut visitor = CapturesVisitor::new(None, Capturer::Function);
    visitor.visit(&root);
    let free = visitor.finish();
    let mut modules = vec!["std".into()];
    name_modules(&root, &mut modules);
    let is_known = |name: &EcoString| {
        let scopes = [library.global.scope(), library.math.scope()];
        modules.contains(name) || scopes.iter().any(|scope| scope.get(name).is_some())
    };
    let names = free.iter().map(|(name, _)| name);
    let unknown = names.filter(|name| !is_known(name));
    unknown.map(ToString::to_string).collect()
}

/// Adds the names of modules that a source imports as a whole, which the visitor doesn't see.
fn name_modules(node: &SyntaxNode, names: &mut Vec<EcoString>) {
    if let Some(import) = node.cast::<ast::ModuleImport>()
        && import.imports().is_none()
    {
        let given = import.new_name().map(|name| name.get().clone());
        names.extend(given.or_else(|| import.bare_name().ok()));
    }
    node.children().for_each(|child| name_modules(child, names));
}

fn library() -> Library {
    Library::builder()
        .with_features([Feature::Html].into_iter().collect())
        .build()
}

#[test]
fn the_package_uses_only_names_that_are_defined() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = library();
    let (mut count, mut breaches) = (0, Vec::new());
    for folder in ["../../src", "../../themes", "src/engine/templates"] {
        for file in sources(&crate_folder.join(folder), "typ") {
            let found = undefined(&fs::read_to_string(&file).unwrap(), &library);
            breaches.extend(
                found
                    .iter()
                    .map(|name| format!("{}: {name}", file.display())),
            );
            count += 1;
        }
    }
    assert_eq!(breaches, [""; 0]);
    assert!(count > 100, "the sources are somewhere else");
}

#[test]
fn names_of_a_source_are_where_it_defines_them() {
    let library = library();
    let source = "#import \"a.typ\": b as c\n#import \"x/y.typ\"\n#let d(e, f: 1) = { let (g, ..) = e; g + f + c + y.z + unknown + text.i }\n\
                  #let later() = after\n#let after = wrong.field";
    assert_eq!(undefined(source, &library), ["unknown", "after", "wrong"]);
}
