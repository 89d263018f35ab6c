//! The workspace in an editor: `hyoka lsp` spoken to over its standard input, on fictitious towns; and by the client library of an editor.

mod broken;
mod client;
mod naming;
mod places;
mod typing;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::support::{files, town_copy};

const BASIC: &str = "content/assessments/zei/basic.md";
const CHANGES: &str = "content/assessments/zei/changes.toml";
const CLOUD: &str = "content/fragments/cloud.md";
const FACTS: &str = "content/facts.toml";
const TOWN: &str = "content/municipalities/hikari/municipality.toml";

/// How long a machine under load may take for an answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// An editor that has started the server on a copy of the fixture.
struct Editor {
    folder: TempDir,
    server: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Json>,
    last: i64,
    /// What was said of each file last, by its name.
    found: BTreeMap<String, Json>,
    /// How often something was said of a file.
    times: BTreeMap<String, usize>,
}

/// What an editor can that knows everything.
fn able() -> Json {
    json!({
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] } },
    })
}

/// A name of an editor for a file.
fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn at(line: u32, character: u32) -> Json {
    json!({ "line": line, "character": character })
}

/// Where a byte of a text stands, in UTF-16 code units.
fn position(text: &str, offset: usize) -> Json {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let units = text[start..offset].encode_utf16().count();
    at(
        u32::try_from(text[..start].matches('\n').count()).expect("it is small"),
        u32::try_from(units).expect("it is small"),
    )
}

/// The bytes of a range of the protocol, counted in UTF-16 code units, in a text that may have CR LF.
fn bytes(text: &str, range: &Json) -> std::ops::Range<usize> {
    let offset = |position: &Json| {
        let line = usize::try_from(position["line"].as_u64().expect("a line")).expect("it is small");
        let mut units = position["character"].as_u64().expect("a column");
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut at = start;
        for character in text[start..].chars().take_while(|character| !matches!(character, '\r' | '\n')) {
            if units == 0 {
                break;
            }
            units -= u64::try_from(character.len_utf16()).expect("it is small");
            at += character.len_utf8();
        }
        assert_eq!(units, 0, "the column is in the line: {position}");
        at
    };
    offset(&range["start"])..offset(&range["end"])
}

/// The words at a range.
fn words<'t>(text: &'t str, range: &Json) -> &'t str {
    &text[bytes(text, range)]
}

impl Editor {
    /// Opens the folder of the fixture.
    fn new() -> Self {
        Self::on(town_copy(), able())
    }

