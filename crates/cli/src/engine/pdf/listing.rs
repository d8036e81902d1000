//! The content of a PDF without its object numbers: for tests that compare PDFs that were made
//! in different ways.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The content of a PDF, line by line.
pub fn listing(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let listing = Listing {
        pages: document.get_pages().into_values().collect(),
        document: &document,
    };
    let texts = pdf_extract::extract_text_from_mem_by_pages(pdf).unwrap();
    let mut lines = vec![format!("{} pages", listing.pages.len())];
    for (number, (page, text)) in listing.pages.iter().zip(texts).enumerate() {
        let page = listing.dictionary(*page);
        let area = page.get(b"MediaBox").unwrap();
        let words: Vec<_> = text.split_whitespace().collect();
        lines.push(format!("page {number} {area:?} {}", words.join(" ")));
        listing.links(number, page, &mut lines);
    }
    let catalog = document.catalog().unwrap();
    lines.push(format!("language {:?}", catalog.get(b"Lang")));
    if let Ok(bookmarks) = catalog.get(b"Outlines") {
        listing.bookmarks(listing.resolved(bookmarks), "bookmark", &mut lines);
    }
    let tags = listing.resolved(catalog.get(b"StructTreeRoot").unwrap());
    listing.tags(tags.as_dict().unwrap(), "tag", &mut lines);
    listing.parents(tags.as_dict().unwrap(), &mut lines);
    let info = listing.resolved(document.trailer.get(b"Info").unwrap());
    lines.push(format!("info {:?}", listing.shown(info)));
    let xmp = listing.resolved(catalog.get(b"Metadata").unwrap());
    let xmp = String::from_utf8_lossy(&xmp.as_stream().unwrap().content);
    let (_, rest) = xmp.split_once("<xmpMM:InstanceID>").unwrap();
    let (identity, _) = rest.split_once("</").unwrap();
    lines.push(
        xmp.replace(identity, "")
            .split("<xmpMM:DocumentID>")
            .next()
            .unwrap()
            .into(),
    );
    for key in [
        b"Names".as_slice(),
        b"AF",
        b"OutputIntents",
        b"ViewerPreferences",
    ] {
        if let Ok(value) = catalog.get(key) {
            let key = String::from_utf8_lossy(key);
            lines.push(format!("{key} {}", listing.shown(value)));
        }
    }
    lines
}

struct Listing<'d> {
    document: &'d Document,
    pages: Vec<ObjectId>,
}

