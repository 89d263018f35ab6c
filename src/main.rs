//! The `hyoka` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    hyoka::cli::run()
}
