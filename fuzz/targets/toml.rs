//! See [`hyoka_fuzz::toml`].

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyoka_fuzz::toml(bytes));
