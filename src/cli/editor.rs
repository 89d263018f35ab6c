//! `hyoka lsp`: answers an editor over standard input and output.

use std::io::BufReader;
use std::path::Path;

use super::{MISTAKES, OK, say};
use crate::diagnostic::Lang;
use crate::lsp::{Ended, Options, serve};
use crate::system::spare_memory;

/// The exit code is the protocol's: 0 where the editor said that it would leave, else 1.
pub(super) fn run(root: &Path, lang: Lang) -> u8 {
    spare_memory();
    // The current folder is meant by nobody: editors start their servers anywhere.
    let root = (root != Path::new(".")).then(|| root.to_owned());
    let mut log = |line: &str| say(&format!("hyoka lsp: {line}"));
    let input = BufReader::new(std::io::stdin());
    match serve(&Options { root, lang }, input, &mut std::io::stdout().lock(), &mut log) {
        Ended::Asked => OK,
        Ended::Broken => MISTAKES,
    }
}
