//! A mark by which the same bytes are known again.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal, 64 digits（指紋）.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        out.push(char::from_digit(u32::from(byte >> 4), 16).expect("four bits are a digit"));
        out.push(char::from_digit(u32::from(byte & 15), 16).expect("four bits are a digit"));
    }
    out
}
