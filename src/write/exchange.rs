//! A folder put in another's place in one step, so that nobody ever meets half of it.
//!
//! A new folder is made beside the old one. What stays is the very file, under a second name until the old folder is taken away.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::plan::{Plan, below, free_name, hash, io_of, make_parent};
use super::staging::{Record, Staging, Step, Way};
use super::{read_error, write_error};
use crate::{Error, system};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exchanged {
    /// The folder is the new one.
    Done,
    /// The system cannot; the folder is as it was.
    Impossible,
}

/// Makes a folder that is not there yet.
pub(super) fn make(real: &Path, plan: &Plan) -> Result<(), Error> {
    make_parent(real)?;
    let parent = real.parent().expect("a folder that is not there lies in another");
    let staging = Staging::within(parent).map_err(|error| write_error(parent, error))?;
    let new = staging.new_files();
    fs::create_dir(&new).map_err(|error| write_error(real, error))?;
    put_all(&new, plan, real)?;
    fs::rename(&new, real).map_err(|error| write_error(real, error))
}

/// Changes a folder as planned, in one step.
pub(super) fn exchange(real: &Path, plan: &Plan) -> Result<Exchanged, Error> {
    // A folder that nothing may be put beside can still be changed from within.
    let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else { return Ok(Exchanged::Impossible) };
    let Ok(mut staging) = Staging::within(parent) else { return Ok(Exchanged::Impossible) };
    let new = staging.new_files();
    if lay_out(real, plan, &new)? == Exchanged::Impossible {
        return Ok(Exchanged::Impossible);
    }
    let target = Some(name.to_string_lossy().into_owned());
    staging.record(&Record { target, way: Way::Exchange, steps: steps(plan) })?;
    if system::exchange(real, &new).is_err() {
        staging.settled()?;
        return Ok(Exchanged::Impossible);
    }
    if let Some(path) = surprise(&new, real, plan)? {
        system::exchange(real, &new).map_err(|error| write_error(real, error))?;
        staging.settled()?;
        return Err(Error::ChangedMeanwhile { path });
    }
    staging.settled()?;
    Ok(Exchanged::Done)
}

/// The files of a plan, for its record.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let before = |path: &String| plan.before.get(path).cloned();
    let put = plan.put.iter().map(|(path, bytes)| Step {
        path: path.clone(),
        before: before(path),
        after: Some(bytes.sha256().to_owned()),
        aside: plan.aside.get(path).cloned(),
    });
    let gone = plan.gone.iter().map(|path| Step { path: path.clone(), before: before(path), after: None, aside: None });
    put.chain(gone).collect()
}

/// Writes the new files of a plan below a folder, with the rights of those that they replace. What is refused is told of the place where
/// they are to lie.
pub(super) fn put_all(new: &Path, plan: &Plan, real: &Path) -> Result<(), Error> {
    for (path, bytes) in &plan.put {
        let (to, place) = (new.join(path), real.join(path));
        let failed = |error| write_error(&place, error);
        fs::create_dir_all(to.parent().expect("a file lies in a folder")).map_err(failed)?;
        bytes.put(&to).map_err(failed)?;
        if plan.before.contains_key(path)
            && let Ok(data) = place.symlink_metadata()
            && data.is_file()
        {
            fs::set_permissions(&to, data.permissions()).map_err(failed)?;
        }
    }
    Ok(())
}

/// Takes away the folders that are empty now that a file is gone, up to a folder that stays.
pub(super) fn prune(folder: &Path, gone: &str) {
    let mut parent = Path::new(gone).parent();
    while let Some(path) = parent.filter(|path| !path.as_os_str().is_empty()) {
        // Refused where it holds anything.
        if fs::remove_dir(folder.join(path)).is_err() {
            return;
        }
        parent = path.parent();
    }
}

