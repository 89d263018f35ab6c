//! See [`hyoka_fuzz::marks`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyoka_fuzz::marks(bytes));
