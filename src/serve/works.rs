//! Threads for what takes long（重い仕事）: reading, judging, setting pages, writing.
//!
//! The server answers on one thread, which must never wait. The typesetter recurses deeply, so these threads have large stacks. Of questions
//! that follow each other while somebody types only the newest counts: an older one that has not begun is dropped.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

/// Threads that work at one time: the page that is looked at, the rules, and a page image beside them.
const THREADS: usize = 3;

/// Bytes of stack of each.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Most keys whose newest question is remembered.
const KEYS_MOST: usize = 256;

type Work = Box<dyn FnOnce() + Send>;

/// The threads（作業の列）.
#[derive(Debug)]
pub(super) struct Works {
    queue: Sender<Work>,
    newest: Arc<Mutex<Newest>>,
}

#[derive(Debug, Default)]
struct Newest {
    last: u64,
    of: BTreeMap<String, u64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// A newer question of the same kind came.
    Superseded,
    /// The work gave up, which is our bug.
    Broken,
}

impl Works {
    /// Threads without work.
    ///
    /// # Panics
    /// If the system gives no thread.
    pub(super) fn new() -> Self {
        let (queue, works) = channel::<Work>();
        let works = Arc::new(Mutex::new(works));
        for number in 1..=THREADS {
            let works = works.clone();
            let thread = std::thread::Builder::new().name(format!("desk-{number}")).stack_size(STACK_BYTES);
            thread.spawn(move || work(&works)).expect("the system gives a few threads");
        }
        Self { queue, newest: Arc::default() }
    }

    /// Has something done and waits for what comes out.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        let (answer, answered) = oneshot::channel();
        // A browser that does not wait any more is no reason to fail.
        let work: Work = Box::new(move || drop(answer.send(work())));
        self.queue.send(work).map_err(|_| NoAnswer::Broken)?;
        answered.await.map_err(|_| NoAnswer::Broken)
    }

    /// The same, if no newer question of the same key comes before it begins.
    pub(super) async fn run_newest<T: Send + 'static>(
        &self,
        key: String,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        let newest = self.newest.clone();
        let ticket = newest.lock().expect("nobody panics while he holds the tickets").take(key.clone());
        let is_newest = move || {
            let newest = newest.lock().expect("nobody panics while he holds the tickets");
            newest.of.get(&key) == Some(&ticket)
        };
        let done = self.run(move || is_newest().then(work)).await?;
        done.ok_or(NoAnswer::Superseded)
    }
}

impl Newest {
    fn take(&mut self, key: String) -> u64 {
        self.last += 1;
        self.of.insert(key, self.last);
        if self.of.len() > KEYS_MOST
            && let Some(oldest) = self.of.iter().min_by_key(|(_, ticket)| **ticket).map(|(key, _)| key.clone())
        {
            self.of.remove(&oldest);
        }
        self.last
    }
}

fn work(works: &Mutex<Receiver<Work>>) {
    loop {
        let next = works.lock().expect("nobody panics while he takes work").recv();
        let Ok(next) = next else { return };
        // What gives up answers nothing; the thread goes on.
        let _ = catch_unwind(AssertUnwindSafe(next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
        runtime.block_on(future)
    }

    #[test]
    fn an_older_question_that_has_not_begun_is_dropped() {
        let works = Works::new();
        let (go, wait_here) = channel::<()>();
        let wait_here = Arc::new(Mutex::new(wait_here));
        // Every thread is busy until it is let go.
        let busy = (0..THREADS).map(|_| {
            let wait_here = wait_here.clone();
            works.run(move || wait_here.lock().expect("nobody panics").recv().is_ok())
        });
        let busy: Vec<_> = busy.collect();
        let older = works.run_newest("page".to_owned(), || 1);
        let other = works.run_newest("other".to_owned(), || 2);
        let newer = works.run_newest("page".to_owned(), || 3);
        let all = async {
            let busy = futures_util::future::join_all(busy);
            let asked = futures_util::future::join3(older, other, newer);
            // These begin in order: nobody is let go before everything is asked.
            let let_go = async { (0..THREADS).for_each(|_| go.send(()).expect("somebody waits")) };
            futures_util::future::join3(busy, asked, let_go).await.1
        };
        let (older, other, newer) = wait(all);
        assert_eq!((older, other, newer), (Err(NoAnswer::Superseded), Ok(2), Ok(3)));
    }

    #[test]
    fn work_that_gives_up_takes_no_thread_with_it() {
        let works = Works::new();
        for _ in 0..2 * THREADS {
            assert_eq!(
                wait(works.run(|| {
                    if true {
                        std::panic::resume_unwind(Box::new(()))
                    }
                })),
                Err(NoAnswer::Broken)
            );
        }
        assert_eq!(wait(works.run(|| 7)), Ok(7));
    }
}