/// The new folder whole: what stays under a second name, what is new written.
fn lay_out(real: &Path, plan: &Plan, new: &Path) -> Result<Exchanged, Error> {
    let mut rights = Vec::new();
    for entry in WalkDir::new(real) {
        let entry = entry.map_err(|error| read_error(error.path().unwrap_or(real), io_of(&error)))?;
        let path = below(real, entry.path());
        if entry.file_type().is_dir() {
            let to = if path.is_empty() { new.to_owned() } else { new.join(&path) };
            fs::create_dir(&to).map_err(|error| write_error(entry.path(), error))?;
            rights.push((to, entry.path().to_owned()));
        } else if let Some(place) = plan.place_of(&path) {
            let to = new.join(place);
            make_parent(&to)?;
            if fs::hard_link(entry.path(), &to).is_err() {
                return Ok(Exchanged::Impossible);
            }
        }
    }
    put_all(new, plan, real)?;
    plan.gone.iter().for_each(|path| prune(new, path));
    // Last: a folder may forbid to write into it.
    for (to, from) in rights.iter().rev().filter(|(to, _)| to.exists()) {
        if let Ok(data) = from.metadata() {
            fs::set_permissions(to, data.permissions()).map_err(|error| write_error(from, error))?;
        }
    }
    Ok(Exchanged::Done)
}

/// A file of the old folder that somebody put there or changed while the new one was made.
fn surprise(old: &Path, live: &Path, plan: &Plan) -> Result<Option<PathBuf>, Error> {
    for entry in WalkDir::new(old).into_iter().flatten().filter(|entry| !entry.file_type().is_dir()) {
        let path = below(old, entry.path());
        let is_known = match plan.place_of(&path) {
            Some(place) => system::is_same_file(entry.path(), &live.join(place)),
            None => plan.before.contains_key(&path) && hash(entry.path())?.as_ref() == plan.before.get(&path),
        };
        if !is_known {
            return Ok(Some(live.join(path)));
        }
    }
    Ok(None)
}

/// After a run that was killed around the exchange: whatever it left that is neither old nor new nor in the folder, there or under another name,
/// was put there by somebody, and goes into the folder.
pub(super) fn rescue(target: &Path, staging: &Staging, record: &Record) -> Result<(), Error> {
    let known: BTreeSet<&String> = record.steps.iter().flat_map(|step| step.before.iter().chain(&step.after)).collect();
    let left = staging.new_files();
    for entry in WalkDir::new(&left).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        if system::has_other_name(entry.path()) {
            continue;
        }
        let path = below(&left, entry.path());
        // A system may not tell of a second name; the same bytes in its place are as good.
        match hash(entry.path())? {
            Some(hash) if !known.contains(&hash) && !stands(target, &path, record, &hash)? => {}
            Some(_) | None => continue,
        }
        let place =
            if target.join(&path).symlink_metadata().is_ok() { free_name(target, &path, |_| false) } else { path };
        let to = target.join(place);
        make_parent(&to)?;
        fs::rename(entry.path(), &to).map_err(|error| write_error(&to, error))?;
    }
    Ok(())
}

