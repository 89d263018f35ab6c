//! What the program is made of beside its code: a font that few documents show is packed, and the linker is told that functions of the same code
//! need to stand in it only once: types differ, their code often does not.

#![expect(clippy::disallowed_methods, reason = "what is compiled lies in a folder of the compiler's own")]

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// What lies in the program packed; `src/source/fonts.rs` unpacks it.
const PACKED: &str = "BIZUDMincho-Bold.ttf";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    pack();
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|known| known == value);
    // The linker that comes with Rust for this system knows the word; others may not.
    let is_here = [("ARCH", "x86_64"), ("OS", "linux"), ("ENV", "gnu")];
    if is("PROFILE", "release") && is_here.iter().all(|(name, value)| is(&format!("CARGO_CFG_TARGET_{name}"), value)) {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    }
}

fn pack() {
    let from = Path::new("templates/fonts").join(PACKED);
    println!("cargo:rerun-if-changed={}", from.display());
    let to = std::env::var_os("OUT_DIR").expect("cargo names a folder to write into");
    let bytes = std::fs::read(from).expect("the font lies in the repository");
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes).expect("a list takes all bytes");
    let packed = packed.finish().expect("a list takes all bytes");
    std::fs::write(Path::new(&to).join(format!("{PACKED}.z")), packed).expect("the folder can be written into");
}
