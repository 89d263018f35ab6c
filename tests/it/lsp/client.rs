//! The client library of VS Code against the server.
//!
//! It runs where `make lsp` has installed it below `target/lsp/`; `HYOKA_LSP` asks that it be there.

use std::process::Command;

use crate::support::{files, repository, town_copy};

#[test]
fn the_client_library_of_an_editor_is_answered() {
    if std::env::var_os("HYOKA_LSP").is_none() {
        return;
    }
    let modules = repository().join("target/lsp");
    assert!(modules.join("node_modules/vscode-languageserver-protocol").is_dir(), "the client is missing: make lsp");
    let folder = town_copy();
    let root = folder.path().join("town");
    let before = files(&root);
    let run = Command::new("node")
        .arg(repository().join("tests/tools/lsp/client.mjs"))
        .arg(&modules)
        .arg(env!("CARGO_BIN_EXE_hyoka"))
        .arg(&root)
        .output()
        .expect("node can be started");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("said and answered"), "it came to its end: {said}");
    assert!(files(&root) == before, "no byte is another");
}
