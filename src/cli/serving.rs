//! `hyoka serve`: opens the desk and says where.

use std::path::Path;
use std::process::{Command, Stdio};

use super::arguments::ServeArguments;
use super::{OK, print, say};
use crate::Error;
use crate::diagnostic::Lang;
use crate::serve::{Desk, Mode, Options};
use crate::system::spare_memory;

pub(super) fn run(root: &Path, lang: Lang, options: &ServeArguments) -> Result<u8, Error> {
    let mode = if options.read_only { Mode::ReadOnly } else { Mode::ReadWrite };
    spare_memory();
    let desk = Desk::open(root, &Options { port: options.port, mode, lang })?;
    say(match lang {
        Lang::Ja => "次のアドレスをブラウザーで開いてください。閉じるには Ctrl-C を押します。",
        Lang::En => "open this address in a browser; Ctrl-C closes the desk",
    });
    print(desk.address());
    if options.open && !open(&desk.address_once()?) {
        say(match lang {
            Lang::Ja => "ブラウザーを開けませんでした。アドレスを写して開いてください。",
            Lang::En => "no browser could be opened: copy the address",
        });
    }
    desk.run();
    Ok(OK)
}

/// Asks the system for its usual browser; whether it took the address.
fn open(address: &str) -> bool {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" })
    };
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
