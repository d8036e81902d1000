//! Streams a channel of a database as JSON.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// The size of a chunk.
const PIECE: usize = 64 << 10;
/// The most chunks in the queue.
const WAITING: usize = 4;

/// The reading end of a writer that runs in its own thread, and waits for the reader.
pub struct Written {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: io::Cursor<Vec<u8>>,
}

impl Written {
    /// Starts the writer.
    ///
    /// # Errors
    /// When the thread can't be started.
    pub fn by(
        write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, pieces) = sync_channel(WAITING);
        thread::Builder::new().spawn(move || {
            let mut out = Pieces {
                sender,
                piece: Vec::with_capacity(PIECE),
            };
            let written = write(&mut out).and_then(|()| out.flush());
            if let Err(error) = written {
                // This fails only if the reader has stopped.
                let _ = out.sender.send(Err(error));
            }
        })?;
        Ok(Self {
            pieces,
            piece: io::Cursor::default(),
        })
    }
}

impl Read for Written {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match self.pieces.recv() {
                Ok(piece) => self.piece = io::Cursor::new(piece?),
                // The writer is done.
                Err(_) => return Ok(0),
            }
        }
    }
}

/// The writer's end.
struct Pieces {
    sender: SyncSender<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.sender.send(Ok(piece));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_and_errors_of_the_writer_arrive() {
        let long = "x".repeat(3 * PIECE + 5);
        let text = long.clone();
        let mut read = String::new();
        let mut written = Written::by(move |out| out.write_all(text.as_bytes())).unwrap();
        written.read_to_string(&mut read).unwrap();
        assert_eq!(read, long);
        let mut failed = Written::by(|out| {
            out.write_all(b"ab")?;
            Err(io::Error::other("damaged"))
        })
        .unwrap();
        let error = failed.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "damaged");
    }

    #[test]
    fn a_writer_stops_when_nobody_reads() {
        let (sender, ended) = sync_channel(1);
        let written = Written::by(move |out| {
            let result = loop {
                if let Err(error) = out.write_all(&[0; PIECE]) {
                    break error.kind();
                }
            };
            sender.send(result).unwrap();
            Ok(())
        })
        .unwrap();
        drop(written);
        assert_eq!(ended.recv().unwrap(), io::ErrorKind::BrokenPipe);
    }
}
