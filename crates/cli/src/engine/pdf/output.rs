//! Writing objects into a PDF: packed, many in one compressed stream, or one by one.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::file::Object;
use super::syntax::push_number;

/// Objects packed into one stream. More are smaller; but to read one, readers
/// decompress all of them.
const PACK: usize = 200;
/// What is packed into one stream at most, in bytes, before it is compressed.
const PACK_BYTES: usize = 256 << 10;
/// The width of the fields of an entry in the table of objects: its kind, its place or
/// stream, and its index in the stream.
const WIDTHS: [usize; 3] = [1, 5, 2];

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// There is none of this number.
    Free,
    /// So many bytes from the start of the file.
    At(u64),
    /// In a stream of objects, as one of them.
    Packed { stream: u32, index: u16 },
}

/// A PDF being written.
pub struct Output<W> {
    out: W,
    /// How many bytes are written.
    length: u64,
    /// Where the objects are, by number.
    places: Vec<Place>,
    /// The objects that wait to be packed, or none where they mustn't be.
    pack: Option<Pack>,
    /// The next number that no object has.
    next: u32,
}

/// Objects that wait to be packed.
#[derive(Default)]
struct Pack {
    numbers: Vec<u32>,
    /// Their numbers, and where each begins in `values`.
    index: Vec<u8>,
    values: Vec<u8>,
}