    fn on(folder: TempDir, capabilities: Json) -> Self {
        let root = folder.path().join("town");
        let mut editor = Self::started(folder, &[]);
        let params = json!({
            "processId": null, "rootUri": uri(&root), "capabilities": capabilities,
            "workspaceFolders": [{ "uri": uri(&root), "name": "town" }],
        });
        let said = editor.ask("initialize", params).expect("it can be asked");
        assert_eq!(said["serverInfo"]["name"], "hyoka");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing yet. It is started somewhere else, as editors do.
    fn started(folder: TempDir, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
        command.arg("lsp").args(arguments).current_dir(std::env::temp_dir());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut server = command.spawn().expect("the program can be started");
        let mut output = BufReader::new(server.stdout.take().expect("it is a pipe"));
        let (said, heard) = channel();
        std::thread::spawn(move || {
            while let Some(message) = next(&mut output) {
                if said.send(message).is_err() {
                    return;
                }
            }
        });
        let input = server.stdin.take();
        Self { folder, server, input, heard, last: 0, found: BTreeMap::new(), times: BTreeMap::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("town")
    }

    fn uri(&self, path: &str) -> String {
        uri(&self.root().join(path))
    }

    fn saved(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.root())
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the pipe is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server listens");
    }

    fn say(&mut self, message: &Json) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Json) {
        self.say(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and gives its number.
    fn send(&mut self, method: &str, params: Json) -> i64 {
        self.last += 1;
        let id = self.last;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The next message; what is wrong with a file is noted.
    fn hear(&mut self) -> Json {
        let message = self.heard.recv_timeout(PATIENCE).expect("the server answers");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = message["params"].clone();
            let uri = params["uri"].as_str().expect("a name").to_owned();
            *self.times.entry(uri.clone()).or_default() += 1;
            self.found.insert(uri, params);
        }
        message
    }

    /// What a request is answered: a result, or an error.
    fn ask(&mut self, method: &str, params: Json) -> Result<Json, Json> {
        let id = self.send(method, params);
        self.answer(id)
    }

    fn answer(&mut self, id: i64) -> Result<Json, Json> {
        loop {
            let message = self.hear();
            if message["id"] == id {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    fn open(&mut self, path: &str) -> String {
        let text = self.saved(path);
        self.open_as(path, &text);
        text
    }

    fn open_as(&mut self, path: &str, text: &str) {
        let language = if path.ends_with(".md") { "markdown" } else { "toml" };
        let document = json!({ "uri": self.uri(path), "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// The editor has another text now.
    fn write(&mut self, path: &str, version: i32, text: &str) {
        let params = json!({
            "textDocument": { "uri": self.uri(path), "version": version }, "contentChanges": [{ "text": text }],
        });
        self.tell("textDocument/didChange", params);
    }

    /// Waits until what is wrong with a file is as it is wanted.
    fn until(&mut self, path: &str, wanted: impl Fn(&[Json]) -> bool) -> Vec<Json> {
        let uri = self.uri(path);
        let start = Instant::now();
        loop {
            let found = self.found.get(&uri).map(|found| found["diagnostics"].as_array().expect("a list").clone());
            if let Some(found) = found.filter(|found| wanted(found)) {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "{path}: {:#?}", self.found);
            self.hear();
        }
    }

    /// Waits until a code is told of a file.
    fn until_code(&mut self, path: &str, code: &str) -> Json {
        let found = self.until(path, |found| found.iter().any(|one| one["code"] == code));
        found.into_iter().find(|one| one["code"] == code).expect("it was waited for")
    }

    /// Asks something at a place: the beginning of words in a text.
    fn ask_at(&mut self, method: &str, (path, text): (&str, &str), words: &str) -> Result<Json, Json> {
        let offset = text.find(words).unwrap_or_else(|| panic!("{words} in {path}"));
        self.ask_where(method, path, position(text, offset), json!({}))
    }

    fn ask_where(&mut self, method: &str, path: &str, position: Json, more: Json) -> Result<Json, Json> {
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": position });
        let more = more.as_object().expect("keys").clone();
        params.as_object_mut().expect("keys").extend(more);
        self.ask(method, params)
    }

    /// Leaves as the protocol asks.
    fn leave(mut self) -> (ExitStatus, String) {
        assert_eq!(self.ask("shutdown", Json::Null), Ok(Json::Null));
        self.tell("exit", Json::Null);
        self.ended()
    }

    /// Closes the pipe and waits for the server's end: its code, and what it said besides.
    fn ended(&mut self) -> (ExitStatus, String) {
        drop(self.input.take());
        let mut said = String::new();
        let stderr: Option<ChildStderr> = self.server.stderr.take();
        stderr.expect("it is a pipe").read_to_string(&mut said).expect("it is UTF-8");
        (self.server.wait().expect("it ends"), said)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It ends with its pipe; of a test that failed it may not.
        drop(self.input.take());
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The next message of a server.
fn next(output: &mut impl BufRead) -> Option<Json> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}

/// A text with edits, which do not overlap, put in.
fn edited(text: &str, edits: &Json) -> String {
    let mut ranges: Vec<_> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| (bytes(text, &edit["range"]), edit["newText"].as_str().expect("words")))
        .collect();
    ranges.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, words) in ranges {
        text.replace_range(range, words);
    }
    text
}
