// An editor's own client library against `hyoka lsp`: what VS Code sends and how it reads the answers, positions and edits.
//
//   node client.mjs MODULES PROGRAM ROOT
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, program, root] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const protocol = require("vscode-languageserver-protocol/node");
const { TextDocument } = require("vscode-languageserver-textdocument");

const server = spawn(program, ["lsp", "--stdio"], { cwd: "/", stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((resolve) => server.on("exit", resolve));
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
connection.onError(([error]) => assert.fail(error));

const uri = (path) => pathToFileURL(join(root, path)).href;
const found = new Map();
const waiting = [];
connection.onNotification(protocol.PublishDiagnosticsNotification.type, (said) => {
  found.set(said.uri, said);
  for (const one of waiting.splice(0)) one();
});
connection.listen();

/** Waits until what is wrong with a file is as it is wanted. */
async function until(path, wanted) {
  for (;;) {
    const said = found.get(uri(path));
    if (said && wanted(said.diagnostics)) return said.diagnostics;
    await new Promise((resolve) => waiting.push(resolve));
  }
}

const documents = new Map();
function open(path) {
  const text = readFileSync(join(root, path), "utf8");
  const document = TextDocument.create(uri(path), path.endsWith(".md") ? "markdown" : "toml", 1, text);
  documents.set(path, document);
  connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri: document.uri, languageId: document.languageId, version: 1, text },
  });
  return document;
}

/** Types words in place of others, as a change of the document. */
function type(path, old, words) {
  const document = documents.get(path);
  const start = document.getText().indexOf(old);
  assert.ok(start >= 0, `${old} in ${path}`);
  const range = { start: document.positionAt(start), end: document.positionAt(start + old.length) };
  const changes = [{ range, text: words }];
  TextDocument.update(document, changes, document.version + 1);
  connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri: document.uri, version: document.version }, contentChanges: changes,
  });
}

/** A place in a document: the beginning of words. */
function at(path, words) {
  const document = documents.get(path);
  const start = document.getText().indexOf(words);
  assert.ok(start >= 0, `${words} in ${path}`);
  return { textDocument: { uri: document.uri }, position: document.positionAt(start) };
}

const words = (path, range) => documents.get(path).getText(range);

const said = await connection.sendRequest(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: uri(""),
  workspaceFolders: [{ uri: uri(""), name: "town" }],
  capabilities: {
    general: { positionEncodings: ["utf-16"] },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
    textDocument: { hover: { contentFormat: ["markdown", "plaintext"] }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } } },
  },
});
assert.equal(said.capabilities.positionEncoding, "utf-16");
connection.sendNotification(protocol.InitializedNotification.type, {});

const basic = "content/assessments/zei/basic.md";
open(basic);
const original = documents.get(basic).getText();

// Typing, beyond a character of two units.
type(basic, "{{own}}は、", "𠮷野の{{ownn}}は、");
const [mistake] = (await until(basic, (all) => all.some((one) => one.code === "H0303"))).filter((one) => one.code === "H0303");
assert.equal(words(basic, mistake.range), "{{ownn}}");
assert.ok(protocol.Diagnostic.is(mistake));

// A button mends it.
const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
  textDocument: { uri: uri(basic) }, range: mistake.range, context: { diagnostics: [mistake] },
});
assert.ok(protocol.CodeAction.is(actions[0]), JSON.stringify(actions));
const [fix] = actions[0].edit.documentChanges;
assert.equal(fix.textDocument.version, documents.get(basic).version);
assert.equal(TextDocument.applyEdits(documents.get(basic), fix.edits), original.replace("{{own}}は、", "𠮷野の{{own}}は、"));
type(basic, "𠮷野の{{ownn}}は、", "{{own}}は、");
await until(basic, (all) => all.length === 0);
assert.equal(documents.get(basic).getText(), original);

// Completion.
type(basic, "{{own}}は、", "{{o");
const offered = await connection.sendRequest(protocol.CompletionRequest.type, {
  ...at(basic, "{{o"), position: documents.get(basic).positionAt(documents.get(basic).getText().indexOf("{{o") + 3),
});
const own = offered.items.find((item) => item.label === "own");
assert.ok(protocol.TextEdit.is(own.textEdit) && own.detail.includes("本町"), JSON.stringify(own));
assert.ok(TextDocument.applyEdits(documents.get(basic), [own.textEdit]).includes("{{own}}"));
type(basic, "{{o", "{{own}}は、");

// Hints.
const hover = await connection.sendRequest(protocol.HoverRequest.type, at(basic, "work-content"));
assert.ok(protocol.Hover.is(hover) && hover.contents.value.includes("本町は"), JSON.stringify(hover));

// A name: made, used, changed.
const made = await connection.sendRequest(protocol.DefinitionRequest.type, at(basic, "cloud}}"));
assert.deepEqual(made.map((place) => place.uri), [uri("content/fragments/cloud.md")]);
const used = await connection.sendRequest(protocol.ReferencesRequest.type, {
  ...at(basic, "cloud}}"), context: { includeDeclaration: true },
});
assert.ok(used.every((place) => protocol.Location.is(place)) && used.length === 2, JSON.stringify(used));
const prepared = await connection.sendRequest(protocol.PrepareRenameRequest.type, at(basic, "cloud}}"));
assert.equal(prepared.placeholder, "cloud");
const edit = await connection.sendRequest(protocol.RenameRequest.type, { ...at(basic, "cloud}}"), newName: "data-centre" });
assert.ok(protocol.WorkspaceEdit.is(edit));
const renamed = edit.documentChanges.find((change) => change.kind === "rename");
assert.deepEqual([renamed.oldUri, renamed.newUri], [uri("content/fragments/cloud.md"), uri("content/fragments/data-centre.md")]);
await assert.rejects(
  connection.sendRequest(protocol.RenameRequest.type, { ...at(basic, "own}}"), newName: "start" }),
  /すでに使われています/,
);

// The outline.
const outline = await connection.sendRequest(protocol.DocumentSymbolRequest.type, { textDocument: { uri: uri(basic) } });
assert.ok(outline.length === 6 && outline.every((one) => protocol.DocumentSymbol.is(one)), JSON.stringify(outline));

// A question that is called off.
const source = new protocol.CancellationTokenSource();
const off = connection.sendRequest(protocol.HoverRequest.type, at(basic, "work-content"), source.token);
source.cancel();
await off.catch((error) => assert.equal(error.code, protocol.LSPErrorCodes.RequestCancelled));

await connection.sendRequest(protocol.ShutdownRequest.type);
await connection.sendNotification(protocol.ExitNotification.type);
assert.equal(await ended, 0);
console.log("said and answered");
process.exit(0);
