//! Writes a workspace of so many fictitious cities, for loads: `cargo run --example towns -- FOLDER 1788`.

#![expect(clippy::disallowed_methods, reason = "an example writes a folder of its own")]
#![expect(clippy::print_stderr, reason = "an example says how it is called")]

mod nation;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(Ok(count))) = (arguments.first(), arguments.get(1).map(|count| count.parse::<usize>()))
    else {
        eprintln!("towns FOLDER COUNT: a workspace of COUNT cities, at most {}", nation::MOST);
        return ExitCode::from(2);
    };
    if count > nation::MOST {
        eprintln!("there are names for {} cities", nation::MOST);
        return ExitCode::from(2);
    }
    nation::write(Path::new(folder), 0..count);
    ExitCode::SUCCESS
}
