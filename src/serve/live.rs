//! The workspace as it is now（開いている原稿）: read when it is first asked for, read again when somebody saved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use serde::Serialize;
use tokio::sync::broadcast;

use super::sheets::Sheets;
use super::{Mode, fault::Fault};
use crate::Error;
use crate::diagnostic::Lang;
use crate::name::Slug;
use crate::session::{Checked, Draft, Session};
use crate::source::ContentLooks;
use crate::write::Steps;

/// Most pieces of news that a slow browser may lag behind; then it is told that it missed some.
const NEWS_MOST: usize = 64;

/// What all browsers are told.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum News {
    /// Files changed.
    Changed {
        /// Number of the state; each is later than the one before.
        state: u64,
        /// The files, in order.
        paths: Vec<String>,
        /// Which browser wrote them; empty: somebody outside of the desk.
        by: String,
    },
    /// Documents are being made.
    Making {
        /// So many are done.
        done: usize,
        /// So many are to be made.
        total: usize,
        /// Which browser asked for them.
        by: String,
    },
}

/// The workspace and what is remembered of it.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) root: PathBuf,
    pub(super) lang: Lang,
    pub(super) mode: Mode,
    pub(super) sheets: Sheets,
    pub(super) news: broadcast::Sender<News>,
    now: Mutex<Now>,
    /// The draft that was asked for last: its pages and what is wrong with it are asked for at once, and it is read for both.
    drafted: Mutex<Option<Drafted>>,
    /// Held by who reads a municipality, so that it is read once.
    reading: Mutex<()>,
    /// Held by who writes: one after the other.
    writing: Mutex<Steps>,
}

#[derive(Debug)]
struct Now {
    session: Arc<Session>,
    looks: ContentLooks,
    towns: BTreeMap<Slug, Arc<Checked>>,
    state: u64,
}

/// Files in other words than they have, by path from the root; none: taken away.
type Files = BTreeMap<String, Option<String>>;

#[derive(Debug)]
struct Drafted {
    of: Arc<Checked>,
    files: Files,
    draft: Arc<OnceLock<Draft>>,
}

impl Live {
    pub(super) fn open(root: &Path, lang: Lang, mode: Mode) -> Result<Self, Error> {
        let looks = ContentLooks::of(root);
        let session = Session::open(root)?;
        let sheets = Sheets::new(session.templates());
        let now = Now { session: Arc::new(session), looks, towns: BTreeMap::new(), state: 1 };
        Ok(Self {
            root: root.to_owned(),
            lang,
            mode,
            sheets,
            news: broadcast::channel(NEWS_MOST).0,
            now: Mutex::new(now),
            drafted: Mutex::default(),
            reading: Mutex::new(()),
            writing: Mutex::new(Steps::of(root)),
        })
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().expect("nobody panics while he holds the state")
    }

    /// The number of the state.
    pub(super) fn state(&self) -> u64 {
        self.now().state
    }

    /// The session of the state.
    pub(super) fn session(&self) -> Arc<Session> {
        self.now().session.clone()
    }

    /// The steps, for who is going to write.
    pub(super) fn writing(&self) -> MutexGuard<'_, Steps> {
        self.writing.lock().expect("nobody panics while he writes")
    }

    /// A municipality, read and judged.
    pub(super) fn town(&self, slug: &Slug) -> Result<Arc<Checked>, Fault> {
        if let Some(known) = self.now().towns.get(slug).cloned() {
            return Ok(known);
        }
        let _alone = self.reading.lock().expect("nobody panics while he reads");
        let (session, state) = {
            let now = self.now();
            if let Some(known) = now.towns.get(slug).cloned() {
                return Ok(known);
            }
            (now.session.clone(), now.state)
        };
        let checked = Arc::new(session.municipality(slug)?);
        let mut now = self.now();
        if now.state == state {
            now.towns.insert(slug.to_owned(), checked.clone());
        }
        Ok(checked)
    }

    /// A municipality that is only looked into now: what nobody works on is not kept.
    pub(super) fn town_once(&self, slug: &Slug) -> Result<Arc<Checked>, Fault> {
        let (known, session) = {
            let now = self.now();
            (now.towns.get(slug).cloned(), now.session.clone())
        };
        match known {
            Some(known) => Ok(known),
            None => Ok(Arc::new(session.municipality(slug)?)),
        }
    }

    /// A municipality with files in other words, not judged yet. Who asks for the same at the same time waits for the one who reads it.
    pub(super) fn draft(&self, checked: &Arc<Checked>, files: Files) -> Draft {
        let draft = {
            let mut drafted = self.drafted.lock().expect("nobody panics while he looks for a draft");
            match &*drafted {
                Some(last) if Arc::ptr_eq(&last.of, checked) && last.files == files => last.draft.clone(),
                _ => {
                    let draft = Arc::default();
                    let of = checked.clone();
                    let last = drafted.replace(Drafted { of, files: files.clone(), draft: Arc::clone(&draft) });
                    // Nobody waits until the last is taken apart.
                    rayon::spawn(move || drop(last));
                    draft
                }
            }
        };
        draft.get_or_init(|| checked.draft(&files)).clone()
    }

    /// Looks whether files were saved, and if so forgets what was read and tells everybody.
    pub(super) fn refresh(&self, by: &str) -> Result<(), Error> {
        let looks = ContentLooks::of(&self.root);
        let (old, session) = {
            let now = self.now();
            (now.looks.clone(), now.session.clone())
        };
        let paths = looks.differing(&old);
        if paths.is_empty() {
            return Ok(());
        }
        let renewed = Arc::new(session.renewed()?);
        let state = {
            let mut now = self.now();
            // Somebody else has seen it meanwhile.
            if now.looks == looks {
                return Ok(());
            }
            now.looks = looks;
            now.session = renewed;
            now.towns.clear();
            now.state += 1;
            now.state
        };
        *self.drafted.lock().expect("nobody panics while he looks for a draft") = None;
        // Without a browser nobody listens.
        let _ = self.news.send(News::Changed { state, paths, by: by.to_owned() });
        Ok(())
    }
}
