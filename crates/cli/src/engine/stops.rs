//! Places where Typst stops in tests, as it would through a fault of its own: where a page
//! links to certain addresses, or shows a certain picture.
//!
//! What is drawn plainly has neither.

use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::Page;

/// The beginning of the addresses.
pub const STOP: &str = "https://stop.example/";
/// The picture that can't be read.
pub const PICTURE: &str = "/media/stop.png";

/// Stops the writing of a PDF at a link to `pdf`, that of tags at one to `tags`, and at
/// links to `together` where there are two.
pub fn at_pdf(pages: &[Page], tagged: bool) {
    stop("pdf", pages, 1);
    if tagged {
        stop("tags", pages, 1);
        stop("together", pages, 2);
    }
}

/// Stops the drawing of a page at a link to `picture`.
pub fn at_picture(page: &Page) {
    stop("picture", std::slice::from_ref(page), 1);
}

/// Stops the writing of HTML at a link to `html`.
pub fn at_html(html: &str) {
    assert!(
        !html.contains(&format!("href=\"{STOP}html")),
        "stopped at html"
    );
}

/// Stops the reading of a picture.
pub fn at_file(path: &str) {
    assert_ne!(path, PICTURE, "stopped at a picture");
}

fn stop(at: &str, pages: &[Page], most: usize) {
    let links: usize = pages.iter().map(|page| count(&page.frame, at)).sum();
    assert!(links < most, "stopped at {at}");
}

/// How many links on a frame lead to an address.
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
