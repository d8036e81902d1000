//! Writes objects to a PDF: packed, many in one compressed stream, or one by one.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::PdfVersion;
use hayro_syntax::object::{Array, Name as Word, Object};
use pdf_writer::types::Predictor;
use pdf_writer::{Chunk, Filter, Name, Pdf, Ref};

use super::file::Trailer;
use super::value::{
    self, COMPACT, New, Own, chunk, inner, is_a, same, write_entries, write_object, written,
};

/// The number of objects in one stream. More would be smaller, but to read one, readers
/// decompress them all.
const PACK: usize = 200;
/// The most bytes in one stream, uncompressed.
const PACK_BYTES: usize = 256 << 10;
/// The widths of the fields of an entry in the cross-reference stream: its kind, its offset or
/// stream, and its index in the stream.
const WIDTHS: [usize; 3] = [1, 5, 2];

/// The position of an object.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// There is no object with this number.
    Free,
    /// The offset from the start of the file.
    At(u64),
    /// An index in a stream of objects.
    Packed { stream: Ref, index: u16 },
}

/// A PDF being written.
pub struct Output<W> {
    out: W,
    /// The number of bytes written.
    length: u64,
    /// The positions of the objects, by number.
    places: Vec<Place>,
    /// The objects that wait to be packed; `None` if the version doesn't allow that.
    pack: Option<Pack>,
    /// The next free number.
    next: i32,
}

/// Objects that wait to be packed.
#[derive(Default)]
struct Pack {
    numbers: Vec<Ref>,
    /// Their numbers, and their offsets in `values`.
    index: Vec<u8>,
    values: Vec<u8>,
}

