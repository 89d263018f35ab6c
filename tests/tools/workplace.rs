//! A desk in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A desk in a process of its own, which ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Workplace {
    child: Child,
    pub(crate) port: u16,
    /// The secret of its first address.
    pub(crate) token: String,
}

impl Workplace {
    /// Starts a desk on a workspace.
    pub(crate) fn start(program: &Path, root: &Path) -> Self {
        let mut command = Command::new(program);
        command.arg("--root").arg(root).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let mut line = String::new();
        let told = child.stdout.take().expect("it is piped");
        BufReader::new(told).read_line(&mut line).expect("the program says where");
        let address = line.trim_end().strip_prefix("http://127.0.0.1:").expect("this machine alone");
        let (port, token) = address.split_once("/?token=").expect("the secret stands in the address");
        Self { child, port: port.parse().expect("a port"), token: token.to_owned() }
    }

    /// KiB of memory that the process holds; none where the system does not say.
    pub(crate) fn resident(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
