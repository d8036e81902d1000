//! Pictures of exports whose content doesn't match their name, or is misleading.
#![allow(missing_docs)]

mod project;
mod reader;

use std::fs::{self, File};
use std::io::BufReader;

use project::{ended, export, folder, message, render, scrollback, write};
use reader::Pdf;

/// The middle of the pixels of a colour, and how many there are.
struct Spot {
    x: usize,
    y: usize,
    count: usize,
}

/// Where red and blue are in the drawing of an export with this picture.
fn drawn(picture: &[u8], (width, height): (u32, u32)) -> [Spot; 2] {
    let file = format!(
        r#","attachments":[{{"id":"1","filename":"a.jpg","url":"chat.json_Files/a.jpg","size":9,
        "width":{width},"height":{height}}}]"#
    );
    let folder = folder(&[("chat.json", &export(&[message(1, 1, "ada", "see", &file)]))]);
    write(&folder, "chat.json_Files/a.jpg", picture);
    let args = [
        "render",
        "chat.json",
        "--ignore-system-fonts",
        "--paper",
        "continuous",
        "--ppi=72",
        "--format=png",
    ];
    let output = scrollback(&folder, &args).output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let file = File::open(folder.path().join("chat.png")).unwrap();
    let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let channels = pixels.len() / (info.width as usize * info.height as usize);
    [[0, 2], [2, 0]].map(|[strong, weak]| {
        let spots: Vec<(usize, usize)> = pixels
            .chunks(channels)
            .enumerate()
            .filter(|(_, pixel)| pixel[strong] > 150 && pixel[weak] < 90 && pixel[1] < 90)
            .map(|(index, _)| (index % info.width as usize, index / info.width as usize))
            .collect();
        let count = spots.len().max(1);
        Spot {
            x: spots.iter().map(|spot| spot.0).sum::<usize>() / count,
            y: spots.iter().map(|spot| spot.1).sum::<usize>() / count,
            count: spots.len(),
        }
    })
}

#[test]
fn cards_say_why_a_picture_is_not_drawn() {
    let cases: [(&str, &[u8], &str, &str); 5] = [
        ("absent.png", b"", "not in the export", "nicht im Export"),
        (
            "damaged.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x06\0\0\0",
            "damaged",
            "besch\u{e4}digt",
        ),
        (
            "other.png",
            b"\0\0\0\x1cftypavif",
            "of a kind that can't be drawn",
            "in einem Format",
        ),
        (
            "bomb.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x0f\0\0\0\x0f\0\0\x08\x06\0\0\0",
            "too large to be drawn",
            "zu gro\u{df}",
        ),
        (
            "../out.png",
            b"",
            "outside of the media folder",
            "des Medienordners",
        ),
    ];
    let message = |(id, (name, ..)): (u64, &(&str, &[u8], &str, &str))| {
        let url = if name.starts_with("..") {
            (*name).to_owned()
        } else {
            format!("chat.json_Files/{name}")
        };
        let file = format!(
            r#","attachments":[{{"id":"{id}","filename":"picture {id}.png","url":"{url}"}}],
            "embeds":[{{"title":"T","image":{{"url":"{url}"}}}}],
            "components":[{{"type":12,"items":[{{"media":{{"url":"{url}"}}}}]}}]"#
        );
        message(id, 1, "ada", "see", &file)
    };
    let messages: Vec<String> = (1..).zip(&cases).map(message).collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    for (name, content, ..) in &cases {
        if !content.is_empty() {
            write(&folder, &format!("chat.json_Files/{name}"), content);
        }
    }
    write(&folder, "chat.json_Files/there.txt", b"x");
    let text = Pdf::rendered(&folder, &["chat.json"]).text();
    for (name, _, words, _) in &cases {
        let words = words.replace(' ', "");
        assert!(text.matches(&words).count() >= 3, "{name}: {text}");
    }
    let args = ["render", "chat.json", "-f", "html", "--lang", "de"];
    let output = scrollback(&folder, &args).output().unwrap();
    assert!(output.status.success());
    let html = std::fs::read_to_string(folder.path().join("chat.html")).unwrap();
    for (name, _, _, words) in &cases {
        assert!(html.matches(words).count() >= 3, "{name}");
    }
}

#[test]
fn files_that_are_not_pictures_are_not_said_to_be_undrawable() {
    let file = |id: u64, name: &str| {
        let file = format!(r#"{{"id":"{id}","filename":"{name}","url":"chat.json_Files/{name}"}}"#);
        message(id, 1, "ada", "see", &format!(r#","attachments":[{file}]"#))
    };
    let names = ["plan.docx", "list.csv", "ship.blend"];
    let messages: Vec<String> = (1..).zip(names).map(|(id, name)| file(id, name)).collect();
    let folder = folder(&[("chat.json", &export(&messages))]);
    for name in names {
        write(&folder, &format!("chat.json_Files/{name}"), b"words");
    }
    let text = Pdf::rendered(&folder, &["chat.json"]).text();
    assert!(
        text.contains("plan.docx") && !text.contains("drawn"),
        "{text}"
    );
    let args = ["render", "chat.json", "--to-id", "2", "--strict"];
    let output = scrollback(&folder, &args).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_png_named_jpg_is_drawn() {
    let [_, blue] = drawn(include_bytes!("pictures/png.jpg"), (40, 20));
    assert!(blue.count > 200, "{}", blue.count);
}

#[test]
fn a_photo_is_turned_as_its_camera_was() {
    // Red is on the left of the file and blue on the right; seen, red is on top.
    let [red, blue] = drawn(include_bytes!("pictures/turned.jpg"), (32, 64));
    assert!(red.count > 200 && blue.count > 200);
    assert!(red.y + 10 < blue.y, "{} {}", red.y, blue.y);
    assert!(red.x.abs_diff(blue.x) <= 2, "{} {}", red.x, blue.x);
}

#[test]
fn a_picture_for_print_is_drawn() {
    let [red, _] = drawn(include_bytes!("pictures/cmyk.jpg"), (40, 20));
    assert!(red.count > 200, "{}", red.count);
}

#[test]
fn pictures_in_the_colours_of_print_fit_a_record() {
    let file =
        r#","attachments":[{"id":"1","filename":"inks.jpg","url":"chat.json_Files/inks.jpg"}]"#;
    let messages = [message(1, 1, "ada", "see", file)];
    let folder = folder(&[("chat.json", &export(&messages))]);
    write(
        &folder,
        "chat.json_Files/inks.jpg",
        include_bytes!("pictures/cmyk.jpg"),
    );
    for args in [
        &["--style", "record", "--attach-files"][..],
        &["--pdf-standard", "a-2b"],
    ] {
        let (output, told) = ended(&mut render(&folder, &[&["chat.json"], args].concat()));
        assert!(
            output.status.success() && told.is_empty(),
            "{args:?}: {told}"
        );
        let pdf = fs::read(folder.path().join("chat.pdf")).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert!(
            text.contains("/Image") && !text.contains("DeviceCMYK"),
            "{args:?}"
        );
    }
}
