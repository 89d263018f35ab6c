//! The conversation（応答）: which message has which answer, and when the texts are judged.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use gen_lsp_types as lsp;
use gen_lsp_types::json_rpc::{Error as RpcError, Id, RequestObject, ResponseObject};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::edits::Able;
use super::found::{Way, by_file};
use super::house::{House, Standing};
use super::measured::Measured;
use super::open::{Held, Open, file_of};
use super::positions::Encoding;
use super::{Ended, Options, wire};
use crate::Error;
use crate::diagnostic::Lang;

/// How long nothing must have come before the texts are judged: between two letters of somebody who types on.
pub(super) const QUIET: Duration = Duration::from_millis(150);
/// How often the disk is looked at while nothing comes: somebody else may have saved.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The editor has not said what it can.
    Strange,
    /// It asks.
    Open,
    /// It said that it will leave.
    Leaving,
}

/// What the editor can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editor {
    /// Units of its columns.
    pub(super) encoding: Encoding,
    /// What it does with edits.
    pub(super) able: Able,
    /// In what it shows hints.
    pub(super) hints: Hints,
}

/// In what an editor shows hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hints {
    /// Markdown.
    Markdown,
    /// The letters as they are.
    Plain,
}

/// One conversation with an editor（応答の係）.
pub(super) struct Server<'o> {
    output: &'o mut dyn Write,
    log: &'o mut dyn FnMut(&str),
    pub(super) lang: Lang,
    /// Where the workspace is looked for, the first that is one.
    roots: Vec<PathBuf>,
    phase: Phase,
    pub(super) editor: Editor,
    pub(super) open: Open,
    pub(super) house: Option<House>,
    pub(super) measured: Measured,
    /// The number of the texts; each change makes it another.
    state: u64,
    /// The number of those that were judged last.
    pub(super) judged: u64,
    /// Files of which the editor was told something.
    told: BTreeSet<String>,
}

/// Why a request has no result.
pub(super) struct Refused {
    code: i32,
    message: String,
}

/// What a request is answered.
pub(super) type Answer = Result<Json, Refused>;

pub(super) fn refused(code: impl Into<i32>, message: impl Into<String>) -> Refused {
    Refused { code: code.into(), message: message.into() }
}

pub(super) fn failed(error: &Error, lang: Lang) -> Refused {
    refused(lsp::LspErrorCodes::RequestFailed, error.words(lang))
}

/// A value of the protocol as JSON.
pub(super) fn json_of(value: impl serde::Serialize) -> Json {
    serde_json::to_value(value).expect("a value of the protocol is plain data")
}

impl<'o> Server<'o> {
    pub(super) fn new(options: &Options, output: &'o mut dyn Write, log: &'o mut dyn FnMut(&str)) -> Self {
        Self {
            output,
            log,
            lang: options.lang,
            roots: options.root.iter().filter_map(|root| std::path::absolute(root).ok()).collect(),
            phase: Phase::Strange,
            editor: Editor { encoding: Encoding::Utf16, able: Able::default(), hints: Hints::Markdown },
            open: Open::default(),
            house: None,
            measured: Measured::default(),
            state: 0,
            judged: 0,
            told: BTreeSet::new(),
        }
    }

