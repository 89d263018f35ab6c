//! The desk in a browser, asked as a browser asks: who may ask, what is answered, what is written and what never is.

pub(crate) mod beginning;
mod figure;
mod finishing;
mod fixing;
mod flows;
mod gate;
mod hearing;
mod hearing_parts;
mod killed;
mod marks;
mod measures;
mod reading;
mod records;
mod typing;
#[path = "../../tools/typist.rs"]
mod typist;
#[path = "../../tools/workplace.rs"]
mod workplace;
mod writing;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use hyoka::desk::freeze;
use hyoka::diagnostic::Lang;
use hyoka::serve::{Desk, Mode, Options, Running};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::returned::book::Book;
use crate::returned::{exported, place};
use crate::support::{files, named, town_copy};

const BASIC: &str = "content/assessments/zei/basic.md";
const OWN: &str = "content/municipalities/hikari/zei/basic.md";
const CLOUD: &str = "content/fragments/cloud.md";

/// A desk on a copy of the fixture, and a browser that was given the first address.
struct Clerk {
    folder: TempDir,
    desk: Option<Running>,
    port: u16,
    token: String,
    cookie: String,
}

struct Said {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Said {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }
}

impl Clerk {
    fn new() -> Self {
        Self::on(town_copy(), Mode::ReadWrite)
    }

    fn on(folder: TempDir, mode: Mode) -> Self {
        let desk = Desk::open(&folder.path().join("town"), &Options { port: 0, mode, lang: Lang::Ja });
        let desk = desk.expect("a port is free");
        let address = desk.address().to_owned();
        Self::at(folder, &address, Some(desk.start()))
    }

    /// A browser at a desk that runs somewhere, which was given the first address.
    pub(crate) fn at(folder: TempDir, address: &str, desk: Option<Running>) -> Self {
        let address = address.strip_prefix("http://127.0.0.1:").expect("this machine alone");
        let (port, token) = address.split_once("/?token=").expect("the secret stands in the address");
        let port = port.parse().expect("a port");
        let token = token.to_owned();
        let mut clerk = Self { folder, desk, port, token, cookie: String::new() };
        let said = clerk.ask("GET", &format!("/?token={}", clerk.token), &[], b"");
        let cookie = said.header("set-cookie").expect("the token gives a cookie");
        clerk.cookie = cookie.split(';').next().expect("it has a value").to_owned();
        clerk
    }

    /// Closes the desk and opens another on the same folder.
    fn again(mut self) -> Self {
        self.desk.take().expect("it is open").stop();
        let Self { folder, .. } = &mut self;
        let folder = std::mem::replace(folder, tempfile::tempdir().expect("the system has room"));
        Self::on(folder, Mode::ReadWrite)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("town")
    }

    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.root().join("content"))
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
        self.try_open((method, path), headers, body).expect("the desk listens")
    }

    fn try_open(&self, (method, path): (&str, &str), headers: &[(&str, &str)], body: &[u8]) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        let own = [("Host", format!("127.0.0.1:{}", self.port)), ("Cookie", self.cookie.clone())];
        let is_given = |name: &str| headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
        for (name, value) in own.iter().filter(|(name, _)| !is_given(name)) {
            head += &format!("{name}: {value}\r\n");
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        // A desk that refuses what is too large need not read it to its end.
        let _ = stream.write_all(body);
        Ok(stream)
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Said {
        self.try_ask((method, path), headers, body).expect("the desk answers")
    }

    fn try_ask(&self, of: (&str, &str), headers: &[(&str, &str)], body: &[u8]) -> io::Result<Said> {
        let mut reader = BufReader::new(self.try_open(of, headers, body)?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let status =
            line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut body = Vec::new();
        let _ = reader.read_to_end(&mut body);
        Ok(Said { status, headers, body })
    }

    fn get(&self, path: &str) -> Said {
        self.ask("GET", path, &[], b"")
    }

    fn post(&self, path: &str, body: &Json) -> Said {
        self.try_post(path, body).expect("the desk answers")
    }

    fn try_post(&self, path: &str, body: &Json) -> io::Result<Said> {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk"), ("Content-Type", "application/json")];
        self.try_ask(("POST", path), &headers, body.to_string().as_bytes())
    }

    fn item(&self, path: &str) -> Json {
        let said = self.get(&format!("/api/item?town=hikari&case=zei&form=&path={path}"));
        assert_eq!(said.status, 200, "{path}");
        said.json()
    }

    /// The edit of an item's layer, as a browser sends it after it has seen the item.
    fn edit(&self, path: &str, layer: &str, written: &Json) -> Json {
        let item = self.item(path);
        let own = item["layers"].as_array().expect("it has layers").iter();
        let shared = item["fragments"].as_array().expect("a list").iter().map(|fragment| &fragment["layer"]);
        let seen = own.chain(shared).find(|known| known["path"] == layer).expect("the layer is there");
        json!({
            "town": "hikari", "case": "zei", "form": "", "path": path, "layer": layer, "hash": seen["hash"],
            "written": written,
        })
    }

    fn save(&self, path: &str, layer: &str, written: impl Into<Json>) -> Said {
        self.post("/api/save", &self.edit(path, layer, &written.into()))
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            desk.stop();
        }
    }
}

/// The town frozen as it is before its changes, which its case names.
pub(crate) fn frozen() -> TempDir {
    let folder = town_copy();
    let root = folder.path().join("town");
    freeze(&root, &named("hikari/zei/first"), "公表した評価書").expect("the town can be frozen");
    let path = root.join("content/municipalities/hikari/zei/case.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    if !text.contains("edition") {
        fs::write(&path, text.replace("stage = ", "edition = \"first\"\nstage = ")).expect("it can be written");
    }
    folder
}

/// The town, beside another one that has the same case.
fn two_towns() -> TempDir {
    let folder = frozen();
    let towns = folder.path().join("town/content/municipalities");
    crate::support::copy(&towns.join("hikari"), &towns.join("minami"));
    let path = towns.join("minami/municipality.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("ひかり町", "みなみ町")).expect("it can be written");
    folder
}

/// A checklist in which one measure is answered.
pub(crate) fn answered() -> Book {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "◯").set(&place(&as_sent, 1, "E", "ds-02"), "毎月点検する。");
    });
    book
}
