//! VP8: frames given straight to the decoder.

#![no_main]

mod wrap;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wrap::decode("V_VP8", data));
