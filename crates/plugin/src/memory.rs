//! Memory that is handed out in a row, and taken back as a whole when the next call begins.
//!
//! A call reads, answers and is over: nothing in it needs to be freed by itself. That spares
//! the plugin an allocator with lists of free memory, and the interpreter a tenth of what it
//! does. In return, a call holds all that it ever asked for: some six times the export.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use scrollback_core::lasting_values;

/// The unit that WebAssembly's memory grows by.
const PAGE: usize = 1 << 16;

/// The allocator. WebAssembly has no threads here; atomics are plain numbers.
pub struct Memory {
    /// Where the memory of a call begins.
    start: AtomicUsize,
    /// Where free memory begins.
    next: AtomicUsize,
    /// Where it ends.
    end: AtomicUsize,
    /// How many values outlasted the calls before.
    lasting: AtomicUsize,
}

impl Memory {
    pub const fn new() -> Self {
        Self {
            start: AtomicUsize::new(0),
            next: AtomicUsize::new(0),
            end: AtomicUsize::new(0),
            lasting: AtomicUsize::new(0),
        }
    }

    /// Begins with a call: takes back the memory of the one before, unless that made
    /// something which lasts.
    ///
    /// # Safety
    /// Nothing of the call before may be in use, save what [`lasting_values`] counts.
    pub unsafe fn begin(&self) {
        let lasting = lasting_values();
        if lasting == self.lasting.load(Relaxed) {
            self.next.store(self.start.load(Relaxed), Relaxed);
        } else {
            self.lasting.store(lasting, Relaxed);
            self.start.store(self.next.load(Relaxed), Relaxed);
        }
    }

    /// Makes room up to this address.
    #[cold]
    fn grow(&self, needed: usize) -> bool {
        let size = length();
        let missing = needed.saturating_sub(size).div_ceil(PAGE);
        // By an eighth at least, as growing may copy everything.
        let wanted = missing.max(size / PAGE / 8);
        if memory_grow::<0>(wanted) == usize::MAX && memory_grow::<0>(missing) == usize::MAX {
            return false;
        }
        self.end.store(length(), Relaxed);
        true
    }
}

/// The length of the memory; the last byte of four gibibytes has no end in 32 bits.
fn length() -> usize {
    memory_size::<0>().saturating_mul(PAGE)
}

// SAFETY: what is handed out is above the memory that there was at first, or above all that
// was handed out before in this call, and below the memory's end.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut next = self.next.load(Relaxed);
        if next == 0 {
            // The program's own data ends somewhere before.
            next = length();
            self.start.store(next, Relaxed);
        }
        let start = next.next_multiple_of(layout.align());
        let Some(end) = start.checked_add(layout.size()) else {
            return ptr::null_mut();
        };
        if end > self.end.load(Relaxed) && !self.grow(end) {
            return ptr::null_mut();
        }
        self.next.store(end, Relaxed);
        ptr::with_exposed_provenance_mut(start)
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size <= layout.size() {
            return old;
        }
        let at = old.addr();
        // What was handed out last grows where it is.
        if at + layout.size() == self.next.load(Relaxed) {
            self.next.store(at, Relaxed);
        }
        // SAFETY: the layout is the old one with another size, which the caller vouches for.
        let new = unsafe {
            let layout = Layout::from_size_align_unchecked(size, layout.align());
            self.alloc(layout)
        };
        if !new.is_null() && new != old {
            // SAFETY: both are this long, and do not overlap.
            unsafe { ptr::copy_nonoverlapping(old, new, layout.size()) };
        }
        new
    }
}
