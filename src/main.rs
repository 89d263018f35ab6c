//! The `hyoka` program.

use std::process::ExitCode;

/// A run makes many small texts on every core, which the system's allocator takes a quarter of its time for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hyoka::cli::run()
}