    pub(super) fn run(mut self, mut input: impl BufRead + Send + 'static) -> Ended {
        let (said, heard) = channel();
        let read = move || {
            loop {
                let next = wire::read(&mut input);
                let is_end = matches!(next, wire::Heard::Ended);
                if said.send(next).is_err() || is_end {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("editor".to_owned()).spawn(read);
        thread.expect("the system gives one thread more");
        let mut waiting: VecDeque<RequestObject> = VecDeque::new();
        loop {
            if waiting.is_empty() {
                match self.wait(&heard) {
                    Some(wire::Heard::Said(said)) => waiting.push_back(said),
                    Some(wire::Heard::Garbled(why)) => (self.log)(&why),
                    Some(wire::Heard::Ended) => return Ended::Broken,
                    None => continue,
                }
            }
            // All that lies there already, so that what was called off is not answered.
            loop {
                match heard.try_recv() {
                    Ok(wire::Heard::Said(said)) => waiting.push_back(said),
                    Ok(wire::Heard::Garbled(why)) => (self.log)(&why),
                    // What came before the end is still answered.
                    Ok(wire::Heard::Ended) | Err(_) => break,
                }
            }
            let Some(said) = waiting.pop_front() else { continue };
            let called_off = called_off(&said, &waiting);
            if let Some(ended) = self.take(said, called_off) {
                return ended;
            }
        }
    }

    /// The next message; `None` after something else was done.
    fn wait(&mut self, heard: &Receiver<wire::Heard>) -> Option<wire::Heard> {
        let is_behind = self.judged != self.state;
        match heard.recv_timeout(if is_behind { QUIET } else { LOOK_EVERY }) {
            Ok(next) => return Some(next),
            Err(RecvTimeoutError::Disconnected) => return Some(wire::Heard::Ended),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if !is_behind && self.house.as_mut().is_some_and(House::was_written) {
            self.state += 1;
        }
        self.guarded("judge", |server| server.settle());
        None
    }

    /// Does something that must not end the conversation, whatever happens.
    fn guarded<T>(&mut self, what: &str, done: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let result = catch_unwind(AssertUnwindSafe(|| done(self)));
        if result.is_err() {
            // What was half judged is judged again when the next change comes.
            self.judged = self.state;
            (self.log)(&format!("gave up: {what}"));
        }
        result.ok()
    }

    fn take(&mut self, said: RequestObject, called_off: bool) -> Option<Ended> {
        let (method, id, params) = said.into_parts();
        let params = params.unwrap_or(Json::Null);
        match id {
            None if method == "exit" => {
                return Some(if self.phase == Phase::Leaving { Ended::Asked } else { Ended::Broken });
            }
            None => {
                if self.phase == Phase::Open {
                    self.guarded(&method, |server| server.notified(&method, params));
                }
            }
            // What answers a request of ours; there is none.
            Some(_) if method.is_empty() => {}
            Some(id) => {
                let answer = if called_off {
                    Err(refused(lsp::LspErrorCodes::RequestCancelled, "called off"))
                } else {
                    let answer = self.guarded(&method, |server| server.answer(&method, params));
                    answer.unwrap_or_else(|| Err(refused(lsp::ErrorCodes::InternalError, "gave up")))
                };
                self.respond(id, answer);
            }
        }
        None
    }

    fn respond(&mut self, id: Id, answer: Answer) {
        match answer {
            Ok(result) => self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result })),
            Err(Refused { code, message }) => {
                let error = RpcError { code: lsp::ErrorCodes::from(code), message, data: None };
                self.send(&ResponseObject::from_error(id, error));
            }
        }
    }

    fn send(&mut self, message: &impl serde::Serialize) {
        // An editor that is gone hears nothing, and the pipe from it ends.
        if let Err(error) = wire::write(self.output, message) {
            (self.log)(&error.to_string());
        }
    }

    fn answer(&mut self, method: &str, params: Json) -> Answer {
        match (self.phase, method) {
            (Phase::Strange, "initialize") => Ok(self.initialize(&params)),
            (Phase::Strange, _) => Err(refused(lsp::ErrorCodes::ServerNotInitialized, "initialize comes first")),
            (Phase::Open, "shutdown") => {
                self.phase = Phase::Leaving;
                Ok(Json::Null)
            }
            (Phase::Open, "initialize") | (Phase::Leaving, _) => {
                Err(refused(lsp::ErrorCodes::InvalidRequest, "not now"))
            }
            (Phase::Open, "textDocument/completion") => self.completion(&understood(params)?),
            (Phase::Open, "textDocument/hover") => self.hover(&understood(params)?),
            (Phase::Open, "textDocument/definition") => self.definition(&understood(params)?),
            (Phase::Open, "textDocument/references") => self.references(&understood(params)?),
            (Phase::Open, "textDocument/prepareRename") => self.prepare_rename(&understood(params)?),
            (Phase::Open, "textDocument/rename") => self.rename(&understood(params)?),
            (Phase::Open, "textDocument/codeAction") => self.code_action(&understood(params)?),
            (Phase::Open, "textDocument/documentSymbol") => self.document_symbol(&understood(params)?),
            (Phase::Open, _) => Err(refused(lsp::ErrorCodes::MethodNotFound, method)),
        }
    }

    fn initialize(&mut self, params: &Json) -> Json {
        self.phase = Phase::Open;
        // Read by hand: no editor is refused for a part of this that we do not ask for.
        let words = |pointer: &str| -> Vec<&str> {
            params.pointer(pointer).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect()
        };
        let flag = |pointer: &str| params.pointer(pointer).and_then(Json::as_bool).unwrap_or_default();
        let offers_bytes = words("/capabilities/general/positionEncodings").contains(&"utf-8");
        let formats = words("/capabilities/textDocument/hover/contentFormat");
        self.editor = Editor {
            encoding: if offers_bytes { Encoding::Utf8 } else { Encoding::Utf16 },
            able: Able {
                versions: flag("/capabilities/workspace/workspaceEdit/documentChanges"),
                renames: flag("/capabilities/workspace/workspaceEdit/documentChanges")
                    && words("/capabilities/workspace/workspaceEdit/resourceOperations").contains(&"rename"),
            },
            hints: if formats.is_empty() || formats.contains(&"markdown") { Hints::Markdown } else { Hints::Plain },
        };
        if self.roots.is_empty() {
            let folders = params.pointer("/workspaceFolders").and_then(Json::as_array).into_iter().flatten();
            let folders = folders.filter_map(|folder| folder.get("uri"));
            let named = folders.chain(params.get("rootUri")).filter_map(Json::as_str);
            self.roots = named.filter_map(|uri| file_of(&lsp::Uri::from(uri))).collect();
            self.roots.extend(std::path::absolute(".").ok());
        }
        self.find_house();
        json_of(lsp::InitializeResult {
            capabilities: capabilities(self.editor.encoding),
            server_info: Some(lsp::ServerInfo {
                name: "hyoka".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    /// Opens the workspace, if one is found: one of the folders that were named, or one above.
    fn find_house(&mut self) {
        let all = self.roots.iter().flat_map(|root| root.ancestors());
        let Some(root) = all.filter(|folder| folder.join("content").is_dir()).map(Path::to_owned).next() else {
            return;
        };
        match House::open(&root) {
            Ok(house) => {
                self.open.settle_in(&root);
                self.house = Some(house);
                self.state += 1;
            }
            Err(error) => (self.log)(&error.words(self.lang)),
        }
    }

    fn notified(&mut self, method: &str, params: Json) {
        let done = match method {
            "textDocument/didOpen" => serde_json::from_value(params).map(|params| self.opened(params)),
            "textDocument/didChange" => serde_json::from_value(params).map(|params| self.changed(params)),
            "textDocument/didClose" => serde_json::from_value(params).map(|params: lsp::DidCloseTextDocumentParams| {
                self.open.close(&params.text_document.uri);
                self.state += 1;
            }),
            "textDocument/didSave" => serde_json::from_value(params).map(|params: lsp::DidSaveTextDocumentParams| {
                self.open.saved(&params.text_document.uri);
                self.state += 1;
            }),
            "workspace/didChangeWatchedFiles" => {
                self.state += 1;
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(error) = done {
            (self.log)(&format!("{method}: {error}"));
        }
    }

    fn opened(&mut self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        if self.house.is_none() {
            // An editor that opened no folder says where it is by its first file.
            self.roots.extend(file_of(&uri));
            self.find_house();
        }
        self.open.open(uri, (version, text), self.house.as_ref().map(|house| house.root.as_path()));
        self.state += 1;
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let lsp::VersionedTextDocumentIdentifier { version, text_document_identifier } = params.text_document;
        let uri = text_document_identifier.uri;
        if self.open.change(&uri, version, params.content_changes, self.editor.encoding) {
            self.state += 1;
        } else {
            (self.log)(&format!("changed, but not open: {}", uri.0));
        }
    }

    /// Judges the newest texts, where they are newer than those that were judged, and tells the editor what is wrong.
    pub(super) fn settle(&mut self) {
        if self.judged == self.state {
            return;
        }
        self.judged = self.state;
        let Some(house) = &mut self.house else { return };
        if let Err(error) = house.judge(&self.open) {
            (self.log)(&error.words(self.lang));
            return;
        }
        let Some((standing, way)) = self.known() else { return };
        let mut found = by_file(standing, way);
        let gone = self.told.iter().filter(|uri| !found.contains_key(*uri)).cloned().collect::<Vec<_>>();
        let now: BTreeSet<String> = found.keys().cloned().collect();
        found.extend(gone.into_iter().map(|uri| (uri, Vec::new())));
        let said: BTreeMap<String, Option<i32>> = found
            .keys()
            .map(|uri| (uri.clone(), self.open.get(&lsp::Uri::from(uri.as_str())).map(|held| held.version)))
            .collect();
        for (uri, diagnostics) in found {
            let version = said.get(&uri).copied().flatten();
            let params = lsp::PublishDiagnosticsParams { uri: lsp::Uri(uri), version, diagnostics };
            self.send(&json!({
                "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": json_of(params),
            }));
        }
        self.told = now;
    }

    /// What is known, and how the editor is spoken to.
    pub(super) fn known(&self) -> Option<(&Standing, Way<'_>)> {
        let house = self.house.as_ref()?;
        let way = Way { root: &house.root, open: &self.open, encoding: self.editor.encoding, lang: self.lang };
        Some((&house.standing, way))
    }

    /// A file that is open and part of the workspace; none: there is nothing to say of it.
    pub(super) fn held(&self, document: &lsp::TextDocumentIdentifier) -> Option<(&Held, &str)> {
        let held = self.open.get(&document.uri)?;
        held.path.as_deref().map(|path| (held, path))
    }
}

/// What this server can.
fn capabilities(encoding: Encoding) -> lsp::ServerCapabilities {
    let triggers = ["{", ">", "#", " ", "\"", "=", "["];
    lsp::ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(lsp::TextDocumentSync::Options(lsp::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(lsp::TextDocumentSyncKind::Incremental),
            save: Some(lsp::Save::SaveOptions(lsp::SaveOptions { include_text: Some(false) })),
            ..Default::default()
        })),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..Default::default()
        }),
        hover_provider: Some(lsp::HoverProvider::Bool(true)),
        definition_provider: Some(lsp::DefinitionProvider::Bool(true)),
        references_provider: Some(lsp::ReferencesProvider::Bool(true)),
        document_symbol_provider: Some(lsp::DocumentSymbolProvider::Bool(true)),
        code_action_provider: Some(lsp::CodeActionProvider::CodeActionOptions(lsp::CodeActionOptions {
            code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix]),
            ..Default::default()
        })),
        rename_provider: Some(lsp::RenameProvider::RenameOptions(lsp::RenameOptions {
            prepare_provider: Some(true),
            ..Default::default()
        })),
        ..Default::default()
    }
}

/// The parameters of a request.
fn understood<T: DeserializeOwned>(params: Json) -> Result<T, Refused> {
    serde_json::from_value(params).map_err(|error| refused(lsp::ErrorCodes::InvalidParams, error.to_string()))
}

/// Whether a later message calls a request off.
fn called_off(said: &RequestObject, later: &VecDeque<RequestObject>) -> bool {
    let Some(id) = said.id() else { return false };
    later.iter().any(|later| {
        let of = later.params().and_then(|params| params.get("id"));
        later.method() == "$/cancelRequest" && of.is_some_and(|of| *of == json_of(id))
    })
}
