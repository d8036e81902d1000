//! HTML as a browser shows it.
#![allow(missing_docs)]

mod project;

use std::fs;

use project::browser::{asked, browser};
use project::{folder, render};

/// What a script finds on the page of a chat with these items, 20 em wide; nothing where there
/// is no browser.
fn found(test: &str, items: &str, script: &str) -> Option<String> {
    found_with(&[], test, items, script)
}

/// The same in a browser with some options.
fn found_with(options: &[&str], test: &str, items: &str, script: &str) -> Option<String> {
    let browser = browser(test)?;
    let document = format!(
        "#import \"@preview/scrollback:0.1.0\": *\n\
         #let ada = user(name: \"Ada\")\n#discord.chat(width: 20em, {items})"
    );
    let folder = folder(&[("chat.typ", &document)]);
    let made = render(&folder, &["chat.typ", "-o", "chat.html"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let path = folder.path().join("chat.html");
    let page = fs::read_to_string(&path).unwrap();
    let all = "const all = (selector) => [...document.querySelectorAll(selector)];";
    let asking = format!(
        "<script>{all} document.body.innerHTML = \"<p id=found>\" + ({script}) + \"</p>\";</script></body>"
    );
    fs::write(&path, page.replace("</body>", &asking)).unwrap();
    let shown = asked(
        &browser,
        &folder,
        &[options, &["--dump-dom"]].concat(),
        "chat.html",
    );
    let (_, after) = shown.split_once("<p id=\"found\">")?;
    after.split_once("</p>").map(|(found, _)| found.to_owned())
}

#[test]
fn previews_have_one_line() {
    let items = "message(left, ada, reply-to: discord.reply(ada, \"`some code` and `a great deal more code` than fits\"))[a], \
                 message(left, ada, thread: discord.thread(\"t\", last: (ada, \"`some code` and `a great deal more code`\")))[b]";
    let lines = "all('.sb-context-words, .sb-thread-words').map(\
                 it => Math.round(it.offsetHeight / parseFloat(getComputedStyle(it).lineHeight)))";
    if let Some(found) = found("previews_have_one_line", items, lines) {
        assert_eq!(found, "1,1");
    }
}

#[test]
fn the_header_of_a_channel_is_whole() {
    let items = "discord.channel-header(\"a-long-name-for-a-channel\", guild: \"A guild with a name\", \
                 topic: \"What can be read nowhere else, whether there is room in the line or not\")";
    let cut = "all('.sb-channel, .sb-channel *').filter(it => it.scrollWidth > it.clientWidth + 1 \
               && getComputedStyle(it).overflowX != 'visible').length";
    if let Some(found) = found("the_header_of_a_channel_is_whole", items, cut) {
        assert_eq!(found, "0");
    }
}

#[test]
fn wide_drawings_shrink() {
    let items = "message(left, ada)[#rect(width: 30cm)[a] #box(width: 30cm, stroke: red)[b] #line(length: 30cm) \
                 #stack(dir: ltr, ..(rect(width: 4cm),) * 9) #polygon((0pt, 0pt), (30cm, 0pt), (0pt, 1cm)) \
                 #rotate(90deg)[Turned words] #scale(400%)[Large]]";
    let cut = "all('.sb-drawing > svg').map(it => ['width', 'height'].every(\
               side => it.getBBox()[side] <= it.viewBox.baseVal[side] + 1))";
    if let Some(found) = found("wide_drawings_shrink", items, cut) {
        assert_eq!(found, ["true"; 7].join(","));
    }
}

#[test]
fn pictures_keep_their_shape_wherever_they_stand() {
    let items = "{ let wide = image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='90'/>\"), alt: \"\"); \
                 message(left, ada)[#wide #align(center, wide) #link(\"https://example.com\", wide) *#wide* \
                 #grid(columns: 2, wide, wide) #discord.spoiler(revealed: true, wide) / #wide: a] }";
    let shapes = "all('img').map(it => getComputedStyle(it).objectFit != 'fill' \
                  && it.offsetWidth <= 320 && Math.round(it.offsetWidth / it.offsetHeight / 3))";
    let found = found(
        "pictures_keep_their_shape_wherever_they_stand",
        items,
        shapes,
    );
    if let Some(found) = found {
        assert_eq!(found, ["3"; 8].join(","));
    }
}

#[test]
fn what_is_too_wide_scrolls_with_keys() {
    let items = "message(left, ada)[#table(columns: 12, ..range(24).map(at => [Cell #at])) \
                 $ #range(60).map(str).join($+$) $ #grid(columns: (20cm, 20cm))[a][b]]";
    let scrolling = "all('.scrollback *').filter(it => it.scrollWidth > it.clientWidth + 1 \
                     && getComputedStyle(it).overflowX == 'auto')\
                     .map(it => it.className + ' ' + it.tabIndex + ' ' + it.ariaLabel)";
    if let Some(found) = found("what_is_too_wide_scrolls_with_keys", items, scrolling) {
        assert_eq!(found, "sb-table 0 table,sb-formula 0 formula");
    }
}

#[test]
fn covers_stay_in_their_pictures() {
    let items = "message(left, ada, attachments: range(3).map(at => discord.attachment(\
                 str(at), picture: rect(), spoiler: true))), lang: \"ar\", size: 1.5em";
    let wider = "all('.sb-cover-word').map(it => it.offsetWidth > it.parentElement.offsetWidth)";
    if let Some(found) = found("covers_stay_in_their_pictures", items, wider) {
        assert_eq!(found, "false,false,false");
    }
}

#[test]
fn nothing_vanishes_where_the_reader_chooses_all_colours() {
    let items = "time[May], message(left, ada, components: discord.action-row(discord.button(\"a\")))\
                 [#discord.spoiler[b] #quote(block: true)[c]], message(left, user(name: \"Bob\"))[d]";
    let script = "[...['.sb-spoiler', '.sb-button', '.sb-initials'].map(\
                  it => getComputedStyle(document.querySelector(it)).outlineStyle), \
                  ...['.sb-divider', 'blockquote'].map(it => getComputedStyle(\
                  document.querySelector(it), '::before').forcedColorAdjust)]";
    let found = found_with(
        &["--force-high-contrast"],
        "nothing_vanishes_where_the_reader_chooses_all_colours",
        items,
        script,
    );
    if let Some(found) = found {
        assert_eq!(found, "solid,solid,solid,none,none");
    }
}

#[test]
fn names_are_readable_where_they_stand() {
    let items = "{ let dim = user(name: \"Dim\", color: rgb(\"#b46118\"), \
                 name-style: (effect: \"neon\")); \
                 discord.system(\"auto-moderation-action\", dim, text: \"a\"); \
                 message(left, ada, thread: discord.thread(\"t\", last: (user(name: \"B\", color: rgb(\"#b46118\")), \"a\")))[b] }, \
                 theme: \"classic-light\"";
    let contrast = "(() => { const light = (color) => { \
        const [r, g, b] = color.match(/[\\d.]+/g).map(part => part / 255)\
          .map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4); \
        return .2126 * r + .7152 * g + .0722 * b }; \
      return all('.sb-card .sb-name').map(it => \
        (light(getComputedStyle(it.closest('.sb-card')).backgroundColor) + .05) \
        / (light(getComputedStyle(it).color) + .05) >= 4.5) })()";
    if let Some(found) = found("names_are_readable_where_they_stand", items, contrast) {
        assert_eq!(found, "true,true");
    }
}

#[test]
fn nothing_is_cut_where_text_is_twice_as_large() {
    let items = "message(left, ada, embeds: (\
                 discord.embed(title: \"A title of some words\", thumbnail: rect(width: 5em, height: 5em)), \
                 discord.sound(\"A sound of some words\", guild: \"A server of some words\"))), \
                 message(stickers: discord.sticker(\"A\", rect(width: 5em, height: 5em))), \
                 message(thread: discord.thread(\"A name\", count: 2, last: (ada, \"Words\", \"2026-03-09T14:14\"))), \
                 message(poll: discord.poll(\"A question\", discord.answer(\"Yes\", votes: 100000, voted: true)))";
    let cut = "[...all('.sb-message *')].filter(it => it.getBoundingClientRect().right \
               > it.closest('.sb-message').getBoundingClientRect().right + 1).map(it => it.className).join() \
               + ';' + all('.sb-embed-title').every(it => it.clientWidth > 3 * parseFloat(getComputedStyle(it).fontSize))";
    // A window has at least 500 pixels: twelve letters of this size.
    let large = [
        "--window-size=500,900",
        "--blink-settings=defaultFontSize=40",
    ];
    let test = "nothing_is_cut_where_text_is_twice_as_large";
    if let Some(found) = found_with(&large, test, items, cut) {
        assert_eq!(found, ";true");
    }
}
