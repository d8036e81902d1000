//! The function that Typst sees, by the protocol of its plugins. The macros
//! write `unsafe` code: the calls that move bytes to and from Typst.
#![allow(unsafe_code)]

use wasm_minimal_protocol::{initiate_protocol, wasm_func};

initiate_protocol!();

#[wasm_func]
fn unpack(frame: &[u8]) -> Result<Vec<u8>, &'static str> {
    crate::unpack(frame)
}
