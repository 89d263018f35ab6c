//! A folder changed file by file, where it cannot be exchanged: finished or taken back, by the next run if this one is killed.
//!
//! The new files and a second name of the old ones lie ready in a staging folder inside before the first is touched, and what is to be
//! done stands in its record. Every file is replaced in one step. A file whose new bytes are gone from the staging folder is done.

use std::fs;
use std::io;
use std::path::Path;

use super::exchange::{prune, put_all, steps};
use super::plan::{Plan, free_name, hash, make_parent};
use super::staging::{Record, Staging, Step, Way};
use super::write_error;
use crate::Error;

/// Gives a file another name; the tests have one that refuses.
type Rename<'r> = &'r dyn Fn(&Path, &Path) -> io::Result<()>;

/// What happens to a file that somebody changed since the record was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    /// Everything is taken back.
    Refused,
    /// It keeps its bytes under another name.
    Kept,
}

/// Changes a folder as planned, file by file.
pub(super) fn replace(real: &Path, plan: &Plan) -> Result<(), Error> {
    replace_with(real, plan, &|from, to| fs::rename(from, to))
}

fn replace_with(real: &Path, plan: &Plan, rename: Rename<'_>) -> Result<(), Error> {
    let mut staging = Staging::within(real).map_err(|error| write_error(real, error))?;
    put_all(&staging.new_files(), plan, real)?;
    for path in plan.before.keys() {
        let (from, to) = (real.join(path), staging.old_files().join(path));
        let failed = |error| write_error(&from, error);
        fs::create_dir_all(to.parent().expect("a file lies in a folder")).map_err(failed)?;
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to).map_err(failed)?;
        }
    }
    let record = Record { target: None, way: Way::Forward, steps: steps(plan) };
    staging.record(&record)?;
    follow(real, &mut staging, record, Changed::Refused, rename)
}

/// Follows the record of a killed run.
pub(super) fn resume(target: &Path, staging: &mut Staging, record: Record) -> Result<(), Error> {
    follow(target, staging, record, Changed::Kept, &|from, to| fs::rename(from, to))
}

fn follow(
    real: &Path,
    staging: &mut Staging,
    mut record: Record,
    changed: Changed,
    rename: Rename<'_>,
) -> Result<(), Error> {
    let mut refused = None;
    if record.way == Way::Forward {
        match record.steps.iter().try_for_each(|step| forward(real, staging, step, changed, rename)) {
            Ok(()) => return staging.settled(),
            Err(error) => refused = Some(error),
        }
        record.way = Way::Back;
        staging.record(&record).map_err(|error| unfinished(real, &error))?;
    }
    for step in record.steps.iter().rev() {
        back(real, staging, step, rename).map_err(|error| unfinished(real, &error))?;
    }
    staging.settled()?;
    // To take back what a killed run began is all that is left to do.
    match (refused, changed) {
        (Some(error), Changed::Refused) => Err(error),
        _ => Ok(()),
    }
}

fn unfinished(real: &Path, cause: &Error) -> Error {
    Error::Unfinished { path: real.to_owned(), cause: cause.to_string() }
}

fn forward(real: &Path, staging: &Staging, step: &Step, changed: Changed, rename: Rename<'_>) -> Result<(), Error> {
    let place = real.join(&step.path);
    let now = hash(&place)?;
    let moved = |from: &Path, to: &Path| rename(from, to).map_err(|error| write_error(&place, error));
    let Some(after) = &step.after else {
        if now.is_some() && now == step.before {
            // Its second name is in the staging folder.
            fs::remove_file(&place).map_err(|error| write_error(&place, error))?;
            prune(real, &step.path);
        }
        return Ok(());
    };
    let new = staging.new_files().join(&step.path);
    if !new.exists() || now.as_ref() == Some(after) {
        return Ok(());
    }
    if now.is_some() && now != step.before {
        let aside = match (&step.aside, changed) {
            (Some(aside), _) if real.join(aside).symlink_metadata().is_err() => real.join(aside),
            (_, Changed::Kept) => real.join(free_name(real, &step.path, |_| false)),
            (_, Changed::Refused) => return Err(Error::ChangedMeanwhile { path: place }),
        };
        moved(&place, &aside)?;
    }
    make_parent(&place)?;
    moved(&new, &place)
}

