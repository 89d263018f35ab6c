//! See [`hyoka_fuzz::markdown`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyoka_fuzz::markdown(bytes));
