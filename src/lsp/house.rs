//! The workspace behind the editor（作業フォルダー）: read, judged, and judged again with what the editor holds in place of its files.
//!
//! Everything that is said comes from one [`Standing`]: the newest texts that were judged. It is the session's own judgement, of files read
//! afresh; what was parsed before is remembered there.

use std::path::{Path, PathBuf};

use super::open::Open;
use crate::Error;
use crate::diagnostic::{FileId, Lang, SourceMap};
use crate::model::Library;
use crate::name::{Owner, Slug};
use crate::session::{Asked, Checked, Findings, Reach, Session};
use crate::source::{ContentLooks, Workspace};

/// Most municipalities that are judged for a file which several share. Of a nation not all can be judged while somebody types; those whose
/// own files are open go first.
const TOWNS_MOST: usize = 8;

/// The workspace（作業フォルダー）.
#[derive(Debug)]
pub(super) struct House {
    pub(super) root: PathBuf,
    session: Session,
    looks: ContentLooks,
    pub(super) standing: Standing,
}

/// What is known of the texts that were judged last（検査済みの状態）.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// By slug, those whose own files are open first.
    pub(super) towns: Vec<(Slug, Checked)>,
    /// Open files that none of them reads.
    rest: Option<Checked>,
    /// What is wrong with all of them.
    pub(super) findings: Findings,
}

impl House {
    /// Opens a workspace.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`] and [`Error::Read`].
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        let session = Session::open(root)?;
        Ok(Self { root: root.to_owned(), session, looks: ContentLooks::of(root), standing: Standing::default() })
    }

    /// Whether somebody wrote a file since this was asked last.
    pub(super) fn was_written(&mut self) -> bool {
        let looks = ContentLooks::of(&self.root);
        let differs = looks != self.looks;
        self.looks = looks;
        differs
    }

    /// Judges what the open files are part of.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses; what was known before stays.
    pub(super) fn judge(&mut self, open: &Open) -> Result<(), Error> {
        let session = self.session.with_unsaved(open.texts())?;
        let paths = open.paths();
        let all = session.municipalities()?;
        let towns = towns_of(&paths, &all, |path| session.concerned(std::iter::once(path)))?;
        let reaches: Vec<Reach> = towns.iter().map(Reach::whole).collect();
        let mut standing = Standing::default();
        for (slug, checked) in towns.iter().zip(session.look_at_each(&reaches)) {
            let checked = checked?;
            standing.findings.add(&checked, slug);
            standing.towns.push((slug.clone(), checked));
        }
        let is_read = |path: &String| standing.towns.iter().any(|(_, checked)| checked.workspace.find(path).is_some());
        let unread: Vec<String> = paths.iter().filter(|path| !is_read(path)).cloned().collect();
        let asked = if towns.len() == all.len() { Asked::All } else { Asked::Some };
        if !unread.is_empty() {
            let rest = match asked {
                Asked::All => session.unread(&standing.findings, &reaches)?,
                Asked::Some => session.by_themselves(&unread)?,
            };
            standing.findings.add_rest(&rest);
            standing.rest = Some(rest);
        }
        standing.findings = std::mem::take(&mut standing.findings).closed(asked);
        self.session = session;
        self.standing = standing;
        Ok(())
    }

    /// Every file of the workspace as it is judged, parsed.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub(super) fn everything(&self) -> Result<(Workspace, Library), Error> {
        self.session.parsed()
    }
}

/// The municipalities that open files are part of: those that own one, then those that share one.
fn towns_of(
    paths: &[String],
    all: &[Slug],
    sharing: impl Fn(&String) -> Result<std::collections::BTreeSet<Slug>, Error>,
) -> Result<Vec<Slug>, Error> {
    let mut towns: Vec<Slug> = Vec::new();
    let mut add = |slug: &Slug, most: usize| {
        let is_new = all.contains(slug) && !towns.contains(slug);
        if is_new && towns.len() < most {
            towns.push(slug.clone());
        }
    };
    let own = |path: &String| Owner::of_path(path).municipality().cloned();
    for path in paths {
        if let Some(slug) = own(path) {
            add(&slug, usize::MAX);
        }
    }
    for path in paths.iter().filter(|path| own(path).is_none()) {
        for slug in sharing(path)? {
            add(&slug, TOWNS_MOST);
        }
    }
    Ok(towns)
}

impl Standing {
    /// The texts that were judged, and the number of the file in them.
    pub(super) fn file(&self, path: &str) -> Option<(&Checked, FileId)> {
        let mut all = self.towns.iter().map(|(_, checked)| checked).chain(&self.rest);
        all.find_map(|checked| Some((checked, checked.workspace.find(path)?)))
    }
}

/// The file of a path, as the disk spells it.
pub(super) fn on_disk(root: &Path, sources: &SourceMap, path: &str) -> PathBuf {
    let asked = std::collections::BTreeMap::from([(path.to_owned(), None)]);
    let spelt = sources.saved(&asked).into_keys().next().unwrap_or_else(|| path.to_owned());
    root.join(spelt)
}

/// One of two wordings.
pub(super) fn say(lang: Lang, ja: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Ja => ja.into(),
        Lang::En => en.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_whose_files_are_open_go_first() {
        let all: Vec<Slug> = ('a'..='z').map(|name| name.to_string().into()).collect();
        let everybody = |_: &String| Ok(all.iter().cloned().collect());
        let towns = |paths: &[&str]| {
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            towns_of(&paths, &all, everybody).unwrap().concat()
        };
        assert_eq!(towns(&["content/facts.toml", "content/municipalities/m/zei/basic.md"]), "mabcdefg");
        assert_eq!(towns(&["content/municipalities/m/zei/basic.md", "content/editions/b/zei/r5/basic.md"]), "mb");
        assert_eq!(towns(&["content/municipalities/nobody/zei/basic.md"]), "");
        assert_eq!(towns(&[]), "");
    }
}