impl<W: Write> Output<W> {
    /// Begins a PDF with its first lines.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn new(mut out: W, header: &[u8], packed: bool) -> io::Result<Self> {
        out.write_all(header)?;
        Ok(Self {
            out,
            length: header.len() as u64,
            places: vec![Place::Free],
            pack: packed.then(Pack::default),
            next: 1,
        })
    }

    /// Sets numbers aside for so many objects, and tells the first.
    pub fn allocate(&mut self, objects: u32) -> u32 {
        let first = self.next;
        self.next += objects;
        self.places.resize(self.next as usize, Place::Free);
        first
    }

    /// Writes an object under a number.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn object(&mut self, number: u32, object: Object) -> io::Result<()> {
        if object.data.is_some() || self.pack.is_none() || is_common(object.value) {
            return self.loose(number, object);
        }
        if let Some(pack) = &mut self.pack {
            pack.push(number, object.value);
            if pack.numbers.len() >= PACK || pack.values.len() >= PACK_BYTES {
                self.flush_pack()?;
            }
        }
        Ok(())
    }

    /// Writes an object that isn't packed.
    fn loose(&mut self, number: u32, object: Object) -> io::Result<()> {
        self.set(number, Place::At(self.length));
        let mut bytes = Vec::with_capacity(object.value.len() + 32);
        push_number(&mut bytes, number);
        bytes.extend_from_slice(b" 0 obj\n");
        bytes.extend_from_slice(object.value);
        if let Some(data) = object.data {
            bytes.extend_from_slice(b"\nstream\n");
            self.write(&bytes)?;
            self.write(data)?;
            bytes.clear();
            bytes.extend_from_slice(b"\nendstream");
        }
        bytes.extend_from_slice(b"\nendobj\n");
        self.write(&bytes)
    }

    /// Writes the objects that wait.
    fn flush_pack(&mut self) -> io::Result<()> {
        let Some(pack) = self.pack.as_mut().map(std::mem::take) else {
            return Ok(());
        };
        if pack.numbers.is_empty() {
            return Ok(());
        }
        let stream = self.allocate(1);
        for (index, number) in (0..).zip(&pack.numbers) {
            self.set(*number, Place::Packed { stream, index });
        }
        let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
        data.write_all(&pack.index)?;
        data.write_all(&pack.values)?;
        let data = data.finish()?;
        let value = format!(
            "<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>",
            pack.numbers.len(),
            pack.index.len(),
            data.len(),
        );
        self.loose(
            stream,
            Object {
                value: value.as_bytes(),
                data: Some(&data),
            },
        )
    }

    /// Writes the table of objects, with what the trailer says of the document: the
    /// `Root`, `Info` and `ID` in PDF's syntax.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn finish(mut self, trailer: &[u8]) -> io::Result<W> {
        self.flush_pack()?;
        let start = self.length;
        if self.pack.is_some() {
            self.packed_table(trailer)?;
        } else {
            self.plain_table(trailer)?;
        }
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn plain_table(&mut self, trailer: &[u8]) -> io::Result<()> {
        let size = self.places.len();
        let mut table = format!("xref\n0 {size}\n").into_bytes();
        let mut free = self.free();
        // Each free object names the next one.
        let first = free.next().unwrap_or(0);
        let mut next = first;
        for (number, place) in self.places.iter().enumerate() {
            let entry = match place {
                Place::At(at) => format!("{at:010} 00000 n\r\n"),
                Place::Free | Place::Packed { .. } if number == 0 => {
                    format!("{first:010} 65535 f\r\n")
                }
                Place::Free | Place::Packed { .. } => {
                    if number == next {
                        next = free.next().unwrap_or(0);
                    }
                    format!("{next:010} 00000 f\r\n")
                }
            };
            table.extend_from_slice(entry.as_bytes());
        }
        drop(free);
        table.extend_from_slice(format!("trailer\n<</Size {size}").as_bytes());
        table.extend_from_slice(trailer);
        table.extend_from_slice(b">>\n");
        self.write(&table)
    }

    /// The numbers of objects that there are none of, but for 0.
    fn free(&self) -> impl Iterator<Item = usize> {
        let places = self.places.iter().enumerate().skip(1);
        places
            .filter(|(_, place)| matches!(place, Place::Free))
            .map(|(number, _)| number)
    }

    fn packed_table(&mut self, trailer: &[u8]) -> io::Result<()> {
        let number = self.allocate(1);
        self.set(number, Place::At(self.length));
        let width: usize = WIDTHS.iter().sum();
        // Each entry as the difference from the one before ("up" in PNG), which is
        // small.
        let mut before = vec![0; width];
        let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
        for (number, place) in self.places.iter().enumerate() {
            let (kind, field, index) = match *place {
                Place::Free => (0, 0, if number == 0 { u16::MAX } else { 0 }),
                Place::At(at) => (1, at, 0),
                Place::Packed { stream, index } => (2, u64::from(stream), index),
            };
            let mut entry = vec![kind];
            entry.extend_from_slice(&field.to_be_bytes()[8 - WIDTHS[1]..]);
            entry.extend_from_slice(&index.to_be_bytes());
            let mut row = vec![2];
            row.extend(
                entry
                    .iter()
                    .zip(&before)
                    .map(|(byte, above)| byte.wrapping_sub(*above)),
            );
            data.write_all(&row)?;
            before = entry;
        }
        let data = data.finish()?;
        let [kind, field, index] = WIDTHS;
        let mut value = format!(
            "<</Type/XRef/Size {}/W[{kind} {field} {index}]/Filter/FlateDecode\
             /DecodeParms<</Predictor 12/Columns {width}>>/Length {}",
            self.places.len(),
            data.len(),
        )
        .into_bytes();
        value.extend_from_slice(trailer);
        value.extend_from_slice(b">>");
        self.loose(
            number,
            Object {
                value: &value,
                data: Some(&data),
            },
        )
    }

    fn set(&mut self, number: u32, place: Place) {
        self.places[number as usize] = place;
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Whether an object is one of the few that many pages need: readers would decompress
/// its whole stream again for each.
fn is_common(value: &[u8]) -> bool {
    [
        b"<</Type/Font".as_slice(),
        b"[/ICCBased",
        b"<</Type/ExtGState",
        b"<</Type/Pages",
    ]
    .iter()
    .any(|start| value.starts_with(start))
}

impl Pack {
    fn push(&mut self, number: u32, value: &[u8]) {
        if !self.index.is_empty() {
            self.index.push(b' ');
        }
        self.index
            .extend_from_slice(format!("{number} {}", self.values.len()).as_bytes());
        self.values.extend_from_slice(value);
        self.values.push(b'\n');
        self.numbers.push(number);
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use super::*;

    /// A PDF of so many objects, but for the second one, as lopdf reads it.
    fn read_back(objects: u32, packed: bool) -> (Vec<u8>, Document) {
        let mut output = Output::new(Vec::new(), b"%PDF-1.7\n", packed).unwrap();
        output.allocate(objects);
        for number in 1..=objects {
            let value = match number {
                1 => "<</Type/Catalog/Pages 3 0 R>>".into(),
                2 => continue,
                3 => "<</Type/Pages/Kids[]/Count 0>>".into(),
                4 => "<</Length 4>>".into(),
                _ => format!("<</Number {number}>>"),
            };
            let data = (number == 4).then_some(b"data".as_slice());
            let value = value.as_bytes();
            output.object(number, Object { value, data }).unwrap();
        }
        let bytes = output.finish(b"/Root 1 0 R/ID[(a)(b)]").unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        (bytes, document)
    }

    #[test]
    fn objects_are_found_again() {
        for packed in [true, false] {
            let objects = 3 * PACK as u32;
            let (_, document) = read_back(objects, packed);
            assert_eq!(document.get_pages().len(), 0, "{packed}");
            assert!(document.get_object((2, 0)).is_err(), "{packed}");
            let stream = document.get_object((4, 0)).unwrap().as_stream().unwrap();
            assert_eq!(stream.content, b"data", "{packed}");
            for number in 5..=objects {
                let object = document.get_dictionary((number, 0)).unwrap();
                let value = object.get(b"Number").unwrap().as_i64().unwrap();
                assert_eq!(value, i64::from(number), "{packed}");
            }
        }
    }

    #[test]
    fn packed_objects_are_smaller() {
        let (packed, _) = read_back(1000, true);
        let (loose, _) = read_back(1000, false);
        assert!(packed.len() * 4 < loose.len());
    }
}
