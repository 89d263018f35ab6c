//! The workspace in an editor（エディター）: `hyoka lsp`, the language server protocol over standard input and output.
//!
//! Input: what an editor says of the files that it holds open. Output: what is wrong with them, what may be written, what a place means, and
//! edits for the editor to make. It stands on the [`session`](crate::session): the texts that the editor has not saved yet are read in place of
//! the files, and judged as every command judges them. It knows no rule and no form of its own, and writes nothing to the disk.
//!
//! | part | what it knows |
//! |---|---|
//! | `wire` | messages as bytes |
//! | `positions` | lines and columns as the editor counts them |
//! | `open` | the files that the editor holds |
//! | `house` | the workspace, and what is known of it |
//! | `server` | the conversation, and when to judge |
//! | `answers` | which question of a place has which answer |
//! | `found` | mistakes, and what mends them |
//! | `names`, `naming` | shared texts, terms, changes: where they are made and used, under another name |
//! | `items` | which items a file may hold |
//! | `complete`, `hover`, `symbols` | what may stand at a place, what is told of it, the outline |
//! | `measured` | pages, measured beside the typing |
//! | `edits` | edits for the editor to make |
//!
//! # One thing after the other
//!
//! One thread answers. What lies in the pipe is taken in before anything is judged, and judging waits until nothing has come for a moment
//! （0.15 s）. So while somebody types nothing is judged that is not the newest text, and no question waits behind another judgement
//! than the one that runs. Rejected: a thread that judges and is told to stop. Every rule would have to ask whether it goes on, for a judgement
//! that is short in itself（`make bench` times it）.
//!
//! # Positions
//!
//! Columns are bytes where the editor offers UTF-8, else UTF-16 code units: 「𠮷」 is one character and two units. CR LF is the end of a
//! line and part of no text; a byte order mark is counted where the editor holds it.

mod answers;
mod complete;
mod edits;
mod found;
mod house;
mod hover;
mod items;
mod measured;
mod names;
mod naming;
mod open;
mod positions;
mod server;
mod symbols;
mod wire;

use std::io::{BufRead, Write};
use std::path::PathBuf;

use crate::diagnostic::Lang;
use server::Server;

/// How the server is started（起動の仕方）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The workspace; none: the folder that the editor opens, else the one of a file that it opens, else the current one.
    pub root: Option<PathBuf>,
    /// Language of what is said.
    pub lang: Lang,
}

/// How the conversation ended（終わり方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it, in the order of the protocol: `shutdown`, then `exit`.
    Asked,
    /// The editor left without it.
    Broken,
}

/// Answers an editor until it leaves. What cannot be understood is said to `log`, a line each.
///
/// # Panics
/// If the system gives no thread.
pub fn serve(
    options: &Options,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    log: &mut dyn FnMut(&str),
) -> Ended {
    Server::new(options, output, log).run(input)
}
