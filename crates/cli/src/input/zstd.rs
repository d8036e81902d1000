//! Reads zstd files as zstd itself does: frames that follow each other, skippable ones among
//! them, and with their checksums verified.

use std::io::{self, BufRead, ErrorKind, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::gzip::{Odd, is_padding};

/// Whether bytes are the start of a zstd file.
pub fn is_zstd(start: &[u8]) -> bool {
    // The second is a frame for other programs.
    start.starts_with(b"\x28\xb5\x2f\xfd") || matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// The decompressed content of a zstd file.
pub struct Zstd<R> {
    file: R,
    decoder: FrameDecoder,
    /// Whether a frame is being read.
    is_open: bool,
    /// Whether one was read completely.
    is_begun: bool,
    /// Whether everything is read.
    is_done: bool,
    odd: Odd,
}

impl<R: BufRead> Zstd<R> {
    /// Starts at the beginning of a file.
    pub fn new(file: R, odd: Odd) -> Self {
        Self {
            file,
            decoder: FrameDecoder::new(),
            is_open: false,
            is_begun: false,
            is_done: false,
            odd,
        }
    }

    /// Begins the next frame, or notices the end.
    fn begin(&mut self) -> io::Result<()> {
        if self.file.fill_buf()?.is_empty() {
            self.is_done = true;
            return Ok(());
        }
        match self.decoder.init(&mut self.file) {
            Ok(()) => self.is_open = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let mut skipped = self.file.by_ref().take(length.into());
                io::copy(&mut skipped, &mut io::sink())?;
            }
            Err(error) if self.is_begun => {
                let is_padded = matches!(
                    error,
                    FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(
                        0
                    ))
                );
                if !is_padded || !is_padding(&mut self.file)? {
                    self.odd.set_garbage();
                }
                self.is_done = true;
            }
            Err(error) => return Err(broken(&error)),
        }
        Ok(())
    }

    /// Ends a frame.
    fn end(&mut self) -> io::Result<()> {
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            let text = "the compressed data is damaged: its checksum doesn't match";
            return Err(io::Error::new(ErrorKind::InvalidData, text));
        }
        (self.is_open, self.is_begun) = (false, true);
        Ok(())
    }
}

/// An error in plain words; the decoder's are for programmers.
fn broken(error: &FrameDecoderError) -> io::Error {
    if let FrameDecoderError::WindowSizeTooBig { .. } | FrameDecoderError::DictNotProvided { .. } =
        error
    {
        let text = "it was compressed with `--long` or a dictionary, which isn't read";
        return io::Error::new(ErrorKind::Unsupported, text);
    }
    let words = error.to_string();
    if words.contains("UnexpectedEof") || words.contains("fill whole buffer") {
        return io::Error::new(
            ErrorKind::UnexpectedEof,
            "the compressed data ends too early",
        );
    }
    io::Error::new(ErrorKind::InvalidData, "the compressed data is damaged")
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.is_done && !out.is_empty() {
            if !self.is_open {
                self.begin()?;
                continue;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.file, strategy);
                decoded.map_err(|error| broken(&error))?;
            }
            let length = self.decoder.read(out)?;
            if length > 0 {
                return Ok(length);
            }
            self.end()?;
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn read(bytes: &[u8]) -> (io::Result<String>, bool) {
        let odd = Odd::default();
        let mut text = String::new();
        let result = Zstd::new(bytes, odd.clone()).read_to_string(&mut text);
        (result.map(|_| text), odd.warning(0).is_some())
    }

    #[test]
    fn frames_follow_each_other() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let skipped = b"\x52\x2a\x4d\x18\x03\0\0\0abc".as_slice();
        let (one, two) = (frame("one "), frame("two"));
        let whole = [skipped, &one, skipped, &two, &[0; 512]].concat();
        assert!(is_zstd(&whole));
        let (text, is_odd) = read(&whole);
        assert_eq!((text.unwrap().as_str(), is_odd), ("one two", false));
        let (text, is_odd) = read(&[&*one, b"rest"].concat());
        assert_eq!((text.unwrap().as_str(), is_odd), ("one ", true));
    }

    #[test]
    fn truncated_data_has_an_error_in_plain_words() {
        let whole = compress_to_vec("words".repeat(99).as_bytes(), CompressionLevel::Fastest);
        for length in 4..whole.len() {
            let told = read(&whole[..length]).0.unwrap_err().to_string();
            assert!(told.starts_with("the compressed data "), "{told}");
        }
    }
}
