//! A PDF as Typst writes it: one object after the other, all of them in one table.

use std::collections::HashMap;
use std::ops::Range;

use super::syntax;

/// The bytes of an entry in the table of objects.
const ENTRY: usize = 20;

/// An object: a value, and the data that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object<'f> {
    /// Its value; of a stream, the dictionary.
    pub value: &'f [u8],
    /// The data of a stream.
    pub data: Option<&'f [u8]>,
}

/// A PDF that Typst has written.
#[derive(Debug)]
pub struct File {
    bytes: Vec<u8>,
    /// Where values and data of the objects stand, from the object 1 on.
    places: Vec<(Range<usize>, Option<Range<usize>>)>,
    /// What stands in the place of objects as they were written.
    replaced: HashMap<u32, (Vec<u8>, Option<Vec<u8>>)>,
    trailer: Range<usize>,
}

impl File {
    /// Reads a PDF as Typst writes it; gives back the bytes of any other.
    ///
    /// # Errors
    /// The bytes, where they are built otherwise.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        match places(&bytes) {
            Some((places, trailer)) => Ok(Self {
                bytes,
                places,
                replaced: HashMap::new(),
                trailer,
            }),
            None => Err(bytes),
        }
    }

    /// The first line, which tells the version, and the binary one after it.
    pub fn header(&self) -> &[u8] {
        let end = self.places.first().map_or(0, |(value, _)| value.start);
        let header = &self.bytes[..end];
        let lines = header.split_inclusive(|byte| *byte == b'\n').take(2);
        &header[..lines.map(<[u8]>::len).sum()]
    }

    /// Whether it is of PDF 1.5 or later, so that objects may be packed.
    pub fn may_be_packed(&self) -> bool {
        let version = self.header().strip_prefix(b"%PDF-").unwrap_or_default();
        version
            .get(..3)
            .is_some_and(|version| version >= b"1.5".as_slice())
    }

    /// How many objects it has; they are numbered from 1.
    pub fn len(&self) -> u32 {
        // `places` reads no more than fit.
        self.places.len() as u32
    }

    /// An object.
    pub fn object(&self, number: u32) -> Option<Object<'_>> {
        if let Some((value, data)) = self.replaced.get(&number) {
            return Some(Object {
                value,
                data: data.as_deref(),
            });
        }
        let (value, data) = self.places.get(number.checked_sub(1)? as usize)?;
        Some(Object {
            value: &self.bytes[value.clone()],
            data: data.clone().map(|data| &self.bytes[data]),
        })
    }

    /// Puts another value, and other data, in the place of an object.
    pub fn replace(&mut self, number: u32, value: Vec<u8>, data: Option<Vec<u8>>) {
        self.replaced.insert(number, (value, data));
    }

    /// The dictionary that tells what the other objects are for.
    pub fn trailer(&self) -> &[u8] {
        &self.bytes[self.trailer.clone()]
    }

    /// The object that a key of the trailer refers to.
    pub fn of_trailer(&self, key: &str) -> Option<u32> {
        syntax::reference(syntax::get(self.trailer(), key)?)
    }

    /// The object that a key of the document's catalog refers to.
    pub fn of_catalog(&self, key: &str) -> Option<u32> {
        let catalog = self.object(self.of_trailer("Root")?)?;
        syntax::reference(syntax::get(catalog.value, key)?)
    }
}

/// Where objects and the trailer stand.
#[expect(clippy::type_complexity, reason = "it is taken apart at once")]
fn places(bytes: &[u8]) -> Option<(Vec<(Range<usize>, Option<Range<usize>>)>, Range<usize>)> {
    if !bytes.starts_with(b"%PDF-") {
        return None;
    }
    let end = rfind(bytes, b"startxref")?;
    let table = number_at(bytes, end + b"startxref".len())?;
    let table = table..table + find(bytes.get(table..end)?, b"trailer")?;
    let first = table.start + find(&bytes[table.clone()], b"\n0000000000 ")? + 1;
    let mut starts = Vec::new();
    // Of the object 0 there is nothing but the entry.
    for entry in bytes[first..table.end].chunks_exact(ENTRY).skip(1) {
        if entry[17] != b'n' {
            return None;
        }
        starts.push(number_at(entry, 0)?);
    }
    // An object ends where the next one begins, in whatever order they are numbered.
    let mut ends = starts.clone();
    ends.push(table.start);
    ends.sort_unstable();
    let places: Option<Vec<_>> = starts
        .iter()
        .map(|start| {
            place(
                bytes,
                *start,
                *ends.get(ends.partition_point(|end| end <= start))?,
            )
        })
        .collect();
    let places = places?;
    u32::try_from(places.len()).ok()?;
    let trailer = table.end + find(&bytes[table.end..end], b"<<")?..end;
    Some((places, trailer))
}

