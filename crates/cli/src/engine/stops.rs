//! Simulates bugs in Typst for tests: it panics where a page links to certain addresses, or
//! shows a certain picture.
//!
//! Simplified messages have neither.

use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::Page;

/// The prefix of the addresses.
pub const STOP: &str = "https://stop.example/";
/// The picture that makes Typst panic.
pub const PICTURE: &str = "/media/stop.png";

/// Panics while a PDF is written: at a link to `pdf`, when tagged at a link to `tags`, and
/// at two links to `together`.
pub fn at_pdf(pages: &[Page], tagged: bool) {
    stop("pdf", pages, 1);
    if tagged {
        stop("tags", pages, 1);
        stop("together", pages, 2);
    }
}

/// Panics while a page is drawn, at a link to `picture`.
pub fn at_picture(page: &Page) {
    stop("picture", std::slice::from_ref(page), 1);
}

/// Panics while HTML is written, at a link to `html`.
pub fn at_html(html: &str) {
    assert!(
        !html.contains(&format!("href=\"{STOP}html")),
        "stopped at html"
    );
}

/// Panics while a picture is decoded.
pub fn at_file(path: &str) {
    assert_ne!(path, PICTURE, "stopped at a picture");
}

fn stop(at: &str, pages: &[Page], most: usize) {
    let links: usize = pages.iter().map(|page| count(&page.frame, at)).sum();
    assert!(links < most, "stopped at {at}");
}

/// The number of links to an address in a frame.
fn count(frame: &Frame, at: &str) -> usize {
    let counts = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => count(&group.frame, at),
        FrameItem::Link(Destination::Url(url), _) => {
            usize::from(url.strip_prefix(STOP) == Some(at))
        }
        _ => 0,
    });
    counts.sum()
}
