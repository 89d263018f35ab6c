//! Messages as bytes（通信の形）: a header that says how long, and JSON.
//!
//! Written here and not taken from `lsp-server`: that reader ends at the first message that is no JSON, and reserves whatever length a
//! header claims.

use std::io::{self, BufRead, Read, Write};

use gen_lsp_types::json_rpc::RequestObject;
use serde::Serialize;

/// Most bytes of one message: a file of the most that is read（8 MB）, escaped, and more.
const MESSAGE_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Most bytes of one line of a header.
const HEADER_MAX_BYTES: u64 = 4 * 1024;

/// What came from the editor.
#[derive(Debug)]
pub(super) enum Heard {
    /// A request or a notification; what answers a request of ours has no method, and we ask for nothing.
    Said(RequestObject),
    /// Bytes that are no message, and why. What follows them may be one.
    Garbled(String),
    /// Nothing will come any more.
    Ended,
}

/// The next message.
pub(super) fn read(input: &mut impl BufRead) -> Heard {
    match try_read(input) {
        Ok(heard) => heard,
        // A pipe that breaks says no more.
        Err(_) => Heard::Ended,
    }
}

fn try_read(input: &mut impl BufRead) -> io::Result<Heard> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(HEADER_MAX_BYTES).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(Heard::Ended);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        let Some(field) = line.strip_suffix('\n').map(str::trim_end) else {
            return Ok(Heard::Garbled(format!("a line of a header without an end: {}", shown(&line))));
        };
        if field.is_empty() {
            break;
        }
        let Some((name, value)) = field.split_once(':') else {
            return Ok(Heard::Garbled(format!("no header: {}", shown(field))));
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let Some(length) = length else { return Ok(Heard::Garbled("a header without Content-Length".to_owned())) };
    if length > MESSAGE_MAX_BYTES {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Heard::Garbled(format!("a message of {length} bytes")));
    }
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(Heard::Ended);
    }
    Ok(match serde_json::from_slice(&body) {
        Ok(said) => Heard::Said(said),
        Err(error) => Heard::Garbled(format!("{error}: {}", shown(&String::from_utf8_lossy(&body)))),
    })
}

/// The beginning of what was heard, in one line.
fn shown(text: &str) -> String {
    text.chars().take(80).map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// Sends a message.
///
/// # Errors
/// Those of the pipe.
pub(super) fn write(output: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8]) -> Vec<String> {
        let mut input = io::BufReader::new(bytes);
        let mut all = Vec::new();
        loop {
            match read(&mut input) {
                Heard::Said(said) => all.push(said.method().to_owned()),
                Heard::Garbled(_) => all.push("?".to_owned()),
                Heard::Ended => return all,
            }
        }
    }

    fn framed(body: &[u8]) -> Vec<u8> {
        [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    }

    #[test]
    fn a_broken_message_does_not_stop_the_next() {
        let exit = framed(br#"{"jsonrpc":"2.0","method":"exit"}"#);
        for broken in [
            framed(b"{"),
            framed(b"\xff\xfe"),
            framed(br#"{"jsonrpc":"1.0","method":"exit"}"#),
            framed(br#"[]"#),
            b"Content-Length: x\r\n\r\n".to_vec(),
            b"hello\r\n".to_vec(),
            b"\r\n".to_vec(),
        ] {
            assert_eq!(heard(&[broken.clone(), exit.clone()].concat()), ["?", "exit"], "{broken:?}");
        }
        assert_eq!(heard(&[&exit[..], &exit].concat()), ["exit", "exit"]);
    }

    #[test]
    fn no_length_is_believed() {
        assert_eq!(heard(b"Content-Length: 99999999999999\r\n\r\n{}"), ["?"]);
        assert_eq!(heard(b"Content-Length: 99999999999999999999999\r\n\r\n"), ["?"]);
        assert_eq!(heard(b"Content-Length: 500\r\n\r\n{}"), Vec::<String>::new());
        assert_eq!(heard(&[b'a'; 10_000]), ["?", "?", "?"]);
    }

    #[test]
    fn a_header_may_be_written_in_other_ways() {
        let body = br#"{"jsonrpc":"2.0","method":"exit"}"#;
        let header =
            format!("content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:{}\r\n\r\n", body.len());
        assert_eq!(heard(&[header.as_bytes(), body].concat()), ["exit"]);
    }
}