/// Whether bytes stand in a folder at a path, or where the record says that what is at that path goes or comes from.
fn stands(target: &Path, path: &str, record: &Record, bytes: &str) -> Result<bool, Error> {
    let other = record.steps.iter().find_map(|step| match step.aside.as_deref() {
        Some(aside) if aside == path => Some(step.path.as_str()),
        Some(aside) if step.path == path => Some(aside),
        Some(_) | None => None,
    });
    for at in std::iter::once(path).chain(other) {
        if hash(&target.join(at))?.as_deref() == Some(bytes) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::collections::BTreeMap;

    use super::super::staging::clear_leftovers;
    use super::*;
    use crate::source::sha256;

    fn base() -> (tempfile::TempDir, PathBuf) {
        let base = tempfile::tempdir().expect("the system has a temporary folder");
        let target = base.path().join("out");
        fs::create_dir(&target).expect("a folder can be made");
        (base, target)
    }

    fn put(path: &Path, text: &str) {
        make_parent(path).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn text(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn what_somebody_saves_while_a_new_folder_is_made_is_met() {
        let (base, target) = base();
        let plan = Plan {
            put: BTreeMap::from([("ours".to_owned(), b"new".to_vec().into())]),
            before: BTreeMap::from([("ours".to_owned(), sha256(b"old"))]),
            ..Plan::default()
        };
        put(&target.join("ours"), "old");
        put(&target.join("theirs"), "theirs");
        let new = base.path().join("new");
        assert_eq!(lay_out(&target, &plan, &new).expect("it can be laid out"), Exchanged::Done);
        assert_eq!(surprise(&target, &new, &plan).expect("it can be read"), None);
        if system::is_portable() {
            // A folder is not exchanged there, and nothing is to be met.
            return;
        }
        // Saved as editors do: a new file under the old name.
        put(&target.join("half"), "saved");
        fs::rename(target.join("half"), target.join("theirs")).expect("it can be renamed");
        assert_eq!(surprise(&target, &new, &plan).expect("it can be read"), Some(new.join("theirs")));
        fs::remove_file(target.join("theirs")).expect("it can be removed");
        put(&target.join("ours"), "changed");
        assert_eq!(surprise(&target, &new, &plan).expect("it can be read"), Some(new.join("ours")));
    }

    #[test]
    fn a_system_tells_files_apart_or_says_nothing_that_is_not_so() {
        let (_base, target) = base();
        let (one, other) = (target.join("one"), target.join("other"));
        put(&one, "一");
        fs::hard_link(&one, &other).expect("it is ours");
        let can = !system::is_portable();
        assert!(system::is_same_file(&one, &other) && system::has_other_name(&one) == can);
        fs::remove_file(&other).expect("it is ours");
        assert!(!system::is_same_file(&one, &other) && !system::has_other_name(&one));
        put(&other, "一");
        assert_eq!(system::is_same_file(&one, &other), !can, "where nobody can tell, a file that is there is the same");
        assert_eq!(system::looks(&one).is_some(), can, "so every file is read");
        assert!(!can || system::looks(&one) != system::looks(&other));
        let (here, there) = (target.join("here"), target.join("there"));
        put(&here.join("a"), "甲");
        put(&there.join("a"), "乙");
        assert_eq!(system::exchange(&here, &there).is_ok(), can);
        assert_eq!(text(&here.join("a")).as_deref(), Some(if can { "乙" } else { "甲" }));
    }

    #[test]
    fn what_somebody_saved_before_a_kill_goes_into_the_folder() {
        let (base, target) = base();
        let mut staging = Staging::within(base.path()).expect("a folder can be made");
        let step = |path: &str, before: &str, after: &str| Step {
            path: path.to_owned(),
            before: Some(sha256(before.as_bytes())),
            after: Some(sha256(after.as_bytes())),
            aside: None,
        };
        let steps = vec![step("ours", "old", "new")];
        let record = Record { target: Some("out".to_owned()), way: Way::Exchange, steps };
        staging.record(&record).expect("it can be written");
        let old = staging.new_files();
        for (path, words) in [("ours", "old"), ("a/saved", "人"), ("both", "人の前")] {
            put(&old.join(path), words);
        }
        put(&target.join("ours"), "new");
        put(&target.join("both"), "人の後");
        // As a killed run: the lock is let go, the folder stays.
        drop(staging);
        clear_leftovers(base.path()).expect("it can be settled");
        let expected = [("ours", "new"), ("a/saved", "人"), ("both", "人の後"), ("both.kept", "人の前")];
        for (path, words) in expected {
            assert_eq!(text(&target.join(path)).as_deref(), Some(words), "{path}");
        }
        assert_eq!(fs::read_dir(base.path()).expect("it is there").count(), 1, "nothing is left");
    }

    #[test]
    fn what_stands_in_the_folder_already_is_not_rescued_into_it_again() {
        let (base, target) = base();
        let mut staging = Staging::within(base.path()).expect("a folder can be made");
        let step = Step {
            path: "ours".to_owned(),
            before: None,
            after: Some(sha256("new".as_bytes())),
            aside: Some("ours.kept".to_owned()),
        };
        let record = Record { target: Some("out".to_owned()), way: Way::Exchange, steps: vec![step] };
        staging.record(&record).expect("it can be written");
        // A run that was killed before the exchange, on a system that tells nothing of second names.
        let laid = staging.new_files();
        for (path, words) in [("ours", "new"), ("ours.kept", "人"), ("a/theirs", "人の")] {
            put(&laid.join(path), words);
        }
        put(&target.join("ours"), "人");
        put(&target.join("a/theirs"), "人の");
        drop(staging);
        clear_leftovers(base.path()).expect("it can be settled");
        let files = WalkDir::new(&target).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        let files: BTreeSet<String> = files.map(|entry| below(&target, entry.path())).collect();
        assert_eq!(files, BTreeSet::from(["a/theirs".to_owned(), "ours".to_owned()]));
        assert_eq!(text(&target.join("ours")).as_deref(), Some("人"));
    }
}
