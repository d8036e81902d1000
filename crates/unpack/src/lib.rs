//! Unpacks the plugin of the Typst package, which is shipped as `src/scrollback.wasm.lz4`: code
//! that is optimised for speed is too large for a package, and packs to half its size.
//!
//! This crate for `wasm32-unknown-unknown` is `src/unpack.wasm` in the package, built by
//! `cargo xtask plugin`. It exports [`unpack`] by this name.

#[cfg(target_arch = "wasm32")]
mod protocol;

/// The first bytes of an LZ4 frame.
const MAGIC: [u8; 4] = 0x184D_2204_u32.to_le_bytes();

/// The descriptor's flags: version 1, blocks that don't need each other, no checksums of them,
/// the content's size and no checksum of it.
const FLAGS: u8 = 0b0110_1000;

/// Marks a block that is stored as it is.
const STORED: u32 = 1 << 31;

/// The content of an LZ4 frame, as `cargo xtask plugin` and `lz4 --content-size --no-frame-crc`
/// write it. Other frames can be valid as well, but nobody packs the plugin so.
///
/// The format is described at <https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md>.
///
/// # Errors
/// When the bytes aren't such a frame, or are damaged.
pub fn unpack(frame: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut rest = Reader(frame);
    if rest.take()? != MAGIC {
        return Err("expected an LZ4 frame, got something else");
    }
    // Flags, the blocks' largest size, and a checksum of the descriptor stand round the size.
    let [flags, _] = rest.take()?;
    if flags != FLAGS {
        return Err("expected an LZ4 frame of independent blocks with its size and no checksums");
    }
    let size = u64::from_le_bytes(rest.take()?);
    let [_] = rest.take()?;
    let mut content = vec![0; usize::try_from(size).map_err(|_| DAMAGED)?];
    let mut filled = 0;
    loop {
        let head = u32::from_le_bytes(rest.take()?);
        if head == 0 {
            break;
        }
        let block = rest.bytes((head & !STORED) as usize)?;
        let room = content.get_mut(filled..).unwrap_or_default();
        filled += if head & STORED == 0 {
            lz4_flex::block::decompress_into(block, room).map_err(|_| DAMAGED)?
        } else {
            let room = room.get_mut(..block.len()).ok_or(DAMAGED)?;
            room.copy_from_slice(block);
            block.len()
        };
    }
    if filled != content.len() || !rest.0.is_empty() {
        return Err(DAMAGED);
    }
    Ok(content)
}

const DAMAGED: &str = "the LZ4 frame is damaged";

/// The bytes that aren't read yet.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::unpack;

    /// `lz4 -BI --content-size --no-frame-crc` of "scrollback " ten times and a full stop.
    const FRAME: [u8; 44] = [
        0x04, 0x22, 0x4d, 0x18, 0x68, 0x40, 0x6f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf3,
        0x15, 0x00, 0x00, 0x00, 0xbf, 0x73, 0x63, 0x72, 0x6f, 0x6c, 0x6c, 0x62, 0x61, 0x63, 0x6b,
        0x20, 0x0b, 0x00, 0x4c, 0x50, 0x61, 0x63, 0x6b, 0x20, 0x2e, 0x00, 0x00, 0x00, 0x00,
    ];

    fn content() -> Vec<u8> {
        ("scrollback ".repeat(10) + ".").into_bytes()
    }

    #[test]
    fn reads_what_lz4_writes() {
        assert_eq!(unpack(&FRAME), Ok(content()));
    }

    #[test]
    fn reads_a_stored_block() {
        let mut frame = FRAME[..15].to_vec();
        frame.extend((0x8000_0000 | 111_u32).to_le_bytes());
        frame.extend(content());
        frame.extend([0; 4]);
        assert_eq!(unpack(&frame), Ok(content()));
    }

    #[test]
    fn refuses_what_is_damaged() {
        for length in 0..FRAME.len() {
            assert!(unpack(&FRAME[..length]).is_err(), "{length} bytes");
        }
        assert!(unpack(&[&FRAME[..], &[0]].concat()).is_err(), "a byte more");
        let mut other = FRAME;
        other[4] |= 0b100;
        let error = unpack(&other).unwrap_err();
        assert!(error.contains("no checksums"), "{error}");
    }
}
