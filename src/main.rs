//! The `hyoka` program.

use std::process::ExitCode;

/// A run makes many small texts on every core, which the system's allocator takes a quarter of its time for.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The same where that cannot be built.
#[cfg(target_env = "msvc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hyoka::cli::run()
}
