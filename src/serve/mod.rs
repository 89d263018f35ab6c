//! The clerk's desk in a browser（机）: `hyoka serve`.
//!
//! Input: a workspace and the questions of a browser on the same machine. Output: answers, and what the clerk writes. It stands on the
//! [`session`](crate::session), the [`Preview`](crate::press::Preview) and the orders of [`desk`](crate::desk), and knows no rule, no form
//! and no layout of its own.
//!
//! | part | what it knows |
//! |---|---|
//! | `gate` | who may ask |
//! | `routes` | which question has which answer |
//! | `assets` | the page, its script and its style, built in |
//! | `works` | threads for what takes long |
//! | `live` | the workspace as it is now, and who is told that it changed |
//! | `entry` | in which file an item is written, and the same in other words |
//! | `answers` | tree, item, mistakes, search |
//! | `sheets` | the pages beside the text |
//! | `answering` | returned checklists and opinions |
//! | `beginning` | a municipality, an assessment, a matter for a committee begun |
//! | `changing` | a change declared, and the rows that all changes have |
//! | `marks` | the marks of an item, taken back or given to another change |
//! | `records`, `files`, `flows` | the records of a repeat group, 特定個人情報ファイル, and which figures are printed |
//! | `finishing` | changes accepted, editions frozen, papers issued, forms taken over |
//! | `figure` | the figure of 別添1: boxes, arrows and remarks |
//! | `hearing` | the hearing of a case, its opinions and their answers |
//! | `measures` | the measures of a checklist, written as items are |
//! | `moving` | a case moved to another form |
//! | `making` | documents made, and handed out |
//! | `saving` | what is written, each write a step that can be taken back（[`crate::write::Steps`]）|
//! | `fixing` | a mistake mended by a button |
//!
//! # Changes on the disk
//!
//! Every second the sizes and times of the files in `content/` are looked at, some hundred in a millisecond. Rejected: the system's own
//! notices. They are another dependency for each system, and on a shared folder of another machine, where municipalities keep their files,
//! they do not come.
//!
//! # No text is HTML
//!
//! What an author wrote goes out as JSON and into the page as text; the pages of a document are pictures of outlines. No answer holds a
//! text of an author as HTML, script or style.

mod answering;
mod answers;
mod assets;
mod beginning;
mod changing;
mod entry;
mod fault;
mod figure;
mod files;
mod findings;
mod finishing;
mod fixing;
mod flows;
mod gate;
mod hearing;
mod live;
mod making;
mod marks;
mod measures;
mod moving;
mod records;
mod routes;
mod saving;
mod sheets;
mod works;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::Error;
use crate::diagnostic::Lang;
use gate::Gate;
use live::Live;
use routes::App;
use works::Works;

/// Whether the desk may write（書込みの可否）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// It writes what the clerk saves.
    #[default]
    ReadWrite,
    /// It only shows.
    ReadOnly,
}

/// How the desk is opened（机の開き方）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Port on 127.0.0.1; 0: any that is free.
    pub port: u16,
    /// Whether it may write.
    pub mode: Mode,
    /// Language of the interface and of the messages.
    pub lang: Lang,
}

/// How often the disk is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long an answer that is under way may still take when the desk is closed.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// An open desk（開いている机）: it listens, and answers once it runs.
pub struct Desk {
    runtime: Runtime,
    listener: TcpListener,
    app: Arc<App>,
    stop: watch::Sender<Stop>,
    address: String,
}

/// Whether the desk is to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    NotYet,
    Now,
}

/// A desk that runs beside its owner, until he stops it（別に動いている机）.
#[derive(Debug)]
pub struct Running {
    stop: watch::Sender<Stop>,
    thread: JoinHandle<()>,
}

impl std::fmt::Debug for Desk {
    // The address holds a secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl Desk {
    /// Opens a workspace and listens on this machine alone.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`] and [`Error::Read`] for the workspace, [`Error::Listen`] where the port is taken, [`Error::NoSecret`].
    pub fn open(root: &Path, options: &Options) -> Result<Self, Error> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let refused = |source| Error::Listen { address: wanted.to_string(), source };
        let live = Live::open(root, options.lang, options.mode)?;
        // One thread only takes questions and hands them on.
        let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(refused)?;
        let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let gate = Gate::new(port)?;
        let address = gate.address();
        let (stop, stopped) = watch::channel(Stop::NotYet);
        let app = Arc::new(App { gate, live: Arc::new(live), works: Works::new(), stopped });
        Ok(Self { runtime, listener, app, stop, address })
    }

    /// The first address, with the secret that opens the desk.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// An address that opens the desk once: for a program that is told it in its arguments, which others of this machine can read.
    ///
    /// # Errors
    /// [`Error::NoSecret`].
    pub fn address_once(&self) -> Result<String, Error> {
        self.app.gate.address_once()
    }

    /// Answers until Ctrl-C; what is being written then is written whole.
    pub fn run(self) {
        let Self { runtime, listener, app, stop, .. } = self;
        runtime.block_on(async {
            let asked = async move {
                // Without such a signal the desk stays open until the process ends.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
                stop.send_replace(Stop::Now);
            };
            answer(listener, app, asked).await;
        });
    }

    /// Answers on a thread of its own.
    ///
    /// # Panics
    /// If the system gives no thread.
    #[must_use]
    pub fn start(self) -> Running {
        let Self { runtime, listener, app, stop, .. } = self;
        let mut stopped = app.stopped.clone();
        let serve = move || {
            runtime.block_on(async {
                let asked = async move {
                    // The owner is gone: nobody could stop it any more.
                    let _ = stopped.wait_for(|stop| *stop == Stop::Now).await;
                };
                answer(listener, app, asked).await;
            });
        };
        let thread = std::thread::Builder::new().name("desk".to_owned()).spawn(serve);
        Running { stop, thread: thread.expect("the system gives one thread more") }
    }
}

impl Running {
    /// Closes the desk and waits until it is closed.
    pub fn stop(self) {
        self.stop.send_replace(Stop::Now);
        if let Err(panic) = self.thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

/// Answers until it is asked to stop.
async fn answer(listener: TcpListener, app: Arc<App>, asked: impl Future<Output = ()> + Send + 'static) {
    let watcher = tokio::spawn(look_now_and_then(app.clone()));
    let mut stopped = app.stopped.clone();
    // An answer goes out at once, not when the browser has confirmed the one before.
    let listener = listener.tap_io(|socket| {
        // Then it comes a little later.
        let _ = socket.set_nodelay(true);
    });
    let serving = axum::serve(listener, routes::router(app.clone())).with_graceful_shutdown(asked);
    let serving = async move {
        // A socket that breaks is its browser's business; `serve` itself never fails.
        let _ = serving.await;
    };
    let too_long = async move {
        let _ = stopped.wait_for(|stop| *stop == Stop::Now).await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    futures_util::future::select(Box::pin(serving), Box::pin(too_long)).await;
    watcher.abort();
    // Whoever is writing has finished.
    drop(app.live.writing());
}

async fn look_now_and_then(app: Arc<App>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let live = app.live.clone();
        // A folder that cannot be read now may be read in a second.
        let _ = app.works.run(move || live.refresh("")).await;
    }
}
