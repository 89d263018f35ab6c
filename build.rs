//! Tells the linker that functions of the same code need to stand in the program only once: types differ, their code often does not.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|known| known == value);
    // The linker that comes with Rust for this system knows the word; others may not.
    let is_here = [("ARCH", "x86_64"), ("OS", "linux"), ("ENV", "gnu")];
    if is("PROFILE", "release") && is_here.iter().all(|(name, value)| is(&format!("CARGO_CFG_TARGET_{name}"), value)) {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    }
}
