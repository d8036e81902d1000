//! Reading PDFs back.
#![allow(dead_code, reason = "not every test file needs everything")]

use std::fs;
use std::path::Path;

use lopdf::{Dictionary, Document, Object, ObjectId};
use tempfile::TempDir;

use crate::project::scrollback;

/// A PDF.
pub struct Pdf {
    bytes: Vec<u8>,
    document: Document,
}

impl Pdf {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        Self { bytes, document }
    }

    /// The PDF that `scrollback render` makes of these arguments in a folder.
    pub fn rendered(folder: &TempDir, args: &[&str]) -> Self {
        let args = [&["render", "--ignore-system-fonts", "-o", "out.pdf"], args].concat();
        let output = scrollback(folder, &args).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words}");
        assert!(!words.contains("scrollback/"), "warnings of Typst: {words}");
        Self::read(&folder.path().join("out.pdf"))
    }

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Whether its bytes hold a text as it is.
    pub fn holds(&self, text: &str) -> bool {
        self.bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    /// Its text without white space, which lines and columns break at will.
    pub fn text(&self) -> String {
        let text = pdf_extract::extract_text_from_mem(&self.bytes).unwrap();
        text.chars()
            .filter(|char| !char.is_whitespace() && *char != '\u{ad}')
            .collect()
    }

    /// The text of each page, its white space made one kind.
    pub fn pages(&self) -> Vec<String> {
        pdf_extract::extract_text_from_mem_by_pages(&self.bytes)
            .unwrap()
            .iter()
            .map(|page| page.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// The texts that its pages say stand where others are drawn.
    pub fn actual_texts(&self) -> Vec<String> {
        let page = |id| self.document.get_and_decode_page_content(id).unwrap();
        self.document
            .page_iter()
            .flat_map(|id| page(id).operations)
            .filter(|operation| operation.operator == "BDC")
            .filter_map(|operation| {
                let properties = operation.operands.get(1)?.as_dict().ok()?;
                string(properties.get(b"ActualText").ok()?)
            })
            .collect()
    }

    /// What its pages draw outside of marked content, which PDF/UA forbids: operators, with
    /// the pages that they are on.
    pub fn unmarked(&self) -> Vec<(usize, String)> {
        const DRAWING: [&str; 14] = [
            "Do", "Tj", "TJ", "'", "\"", "f", "F", "f*", "S", "s", "B", "B*", "b", "sh",
        ];
        let mut found = Vec::new();
        for (page, id) in self.document.page_iter().enumerate() {
            let content = self.document.get_and_decode_page_content(id).unwrap();
            let mut depth = 0;
            for operation in content.operations {
                match &*operation.operator {
                    "BDC" | "BMC" => depth += 1,
                    "EMC" => depth -= 1,
                    drawn if depth == 0 && DRAWING.contains(&drawn) => {
                        found.push((page, operation.operator));
                    }
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "marked content of page {page} ends");
        }
        found
    }

    /// The levels of the headings among its tags, in the order in which they are read.
    pub fn heading_levels(&self) -> Vec<usize> {
        let root = self.document.catalog().unwrap().get(b"StructTreeRoot");
        let mut levels = Vec::new();
        let mut waiting = vec![self.resolved(root.unwrap())];
        while let Some(object) = waiting.pop() {
            if let Ok(items) = object.as_array() {
                waiting.extend(items.iter().rev().map(|item| self.resolved(item)));
            } else if let Ok(element) = object.as_dict() {
                let name = element.get(b"S").and_then(Object::as_name);
                if let Ok([b'H', level]) = name {
                    levels.push(usize::from(level - b'0'));
                }
                waiting.extend(element.get(b"K").ok().map(|kids| self.resolved(kids)));
            }
        }
        levels
    }

    /// The program that the document says it was made by.
    pub fn producer(&self) -> Option<String> {
        let info = self
            .document
            .trailer
            .get(b"Info")
            .ok()?
            .as_reference()
            .ok()?;
        let info = self.document.get_dictionary(info).ok()?;
        string(info.get(b"Producer").ok()?)
    }

    /// Its metadata in XMP.
    pub fn xmp(&self) -> String {
        let metadata = self.document.catalog().unwrap().get(b"Metadata").unwrap();
        let metadata = self
            .document
            .get_object(metadata.as_reference().unwrap())
            .unwrap();
        String::from_utf8_lossy(&metadata.as_stream().unwrap().content).into_owned()
    }

    /// The height of each page, in points.
    pub fn page_heights(&self) -> Vec<f32> {
        self.document
            .page_iter()
            .map(|page| {
                let page = self.document.get_dictionary(page).unwrap();
                let area = page.get(b"MediaBox").unwrap().as_array().unwrap();
                area[3].as_float().unwrap() - area[1].as_float().unwrap()
            })
            .collect()
    }

    /// The size of a box of each page, such as `TrimBox`, in points; none where it has none.
    pub fn boxes(&self, name: &str) -> Vec<Option<(f32, f32)>> {
        self.document
            .page_iter()
            .map(|page| {
                let page = self.document.get_dictionary(page).unwrap();
                let area = self.resolved(page.get(name.as_bytes()).ok()?);
                let at = |index: usize| area.as_array().unwrap()[index].as_float().unwrap();
                Some((at(2) - at(0), at(3) - at(1)))
            })
            .collect()
    }

    /// How many times its pages show glyphs that are drawings, as emoji are, and how many of
    /// these under a gradient.
    pub fn drawn_glyphs(&self) -> (usize, usize) {
        let (mut shown, mut under_gradient) = (0, 0);
        for page in self.document.page_iter() {
            let fonts = self.document.get_page_fonts(page).unwrap();
            let is_drawn = |font: &[u8]| {
                let kind = fonts.get(font).and_then(|font| font.get(b"Subtype").ok());
                kind.is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Type3"))
            };
            // Whether a gradient fills, and whether the font's glyphs are drawings.
            let (mut state, mut saved) = ((false, false), Vec::new());
            let content = self.document.get_and_decode_page_content(page).unwrap();
            for operation in content.operations {
                let last = operation.operands.last();
                match operation.operator.as_str() {
                    "q" => saved.push(state),
                    "Q" => state = saved.pop().unwrap_or_default(),
                    "scn" => state.0 = last.is_some_and(|paint| paint.as_name().is_ok()),
                    "sc" | "g" | "rg" | "k" => state.0 = false,
                    "Tf" => state.1 = operation.operands[0].as_name().is_ok_and(is_drawn),
                    "Tj" | "TJ" if state.1 => {
                        shown += 1;
                        under_gradient += usize::from(state.0);
                    }
                    _ => {}
                }
            }
        }
        (shown, under_gradient)
    }

    /// How many pictures its pages draw.
    pub fn pictures(&self) -> usize {
        self.objects_of(b"Image")
    }

    /// How many drawings it has that pages share.
    pub fn forms(&self) -> usize {
        self.objects_of(b"Form")
    }

    /// How many streams of a kind it has.
    fn objects_of(&self, wanted: &[u8]) -> usize {
        let is_one = |object: &&Object| {
            object.as_stream().is_ok_and(|stream| {
                let kind = stream.dict.get(b"Subtype");
                kind.is_ok_and(|kind| *kind == Object::Name(wanted.to_vec()))
            })
        };
        self.document.objects.values().filter(is_one).count()
    }

    /// How often its pages draw pictures, or drawings that they share.
    pub fn objects_drawn(&self) -> usize {
        let page = |id| self.document.get_and_decode_page_content(id).unwrap();
        let operations = self.document.page_iter().flat_map(|id| page(id).operations);
        operations
            .filter(|operation| operation.operator == "Do")
            .count()
    }

    /// Every string in it and every stream, decompressed, with where it stands: metadata,
    /// bookmarks, links, alternative texts, names, attachments.
    pub fn everything(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (id, object) in &self.document.objects {
            collect(object, &format!("object {}", id.0), &mut found);
        }
        collect(
            &Object::Dictionary(self.document.trailer.clone()),
            "the trailer",
            &mut found,
        );
        found
    }

    /// How often something stands in its text.
    pub fn count(&self, text: &str) -> usize {
        self.text().matches(text).count()
    }

    /// Where its links to the web lead.
    pub fn links(&self) -> Vec<String> {
        self.actions()
            .filter_map(|action| string(action.get(b"URI").ok()?))
            .collect()
    }

    /// What is read of its links to those who can't see them.
    pub fn link_words(&self) -> Vec<String> {
        self.annotations()
            .filter_map(|annotation| string(annotation.get(b"Contents").ok()?))
            .collect()
    }

    /// How many links lead to places in it.
    pub fn inner_links(&self) -> usize {
        let direct = self
            .annotations()
            .filter(|annotation| annotation.has(b"Dest"))
            .count();
        direct + self.actions().filter(|action| action.has(b"D")).count()
    }

    /// Where links to places in it lead: the page that each is on, and the one it
    /// leads to, both from 0.
    pub fn jumps(&self) -> Vec<(usize, usize)> {
        let numbers: Vec<ObjectId> = self.document.get_pages().into_values().collect();
        let number = |id: ObjectId| numbers.iter().position(|page| *page == id).unwrap();
        let mut jumps = Vec::new();
        for (page, id) in numbers.iter().enumerate() {
            for annotation in self.document.get_page_annotations(*id).unwrap() {
                let action = annotation.get(b"A").ok();
                let action = action.map(|action| self.resolved(action).as_dict().unwrap());
                let place = match annotation.get(b"Dest") {
                    Ok(place) => Some(place),
                    Err(_) => action.and_then(|action| action.get(b"D").ok()),
                };
                if let Some(place) = place {
                    let place = self.resolved(place).as_array().unwrap();
                    jumps.push((page, number(place[0].as_reference().unwrap())));
                }
            }
        }
        jumps
    }

    /// The title in its metadata.
    pub fn title(&self) -> String {
        let info = self.document.trailer.get(b"Info").unwrap();
        let info = self.resolved(info).as_dict().unwrap();
        string(info.get(b"Title").unwrap()).unwrap()
    }

    /// The titles of its bookmarks.
    pub fn bookmarks(&self) -> Vec<String> {
        let mut titles = Vec::new();
        let catalog = self.document.catalog().unwrap();
        if let Ok(outlines) = catalog.get(b"Outlines") {
            self.collect(self.resolved(outlines).as_dict().unwrap(), &mut titles);
        }
        titles
    }

    /// Its bookmarks: how deep each stands, its title, and the page that it leads to, from 0.
    pub fn outline(&self) -> Vec<(usize, String, usize)> {
        let mut found = Vec::new();
        let catalog = self.document.catalog().unwrap();
        if let Ok(outlines) = catalog.get(b"Outlines") {
            self.outline_of(self.resolved(outlines).as_dict().unwrap(), 0, &mut found);
        }
        found
    }

    /// Its bookmarks with how deep each stands, and that the headings among its tags are as
    /// deep.
    pub fn nested(&self) -> Vec<String> {
        let outline = self.outline();
        let depths: Vec<usize> = outline.iter().map(|(depth, ..)| depth + 1).collect();
        assert_eq!(self.heading_levels(), depths);
        let marks = outline.into_iter();
        marks
            .map(|(depth, title, _)| format!("{depth} {title}"))
            .collect()
    }

    fn outline_of(
        &self,
        parent: &Dictionary,
        level: usize,
        found: &mut Vec<(usize, String, usize)>,
    ) {
        let pages: Vec<ObjectId> = self.document.get_pages().into_values().collect();
        let (mut next, mut last) = (parent.get(b"First").ok(), None);
        while let Some(object) = next {
            let item = self.resolved(object).as_dict().unwrap();
            let place = self.resolved(item.get(b"Dest").unwrap());
            let page = place.as_array().unwrap()[0].as_reference().unwrap();
            let page = pages.iter().position(|known| *known == page).unwrap();
            let title = string(item.get(b"Title").unwrap()).unwrap();
            found.push((level, title, page));
            assert_eq!(item.get(b"Prev").ok(), last, "bookmarks lead back");
            self.outline_of(item, level + 1, found);
            last = Some(object);
            next = item.get(b"Next").ok();
        }
        assert_eq!(parent.get(b"Last").ok(), last, "the last bookmark");
    }

    fn collect(&self, parent: &Dictionary, titles: &mut Vec<String>) {
        let mut next = parent.get(b"First").ok();
        while let Some(object) = next {
            let item = self.resolved(object).as_dict().unwrap();
            titles.extend(item.get(b"Title").ok().and_then(string));
            self.collect(item, titles);
            next = item.get(b"Next").ok();
        }
    }

    /// Names and content of the files in it.
    pub fn attachments(&self) -> Vec<(String, Vec<u8>)> {
        self.dictionaries()
            .filter(|dictionary| dictionary.has(b"EF"))
            .map(|file| {
                let name = string(file.get(b"UF").or_else(|_| file.get(b"F")).unwrap()).unwrap();
                let streams = self.resolved(file.get(b"EF").unwrap()).as_dict().unwrap();
                let stream = self
                    .resolved(streams.get(b"F").unwrap())
                    .as_stream()
                    .unwrap();
                let content = stream
                    .decompressed_content()
                    .unwrap_or_else(|_| stream.content.clone());
                (name, content)
            })
            .collect()
    }

    fn annotations(&self) -> impl Iterator<Item = &Dictionary> {
        self.dictionaries().filter(|dictionary| {
            dictionary
                .get(b"Subtype")
                .is_ok_and(|kind| *kind == Object::Name(b"Link".to_vec()))
        })
    }

    fn actions(&self) -> impl Iterator<Item = &Dictionary> {
        self.annotations()
            .filter_map(|annotation| self.resolved(annotation.get(b"A").ok()?).as_dict().ok())
    }

    fn dictionaries(&self) -> impl Iterator<Item = &Dictionary> {
        self.document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
    }

    fn resolved<'o>(&'o self, object: &'o Object) -> &'o Object {
        match object.as_reference() {
            Ok(id) => self.object(id),
            Err(_) => object,
        }
    }

    fn object(&self, id: ObjectId) -> &Object {
        self.document.get_object(id).unwrap()
    }
}

/// A PDF string as text.
fn string(object: &Object) -> Option<String> {
    lopdf::decode_text_string(object).ok()
}

/// Collects the strings, names and streams of an object.
fn collect(object: &Object, place: &str, found: &mut Vec<(String, String)>) {
    match object {
        Object::String(bytes, _) => {
            found.push((place.into(), String::from_utf8_lossy(bytes).into_owned()));
            found.extend(string(object).map(|text| (place.to_owned(), text)));
        }
        Object::Name(name) => {
            found.push((place.into(), String::from_utf8_lossy(name).into_owned()))
        }
        Object::Array(items) => items.iter().for_each(|item| collect(item, place, found)),
        Object::Dictionary(dictionary) => {
            for (key, value) in dictionary {
                let key = String::from_utf8_lossy(key);
                collect(value, &format!("{place}, {key}"), found);
            }
        }
        Object::Stream(stream) => {
            let content = stream.decompressed_content();
            let content = content.as_ref().unwrap_or(&stream.content);
            found.push((
                format!("{place}, its stream"),
                String::from_utf8_lossy(content).into_owned(),
            ));
            collect(&Object::Dictionary(stream.dict.clone()), place, found);
        }
        _ => {}
    }
}
