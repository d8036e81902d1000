//! The functions that Typst sees, by the protocol of its plugins: it calls them with the
//! lengths of the arguments, hands these over on request, and is given the result.
#![allow(unsafe_code)]

use crate::memory::Memory;

#[global_allocator]
static MEMORY: Memory = Memory::new();

#[link(wasm_import_module = "typst_env")]
unsafe extern "C" {
    #[link_name = "wasm_minimal_protocol_write_args_to_buffer"]
    fn take_arguments(at: *mut u8);
    #[link_name = "wasm_minimal_protocol_send_result_to_host"]
    fn give_result(at: *const u8, length: usize);
}

#[unsafe(export_name = "markdown")]
extern "C" fn markdown(text: usize, asked: usize) -> i32 {
    call(text, asked, crate::markdown)
}

#[unsafe(export_name = "transcript")]
extern "C" fn transcript(data: usize, asked: usize) -> i32 {
    call(data, asked, crate::transcript)
}

/// What calls a function of this crate gives.
type Answer = Result<Vec<u8>, String>;

/// Calls a function with two arguments of these lengths. Gives 0 where it succeeds, and 1
/// where the result is the text of an error.
fn call(first: usize, second: usize, function: fn(&[u8], &[u8]) -> Answer) -> i32 {
    // SAFETY: of the call before, nothing is left but what lasts.
    unsafe { MEMORY.begin() };
    let mut arguments = vec![0; first + second];
    // SAFETY: the host writes as many bytes as it named.
    unsafe { take_arguments(arguments.as_mut_ptr()) };
    let (first, second) = arguments.split_at(first);
    let (code, result) = match function(first, second) {
        Ok(result) => (0, result),
        Err(error) => (1, error.into_bytes()),
    };
    // SAFETY: the result stays until the next call.
    unsafe { give_result(result.as_ptr(), result.len()) };
    code
}
