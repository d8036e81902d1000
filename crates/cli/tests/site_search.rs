//! The search of a site, in a browser.
#![allow(missing_docs)]

mod project;

use project::browser::{asked, browser};
use project::{folder, message, named_export, render};

#[test]
fn every_result_can_be_reached() {
    let Some(browser) = browser("every_result_can_be_reached") else {
        return;
    };
    let messages: Vec<_> = (0..250)
        .map(|at| message(4_194_304_000 + at, 1, "ada", &format!("word {at}"), ""))
        .collect();
    let folder = folder(&[("in/a.json", &named_export("1", "general", &messages))]);
    let made = render(&folder, &["in", "--archive", "site"]).output();
    assert!(made.unwrap().status.success());
    // The end of the first ones is on the screen.
    let found = asked(
        &browser,
        &folder,
        &["--dump-dom", "--window-size=800,20000"],
        "site/search.html?q=word",
    );
    assert!(found.contains(">Results: 250</p>"), "{found}");
    assert_eq!(found.matches("<mark>word</mark>").count(), 250);
}