/// Where the value and the data of an object stand that begins at `start` and ends at `end`.
fn place(bytes: &[u8], start: usize, end: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    const OBJECT: &[u8] = b" 0 obj\n";
    let object = bytes.get(start..end)?;
    let value = start + find(object.get(..24.min(object.len()))?, OBJECT)? + OBJECT.len();
    let whole = bytes[value..end].trim_ascii_end();
    let whole = whole.strip_suffix(b"endobj")?.trim_ascii_end();
    // A string or a name would end otherwise.
    if !whole.ends_with(b"endstream") {
        return Some((value..value + whole.len(), None));
    }
    let mut depth = 0_usize;
    let mut done = value;
    // Only up to the data.
    for token in syntax::tokens(whole) {
        match &whole[token.clone()] {
            b"<<" | b"[" => depth += 1,
            b">>" | b"]" => depth = depth.checked_sub(1)?,
            b"stream" if depth == 0 => {
                let dictionary = value..done;
                let length = syntax::get(&bytes[dictionary.clone()], "Length")?;
                let data = value + token.end + 1;
                let data = data..data.checked_add(syntax::number(length)?)?;
                return (data.end <= end).then_some((dictionary, Some(data)));
            }
            _ => {}
        }
        done = value + token.end;
    }
    None
}

/// Where something stands first.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|found| found == what)
}

/// Where something stands last.
fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|found| found == what)
}

/// The number at a place, after white space.
fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let token = syntax::tokens(bytes.get(at..)?).next()?;
    syntax::number(&bytes[at..][token])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_otherwise_stays() {
        for pdf in [
            b"".as_slice(),
            b"%PDF-1.7",
            b"startxref",
            b"%PDF-1.7 xref trailer startxref 99999",
            b"%PDF-1.7\nxref\n0 2\n0000000000 65535 f \n0000099999 00000 n \ntrailer\n<</Info 7 0 R>>\nstartxref\n9\n%%EOF",
        ] {
            assert_eq!(File::read(pdf.to_vec()).unwrap_err(), pdf);
        }
    }

    #[test]
    fn objects_are_found() {
        let pdf =
            b"%PDF-1.4\n%\x80\x80\n\n1 0 obj\n<</Length 6>>\nstream\nendobj\nendstream\nendobj\n\n\
            2 0 obj\n[1 0 R]\nendobj\n\nxref\n0 3\n0000000000 65535 f\r\n0000000014 00000 n\r\n\
            0000000076 00000 n\r\ntrailer\n<<\n  /Root 2 0 R\n>>\nstartxref\n100\n%%EOF";
        let table = find(pdf, b"xref\n0 3").unwrap();
        let pdf = String::from_utf8_lossy(pdf).replace("\n100\n", &format!("\n{table}\n"));
        // Not lossy for offsets: the two bytes of the second line became six.
        let pdf = pdf.replace('\u{fffd}', "x");
        let second = pdf.find("2 0 obj").unwrap();
        let pdf = pdf.replace("0000000076", &format!("{second:010}"));
        let mut file = File::read(pdf.into_bytes()).unwrap();
        assert_eq!(file.header(), b"%PDF-1.4\n%xx\n");
        assert!(!file.may_be_packed());
        assert_eq!(file.len(), 2);
        let first = file.object(1).unwrap();
        assert_eq!(first.value, b"<</Length 6>>");
        assert_eq!(first.data, Some(b"endobj".as_slice()));
        assert_eq!(file.object(2).unwrap().value, b"[1 0 R]");
        assert_eq!(file.object(3), None);
        assert_eq!(file.of_trailer("Root"), Some(2));
        file.replace(2, b"7".to_vec(), None);
        assert_eq!(file.object(2).unwrap().value, b"7");
    }
}
