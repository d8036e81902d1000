//! Packs the plugin: optimised for speed, it has twice the size that a package should carry.

use std::io::Write;

use anyhow::{Context, Result, ensure};
use lz4::liblz4::{BlockChecksum, BlockMode, BlockSize, ContentChecksum};

/// The highest of LZ4's levels, which takes its time to pack but is as fast to unpack.
const LEVEL: u32 = 12;

/// A plugin as an LZ4 frame that `scrollback_unpack` reads. Deflate packs to 40 kB less, but
/// takes Typst's interpreter 25 ms to unpack, in place of 5.
///
/// # Errors
/// When it can't be packed, or isn't the same once it is unpacked.
pub fn pack(plugin: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = lz4::EncoderBuilder::new()
        .level(LEVEL)
        .block_size(BlockSize::Max4MB)
        .block_mode(BlockMode::Independent)
        .block_checksum(BlockChecksum::NoBlockChecksum)
        .checksum(ContentChecksum::NoChecksum)
        .content_size(plugin.len() as u64)
        .build(Vec::new())
        .context("the plugin can't be packed")?;
    encoder.write_all(plugin)?;
    let (packed, ended) = encoder.finish();
    ended?;
    let unpacked = scrollback_unpack::unpack(&packed).map_err(anyhow::Error::msg)?;
    ensure!(
        unpacked == plugin,
        "the packed plugin isn't the same unpacked"
    );
    Ok(packed)
}