fn back(real: &Path, staging: &Staging, step: &Step, rename: Rename<'_>) -> Result<(), Error> {
    let place = real.join(&step.path);
    let moved = |from: &Path| rename(from, &place).map_err(|error| write_error(&place, error));
    let now = hash(&place)?;
    let is_done = step.after.is_some() && !staging.new_files().join(&step.path).exists();
    let old = staging.old_files().join(&step.path);
    let aside = step.aside.as_ref().map(|aside| real.join(aside)).filter(|aside| aside.symlink_metadata().is_ok());
    if let Some(aside) = aside {
        if now.is_none() || (is_done && now == step.after) {
            moved(&aside)?;
        }
    } else if step.after.is_none() || is_done {
        // What somebody wrote there since stays.
        if now != step.after {
            return Ok(());
        }
        if old.exists() {
            make_parent(&place)?;
            moved(&old)?;
        } else if now.is_some() {
            fs::remove_file(&place).map_err(|error| write_error(&place, error))?;
            prune(real, &step.path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::{BTreeMap, BTreeSet};

    use walkdir::WalkDir;

    use super::super::plan::below;
    use super::super::staging::clear_leftovers;
    use super::*;
    use crate::source::sha256;

    /// Every file of a folder, the hidden ones of a run too.
    fn texts(folder: &Path) -> BTreeMap<String, String> {
        let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| (below(folder, entry.path()), fs::read_to_string(entry.path()).expect("it is text")))
            .collect()
    }

    const OLD: [(&str, &str); 4] = [("a/one", "一"), ("a/two", "二"), ("gone/three", "三"), ("mine", "人")];
    const NEW: [(&str, &str); 5] =
        [("a/one", "壱"), ("a/two", "弐"), ("b/four", "四"), ("mine", "我"), ("mine.kept", "人")];

    fn folder() -> (tempfile::TempDir, Plan) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        for (path, text) in OLD {
            let path = folder.path().join(path);
            make_parent(&path).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let put = [("a/one", "壱"), ("a/two", "弐"), ("b/four", "四"), ("mine", "我")];
        let before = OLD.into_iter().filter(|(path, _)| *path != "mine");
        let plan = Plan {
            put: put.map(|(path, text)| (path.to_owned(), text.as_bytes().to_owned().into())).into(),
            gone: BTreeSet::from(["gone/three".to_owned()]),
            aside: BTreeMap::from([("mine".to_owned(), "mine.kept".to_owned())]),
            before: before.map(|(path, text)| (path.to_owned(), sha256(text.as_bytes()))).collect(),
        };
        (folder, plan)
    }

    fn of(texts: &[(&str, &str)]) -> BTreeMap<String, String> {
        texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    /// Renames until a count is used up, then does something else.
    fn after<'c>(
        count: &'c Cell<usize>,
        then: impl Fn() -> io::Result<()> + 'c,
    ) -> impl Fn(&Path, &Path) -> io::Result<()> + 'c {
        move |from, to| {
            if count.get() == 0 {
                return then();
            }
            count.set(count.get() - 1);
            fs::rename(from, to)
        }
    }

    #[test]
    fn every_file_is_replaced_and_nothing_is_left() {
        let (folder, plan) = folder();
        replace(folder.path(), &plan).expect("it can be written");
        assert_eq!(texts(folder.path()), of(&NEW));
        assert!(!folder.path().join("gone").exists());
    }

    #[test]
    fn a_file_that_cannot_be_replaced_takes_all_back() {
        for number in 0..5 {
            let (folder, plan) = folder();
            let count: Cell<usize> = Cell::new(number);
            // As where somebody has the file open: the first attempt is refused, others are not.
            let refused = Cell::new(false);
            let rename = |from: &Path, to: &Path| {
                if count.get() == 0 && !refused.replace(true) {
                    return Err(io::ErrorKind::PermissionDenied.into());
                }
                count.set(count.get().saturating_sub(1));
                fs::rename(from, to)
            };
            let result = replace_with(folder.path(), &plan, &rename);
            assert!(matches!(result, Err(Error::Write { .. })), "{number}: {result:?}");
            assert_eq!(texts(folder.path()), of(&OLD), "{number}");
        }
    }

    #[test]
    fn what_can_neither_be_done_nor_taken_back_is_taken_back_by_the_next_run() {
        for number in 1..5 {
            let (folder, plan) = folder();
            let count = Cell::new(number);
            let refuse = || Err(io::ErrorKind::PermissionDenied.into());
            let result = replace_with(folder.path(), &plan, &after(&count, refuse));
            assert!(matches!(result, Err(Error::Unfinished { .. })), "{number}: {result:?}");
            clear_leftovers(folder.path()).expect("the next run can");
            assert_eq!(texts(folder.path()), of(&OLD), "{number}");
        }
    }

    #[test]
    fn what_a_killed_run_began_is_finished_by_the_next() {
        for number in 0..5 {
            let (folder, plan) = folder();
            let count = Cell::new(number);
            let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                replace_with(folder.path(), &plan, &after(&count, || std::panic::panic_any("killed")))
            }));
            assert!(killed.is_err(), "{number}");
            clear_leftovers(folder.path()).expect("the next run can");
            assert_eq!(texts(folder.path()), of(&NEW), "{number}");
        }
    }

    #[test]
    fn what_somebody_wrote_between_two_runs_is_kept() {
        let (folder, plan) = folder();
        let count = Cell::new(1);
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            replace_with(folder.path(), &plan, &after(&count, || std::panic::panic_any("killed")))
        }));
        assert!(killed.is_err());
        fs::write(folder.path().join("a/two"), "人の二").expect("a file can be written");
        fs::write(folder.path().join("gone/three"), "人の三").expect("a file can be written");
        clear_leftovers(folder.path()).expect("the next run can");
        let mut expected = of(&NEW);
        expected.extend(of(&[("a/two.kept", "人の二"), ("gone/three", "人の三")]));
        assert_eq!(texts(folder.path()), expected);
    }

    #[test]
    fn a_file_changed_since_the_decision_takes_all_back() {
        let (folder, plan) = folder();
        fs::write(folder.path().join("a/two"), "人の二").expect("a file can be written");
        let before = texts(folder.path());
        let result = replace(folder.path(), &plan);
        assert!(matches!(result, Err(Error::ChangedMeanwhile { .. })), "{result:?}");
        assert_eq!(texts(folder.path()), before);
    }
}