impl Listing<'_> {
    fn resolved<'o>(&'o self, object: &'o Object) -> &'o Object {
        match object.as_reference() {
            Ok(id) => self.document.get_object(id).unwrap(),
            Err(_) => object,
        }
    }

    fn dictionary(&self, id: ObjectId) -> &Dictionary {
        self.document.get_dictionary(id).unwrap()
    }

    /// A value with everything that it refers to; pages by their number.
    fn shown(&self, object: &Object) -> String {
        if let Ok(id) = object.as_reference() {
            if let Some(page) = self.pages.iter().position(|page| *page == id) {
                return format!("page {page}");
            }
            return self.shown(self.document.get_object(id).unwrap());
        }
        let entries = |dictionary: &Dictionary| {
            let entries = dictionary.iter().map(|(key, value)| {
                format!("{} {}", String::from_utf8_lossy(key), self.shown(value))
            });
            let mut entries: Vec<_> = entries.collect();
            entries.sort();
            entries.join(", ")
        };
        match object {
            Object::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.shown(item)).collect();
                format!("[{}]", items.join(" "))
            }
            Object::Dictionary(dictionary) => format!("<{}>", entries(dictionary)),
            Object::Stream(stream) => {
                let data = stream.decompressed_content();
                let data = data.unwrap_or_else(|_| stream.content.clone());
                format!("<{} bytes>", data.len())
            }
            // In both encodings of text.
            Object::String(..) => lopdf::decode_text_string(object).unwrap_or_default(),
            // As precise as PDF's own numbers.
            Object::Real(number) => format!("{number:.3}"),
            Object::Integer(number) => format!("{number}.000"),
            object => format!("{object:?}"),
        }
    }

    fn links(&self, number: usize, page: &Dictionary, lines: &mut Vec<String>) {
        let Ok(links) = page.get(b"Annots") else {
            return;
        };
        for link in self.resolved(links).as_array().unwrap() {
            let mut link = self.resolved(link).as_dict().unwrap().clone();
            let place = link.remove(b"StructParent").unwrap();
            let link = self.shown(&Object::Dictionary(link));
            let tag = self.parent(place.as_i64().unwrap());
            lines.push(format!("link on {number} of {tag}: {link}"));
        }
    }

    fn bookmarks(&self, parent: &Object, path: &str, lines: &mut Vec<String>) {
        let parent = parent.as_dict().unwrap();
        let mut next = parent.get(b"First").ok();
        let (mut last, mut before) = (None, None);
        while let Some(id) = next {
            let item = self.resolved(id).as_dict().unwrap();
            assert_eq!(item.get(b"Prev").ok(), before, "bookmarks lead back");
            let title = self.shown(item.get(b"Title").unwrap());
            let place = self.shown(item.get(b"Dest").unwrap());
            let path = format!("{path}/{title}");
            lines.push(format!("{path} leads to {place}"));
            self.bookmarks(&Object::Dictionary(item.clone()), &path, lines);
            next = item.get(b"Next").ok();
            last = Some(id);
            before = last;
        }
        assert_eq!(parent.get(b"Last").ok(), last, "the last bookmark");
    }

    /// The elements below one, and their content.
    fn tags(&self, parent: &Dictionary, path: &str, lines: &mut Vec<String>) {
        let Ok(kids) = parent.get(b"K") else {
            return;
        };
        for kid in self.resolved(kids).as_array().unwrap() {
            let Ok(element) = self.resolved(kid).as_dict() else {
                let page = self.shown(parent.get(b"Pg").unwrap());
                lines.push(format!("{path} content {} of {page}", self.shown(kid)));
                continue;
            };
            let mut own = element.clone();
            for key in [b"K".as_slice(), b"P", b"Type"] {
                own.remove(key);
            }
            if let Ok(object) = own.get(b"Obj") {
                let rest = self.resolved(object).as_dict().unwrap();
                own.set("Obj", rest.get(b"Rect").unwrap().clone());
            }
            let path = format!("{path}/{}", self.shown(&Object::Dictionary(own)));
            lines.push(path.clone());
            self.tags(element, &path, lines);
        }
    }

    /// For each page, the kinds of the elements that its content belongs to.
    fn parents(&self, tags: &Dictionary, lines: &mut Vec<String>) {
        assert!(tags.has(b"ParentTree"));
        for (number, page) in self.pages.iter().enumerate() {
            let place = self.dictionary(*page).get(b"StructParents");
            let parents = place.map(|place| self.parent(place.as_i64().unwrap()));
            lines.push(format!("content of {number}: {parents:?}"));
        }
    }

    /// The kinds of the elements under a key of the parent tree.
    fn parent(&self, place: i64) -> String {
        let catalog = self.document.catalog().unwrap();
        let tags = self.resolved(catalog.get(b"StructTreeRoot").unwrap());
        let tree = tags.as_dict().unwrap().get(b"ParentTree").unwrap();
        let found = self.number(self.resolved(tree).as_dict().unwrap(), place);
        let kind = |element: &Object| {
            let element = self.resolved(element).as_dict().unwrap();
            self.shown(element.get(b"S").unwrap())
        };
        match self.resolved(found.unwrap()) {
            Object::Array(elements) => elements.iter().map(kind).collect(),
            element => kind(element),
        }
    }

    /// Looks up a key in a number tree.
    fn number<'o>(&'o self, tree: &'o Dictionary, number: i64) -> Option<&'o Object> {
        if let Ok(limits) = tree.get(b"Limits") {
            let limits = limits.as_array().unwrap();
            let limit = |index: usize| limits[index].as_i64().unwrap();
            if !(limit(0)..=limit(1)).contains(&number) {
                return None;
            }
        }
        if let Ok(numbers) = tree.get(b"Nums") {
            let mut pairs = numbers.as_array().unwrap().chunks(2);
            return pairs
                .find(|pair| pair[0].as_i64().unwrap() == number)
                .map(|pair| &pair[1]);
        }
        let kids = tree.get(b"Kids").unwrap().as_array().unwrap();
        kids.iter()
            .find_map(|kid| self.number(self.resolved(kid).as_dict().unwrap(), number))
    }
}