impl<W: Write> Output<W> {
    /// Begins a PDF of this version.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn new(mut out: W, version: PdfVersion) -> io::Result<Self> {
        let mut start = Pdf::with_settings(COMPACT);
        match version {
            PdfVersion::Pdf20 => start.set_version(2, 0),
            // The variants are in ascending order, from 1.0.
            version => start.set_version(1, version as u8),
        }
        out.write_all(start.as_bytes())?;
        Ok(Self {
            out,
            length: start.len() as u64,
            places: vec![Place::Free],
            pack: (version >= PdfVersion::Pdf15).then(Pack::default),
            next: 1,
        })
    }

    /// Reserves numbers for objects, and returns the first.
    pub fn allocate(&mut self, objects: i32) -> i32 {
        let first = self.next;
        self.next += objects;
        self.places.resize(self.next as usize, Place::Free);
        first
    }

    /// Reserves the number of one object.
    pub fn one(&mut self) -> Ref {
        Ref::new(self.allocate(1))
    }

    /// Writes an object with new numbers and, if it is a dictionary, with changed entries.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn copy(&mut self, id: Ref, object: &Object, new: New, own: &Own) -> io::Result<()> {
        let write = |chunk: &mut Chunk, id| match object {
            Object::Stream(stream) => {
                let data = stream.raw_data();
                let mut out = chunk.stream(id, &data);
                for (key, value) in stream.dict().entries() {
                    // pdf-writer writes the length itself.
                    if *key != *b"Length" {
                        value::write(&value, out.insert(Name(&key)), new);
                    }
                }
            }
            Object::Dict(dict) => write_entries(dict, &mut chunk.indirect(id).dict(), new, own),
            object => write_object(object, chunk.indirect(id), new),
        };
        if is_common(object) || matches!(object, Object::Stream(_)) {
            self.loose(id, write)
        } else {
            self.object(id, write)
        }
    }

    /// Writes an object unchanged.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn keep(&mut self, id: Ref, object: &Object) -> io::Result<()> {
        // Most are dictionaries, and writing their values anew takes as long as reading them.
        if let (Object::Dict(dict), Some(pack)) = (object, &mut self.pack)
            && !is_common(object)
        {
            pack.push(id, dict.data());
            return self.flush_full_pack();
        }
        self.copy(id, object, &same, &Own::default())
    }

    /// Writes an object that isn't a stream, packed if that is allowed.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn object(&mut self, id: Ref, write: impl FnOnce(&mut Chunk, Ref)) -> io::Result<()> {
        let Some(pack) = &mut self.pack else {
            return self.loose(id, write);
        };
        let mut chunk = chunk();
        write(&mut chunk, Ref::new(1));
        pack.push(id, inner(&chunk));
        self.flush_full_pack()
    }

    /// Writes an object that isn't packed.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn loose(&mut self, id: Ref, write: impl FnOnce(&mut Chunk, Ref)) -> io::Result<()> {
        self.set(id, Place::At(self.length));
        let mut chunk = chunk();
        write(&mut chunk, id);
        self.write(chunk.as_bytes())
    }

    /// Writes the waiting objects once there are enough.
    fn flush_full_pack(&mut self) -> io::Result<()> {
        match &self.pack {
            Some(pack) if pack.numbers.len() >= PACK || pack.values.len() >= PACK_BYTES => {
                self.flush_pack()
            }
            _ => Ok(()),
        }
    }

    /// Writes the waiting objects.
    fn flush_pack(&mut self) -> io::Result<()> {
        let Some(pack) = self.pack.as_mut().map(std::mem::take) else {
            return Ok(());
        };
        if pack.numbers.is_empty() {
            return Ok(());
        }
        let stream = self.one();
        for (index, number) in (0..).zip(&pack.numbers) {
            self.set(*number, Place::Packed { stream, index });
        }
        let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
        data.write_all(&pack.index)?;
        data.write_all(&pack.values)?;
        let data = data.finish()?;
        self.loose(stream, |chunk, id| {
            let mut out = chunk.stream(id, &data);
            out.filter(Filter::FlateDecode);
            out.pair(Name(b"Type"), Name(b"ObjStm"));
            out.pair(Name(b"N"), pack.numbers.len() as i32);
            out.pair(Name(b"First"), pack.index.len() as i32);
        })
    }

    /// Writes the cross-reference table and the trailer.
    ///
    /// # Errors
    /// When the file can't be written to.
    pub fn finish(mut self, trailer: &Trailer) -> io::Result<W> {
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

    fn plain_table(&mut self, trailer: &Trailer) -> io::Result<()> {
        let size = self.places.len();
        let mut table = format!("xref\n0 {size}\n").into_bytes();
        let mut free = self.free();
        // Each free entry refers to the next one.
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
        table.extend_from_slice(b"trailer\n");
        table.extend(written(|out| {
            let mut out = out.dict();
            out.pair(Name(b"Size"), size as i32);
            trailer.write(&mut out);
        }));
        table.push(b'\n');
        self.write(&table)
    }

    /// The unused numbers, except 0.
    fn free(&self) -> impl Iterator<Item = usize> {
        let places = self.places.iter().enumerate().skip(1);
        places
            .filter(|(_, place)| matches!(place, Place::Free))
            .map(|(number, _)| number)
    }

    fn packed_table(&mut self, trailer: &Trailer) -> io::Result<()> {
        let number = self.one();
        self.set(number, Place::At(self.length));
        let width: usize = WIDTHS.iter().sum();
        // Each entry as the difference from the one before (PNG's filter "up"), which compresses
        // well.
        let mut before = vec![0; width];
        let mut data = ZlibEncoder::new(Vec::new(), Compression::default());
        for (number, place) in self.places.iter().enumerate() {
            let (kind, field, index) = match *place {
                Place::Free => (0, 0, if number == 0 { u16::MAX } else { 0 }),
                Place::At(at) => (1, at, 0),
                Place::Packed { stream, index } => (2, stream.get() as u64, index),
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
        let size = self.places.len();
        self.loose(number, |chunk, id| {
            let mut out = chunk.stream(id, &data);
            out.filter(Filter::FlateDecode);
            let mut decoding = out.decode_parms();
            decoding.predictor(Predictor::PngUp).columns(width as i32);
            drop(decoding);
            out.pair(Name(b"Type"), Name(b"XRef"));
            out.pair(Name(b"Size"), size as i32);
            let widths = WIDTHS.map(|width| width as i32);
            out.insert(Name(b"W")).array().items(widths);
            trailer.write(&mut out);
        })
    }

    fn set(&mut self, id: Ref, place: Place) {
        self.places[id.get() as usize] = place;
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Whether an object is one of the few that many pages need: readers would decompress its
/// whole stream for each of them.
fn is_common(object: &Object) -> bool {
    match object {
        Object::Dict(dict) => is_a(dict, &["Font", "FontDescriptor", "ExtGState", "Pages"]),
        Object::Array(space) => is_profile(space),
        _ => false,
    }
}

/// Whether an array is a colour space with a profile.
fn is_profile(space: &Array) -> bool {
    let kind = space.iter::<Word>().next();
    kind.is_some_and(|kind| *kind == *b"ICCBased")
}

impl Pack {
    fn push(&mut self, id: Ref, value: &[u8]) {
        if !self.index.is_empty() {
            self.index.push(b' ');
        }
        self.index
            .extend_from_slice(format!("{} {}", id.get(), self.values.len()).as_bytes());
        self.values.extend_from_slice(value);
        self.values.push(b'\n');
        self.numbers.push(id);
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Document;
    use pdf_writer::writers::Catalog;

    use super::*;

    /// A PDF with this many objects, except the second one, as lopdf reads it.
    fn read_back(objects: i32, version: PdfVersion) -> (Vec<u8>, Document) {
        let mut output = Output::new(Vec::new(), version).unwrap();
        output.allocate(objects);
        for number in (1..=objects).filter(|number| *number != 2) {
            let write = |chunk: &mut Chunk, id: Ref| match number {
                1 => drop(chunk.indirect(id).start::<Catalog>().pages(Ref::new(3))),
                3 => drop(chunk.pages(id).kids([]).count(0)),
                4 => drop(chunk.stream(id, b"data")),
                _ => drop(chunk.indirect(id).dict().pair(Name(b"Number"), number)),
            };
            let id = Ref::new(number);
            match number {
                4 => output.loose(id, write).unwrap(),
                _ => output.object(id, write).unwrap(),
            }
        }
        let trailer = Trailer {
            root: Ref::new(1),
            info: None,
            id: Some((b"a".into(), b"b".into())),
        };
        let bytes = output.finish(&trailer).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        (bytes, document)
    }

    #[test]
    fn objects_are_found_again() {
        for (version, name) in [
            (PdfVersion::Pdf14, "1.4"),
            (PdfVersion::Pdf17, "1.7"),
            (PdfVersion::Pdf20, "2.0"),
        ] {
            let objects = 3 * PACK as i32;
            let (bytes, document) = read_back(objects, version);
            let packed = bytes.windows(6).any(|found| found == b"ObjStm");
            assert_eq!(packed, version != PdfVersion::Pdf14);
            assert_eq!(document.version, name);
            assert_eq!(document.get_pages().len(), 0, "{version:?}");
            assert!(document.get_object((2, 0)).is_err(), "{version:?}");
            let stream = document.get_object((4, 0)).unwrap().as_stream().unwrap();
            assert_eq!(stream.content, b"data", "{version:?}");
            for number in 5..=objects {
                let object = document.get_dictionary((number as u32, 0)).unwrap();
                let value = object.get(b"Number").unwrap().as_i64().unwrap();
                assert_eq!(value, i64::from(number), "{version:?}");
            }
        }
    }

    #[test]
    fn packed_objects_are_smaller() {
        let (packed, _) = read_back(1000, PdfVersion::Pdf17);
        let (loose, _) = read_back(1000, PdfVersion::Pdf14);
        assert!(packed.len() * 4 < loose.len());
    }
}
