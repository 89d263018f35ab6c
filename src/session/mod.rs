//! A workspace read and judged: what every command stands on.
//!
//! Input: a folder, or texts in place of its files. Output: [`Checked`], the model of what was asked for and what is wrong with it. It
//! makes no document and writes nothing; what is printed it only holds against what was frozen.
//!
//! # Scope
//!
//! A municipality is judged by itself: it is made from its own files, from the assessments that its cases stand on and from what all share,
//! and nothing else is read for it. So a mistake of one municipality stops, hides and changes nothing of another. What several have in
//! common is read and parsed once; a mistake in it is said once, with the municipalities in whose documents it shows.
//!
//! # Memory
//!
//! A session remembers what each file said and what each form was filled with ([`Memory`]), under the files' own texts: a second question costs
//! only what has changed. A fork is the same workspace with some files in other words: what a command is about to write is judged before it is
//! written. A draft is a fork that is not judged yet: its pages can be shown（[`crate::press::Preview`]）while the rules still look. One
//! municipality after the other can be forgotten, so that a nation fits into a small machine.

mod added;
mod apart;
mod concerned;
mod findings;
mod reach;
mod shard;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use crate::Error;
use crate::change::HeldAgainst;
use crate::check::{Subject, check};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::imprint::hold;
use crate::model::{Case, Cases, Everyone, Library, Memory, Model, Municipality};
use crate::name::{CaseId, CaseName, DocumentId, DocumentName, FragmentId, Slug};
use crate::source::{Templates, Workspace, id_fault};

pub use crate::name::Reach;
pub use added::{new_in, wrong_with};
pub use findings::{Asked, Findings, Said};
pub use shard::{Shard, ShardFault};

/// What a command is asked for（対象の指定）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Slug of the municipality; none: all.
    pub municipality: Option<Slug>,
    /// Case; none: all.
    pub case: Option<CaseId>,
    /// Document id; none: all.
    pub document: Option<DocumentId>,
}

impl Wanted {
    /// Whether a document is asked for.
    #[must_use]
    pub fn has(&self, name: &DocumentName) -> bool {
        self.has_case(&name.case) && self.document.as_ref().is_none_or(|wanted| *wanted == name.document)
    }

    /// Whether a case is asked for, or some document of it.
    #[must_use]
    pub fn has_case(&self, name: &CaseName) -> bool {
        self.municipality.as_ref().is_none_or(|wanted| *wanted == name.municipality)
            && self.case.as_ref().is_none_or(|wanted| *wanted == name.case)
    }
}

/// What forbids to write（どこまで許すか）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Errors.
    #[default]
    Errors,
    /// Warnings too.
    Warnings,
}

impl Strictness {
    /// Whether these diagnostics forbid to write.
    #[must_use]
    pub fn forbids(self, diagnostics: &Diagnostics) -> bool {
        match self {
            Self::Errors => diagnostics.has_errors(),
            Self::Warnings => diagnostics.has_warnings(),
        }
    }
}

/// A workspace, or what was asked for of it, read and checked（検査済みの原稿）.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The files.
    pub workspace: Workspace,
    /// What they say.
    pub library: Arc<Library>,
    /// Their meaning; complete only if `diagnostics` has no errors.
    pub model: Model,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    scope: Scope,
}

/// How far a judgement goes（判断の範囲）.
#[derive(Debug, Clone)]
struct Scope {
    memory: Arc<Memory>,
    cases: Cases,
    /// What the other municipalities of the workspace are called.
    others: Arc<Everyone>,
}

impl Scope {
    /// Everything that was read, and nobody else.
    fn of_all(memory: &Arc<Memory>) -> Self {
        Self { memory: memory.clone(), cases: Cases::All, others: Arc::default() }
    }
}

impl Checked {
    /// Every case, in the order of the slugs and ids.
    #[must_use]
    pub fn case_names(&self) -> Vec<CaseName> {
        self.model.cases().map(|(of, case)| of.name(case)).collect()
    }

    /// The same with files in other words: what a command is about to write, judged before it is written.
    ///
    /// **Shape**: `files` maps a path from the root to its new text, `None` for a file that is taken away.
    #[must_use]
    pub fn fork(&self, files: &BTreeMap<String, Option<String>>) -> Self {
        self.draft(files).judged()
    }

    /// The same with files in other words, read but not judged yet: what a page shows does not wait for the rules.
    ///
    /// **Shape**: as [`Self::fork`].
    #[must_use]
    pub fn draft(&self, files: &BTreeMap<String, Option<String>>) -> Draft {
        draft(self.workspace.with(files), &self.scope, Diagnostics::new())
    }
}

/// A workspace read and not judged yet（未検査の原稿）: its model can be shown; what is wrong with it is not all known.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The files.
    pub workspace: Workspace,
    /// What they say.
    pub library: Arc<Library>,
    /// Their meaning, without what could not be read.
    pub model: Model,
    diagnostics: Diagnostics,
    scope: Scope,
}

impl Draft {
    /// Holds it against all rules, and what it prints against what was frozen.
    #[must_use]
    pub fn judged(self) -> Checked {
        let Self { workspace, library, model, diagnostics: mut found, scope } = self;
        let (against, mut held) = (HeldAgainst::new(&workspace.sources), Diagnostics::new());
        // Rules look at the meaning; what could not be read has none.
        rayon::join(
            || check(&Subject::new(&model, &library, &against), &mut found),
            || hold(&model, &against, &mut held),
        );
        found.extend(held);
        crate::page::age();
        let diagnostics = found.settled(&workspace.sources);
        Checked { workspace, library, model, diagnostics, scope }
    }
}

/// A workspace that is looked at more than once（作業の場）.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    /// Templates, and nothing of `content/`.
    base: Workspace,
    found: Diagnostics,
    memory: Arc<Memory>,
    /// Ids of the shared texts, each with its path.
    fragments: BTreeMap<FragmentId, String>,
    /// The settings of all municipalities, for their names and codes; read when they are first asked for.
    others: OnceLock<Arc<Everyone>>,
    /// What several municipalities share, by path from the root, as it was read.
    shared: Mutex<BTreeMap<String, Arc<Part>>>,
}

/// A part of the workspace that several municipalities share.
#[derive(Debug)]
struct Part {
    sources: SourceMap,
    found: Diagnostics,
}

impl Session {
    /// Opens a workspace; of `content/` nothing is read yet.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`] and [`Error::Read`].
    pub fn open(root: &Path) -> Result<Self, Error> {
        let mut found = Diagnostics::new();
        let base = Workspace::open(root, &mut found)?;
        Ok(Self {
            root: root.to_owned(),
            base,
            found,
            memory: Arc::new(Memory::default()),
            fragments: Workspace::fragment_paths(root)?,
            others: OnceLock::new(),
            shared: Mutex::new(BTreeMap::new()),
        })
    }

    /// The same folder as it is now: what was parsed before is remembered, whatever else was read is read again.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn renewed(&self) -> Result<Self, Error> {
        self.with_unsaved(BTreeMap::new())
    }

    /// The same folder as it is now, with the texts that an editor holds in place of its files. Other than a [`Checked::fork`] it reads what the
    /// new words ask for, such as a shared text that nobody used before, and says what is wrong with the characters of every file.
    ///
    /// **Shape**: texts by path from the root, to the letter as the editor would save them.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn with_unsaved(&self, unsaved: BTreeMap<String, String>) -> Result<Self, Error> {
        let mut found = Diagnostics::new();
        let opened = Workspace::open(&self.root, &mut found)?;
        let sources = self.base.sources.sibling();
        let mut fragments = Workspace::fragment_paths(&self.root)?;
        for path in unsaved.keys() {
            if let Some(id) = FragmentId::of_path(path) {
                fragments.entry(id).or_insert_with(|| path.clone());
            }
        }
        Ok(Self {
            root: self.root.clone(),
            base: Workspace { sources, unsaved: Arc::new(unsaved), ..opened },
            found,
            memory: self.memory.clone(),
            fragments,
            others: OnceLock::new(),
            shared: Mutex::new(BTreeMap::new()),
        })
    }

    /// The slugs of all municipalities, in order.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn municipalities(&self) -> Result<Vec<Slug>, Error> {
        let names = Workspace::folder_names(&self.root, "content/municipalities")?;
        Ok(names.into_iter().map(Slug::from).collect())
    }

    /// The names of the municipalities by slug; one whose settings cannot be read is left out.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn names(&self) -> Result<BTreeMap<Slug, String>, Error> {
        let settings = self.settings()?;
        Ok(settings.settings().iter().map(|(slug, read)| (slug.clone(), read.value.name.value.clone())).collect())
    }

    /// The municipalities that are asked for.
    ///
    /// # Errors
    /// [`Error::NothingMatches`] without such a municipality, and [`Error::Read`].
    pub fn wanted(&self, wanted: &Wanted) -> Result<Vec<Reach>, Error> {
        let all = self.municipalities()?;
        let Some(slug) = &wanted.municipality else {
            return Ok(all.into_iter().map(|slug| Reach { municipality: slug, case: wanted.case.clone() }).collect());
        };
        if !all.contains(slug) {
            return Err(nothing_matches(wanted, &all));
        }
        Ok(vec![Reach { municipality: slug.clone(), case: wanted.case.clone() }])
    }

    /// Those of the municipalities that are in a part of all; of one whose settings cannot be read, the folder's name stands for its code.
    ///
    /// **Shape**: in the order that they come in; empty where none falls into the part, which is no mistake.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn sharded(&self, reaches: Vec<Reach>, shard: Shard) -> Result<Vec<Reach>, Error> {
        let settings = self.settings()?;
        let code =
            |reach: &Reach| settings.settings().get(&reach.municipality).map(|read| read.value.code.value.clone());
        let is_mine = |reach: &Reach| shard.has(code(reach).as_deref().unwrap_or(&reach.municipality));
        Ok(reaches.into_iter().filter(is_mine).collect())
    }

    /// The settings of all municipalities; those that cannot be read are left out, and said where the municipality is looked at.
    fn settings(&self) -> Result<Arc<Everyone>, Error> {
        if let Some(known) = self.others.get() {
            return Ok(known.clone());
        }
        let mut workspace = self.empty();
        for slug in self.municipalities()? {
            workspace.read_part(&slug.settings(), &mut Diagnostics::new())?;
        }
        let library = Library::read(&mut workspace, &self.memory, &mut Diagnostics::new());
        Ok(self.others.get_or_init(|| Arc::new(Everyone::new(library.municipalities))).clone())
    }

    /// A municipality, or one of its cases with what that rests on, read and judged.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn look(&self, reach: &Reach) -> Result<Checked, Error> {
        self.gather(std::slice::from_ref(reach))
    }

    /// One municipality with all its cases.
    ///
    /// # Errors
    /// [`Error::NothingMatches`] without such a municipality, and [`Error::Read`].
    pub fn municipality(&self, slug: &Slug) -> Result<Checked, Error> {
        let wanted = Wanted { municipality: Some(slug.clone()), ..Wanted::default() };
        self.gather(&self.wanted(&wanted)?)
    }

    /// Cases by name as one workspace: for answers that come from outside and say themselves what they answer. What is none of a municipality here
    /// is left out.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn answered(&self, names: impl IntoIterator<Item = CaseName>) -> Result<Checked, Error> {
        let all = self.municipalities()?;
        // Somebody outside may have written any words, such as those that lead out of a folder.
        let is_name = |name: &CaseName| all.contains(&name.municipality) && id_fault(&name.case).is_none();
        let reaches: Vec<Reach> = names.into_iter().filter(is_name).map(Reach::from).collect();
        self.gather(&reaches)
    }

    /// Several municipalities as one workspace: for an order on files that they share.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn gather(&self, reaches: &[Reach]) -> Result<Checked, Error> {
        let mut found = self.found.clone();
        let mut workspace = self.empty();
        let mut cases = BTreeSet::new();
        let reaches: Vec<Reach> = reaches.iter().map(|reach| self.widened(reach)).collect();
        for reach in &reaches {
            for part in reach.own_parts() {
                workspace.read_part(&part, &mut found)?;
            }
            cases.append(&mut reach.cases(&workspace));
            // A checklist rests on the assessment of another case.
            if let Some(case) = reach.rests_on(&workspace, &self.memory) {
                for part in (Reach { municipality: reach.municipality.clone(), case: Some(case.clone()) }).own_parts() {
                    if !reach.own_parts().contains(&part) {
                        workspace.read_part(&part, &mut found)?;
                    }
                }
                cases.insert(case);
            }
        }
        for part in reach::shared_parts(&cases) {
            self.share(&part, &mut workspace, &mut found)?;
        }
        // Of the shared texts those that are used, and those that they use.
        workspace.fragment_names = self.fragments.keys().cloned().collect();
        let mut taken = BTreeSet::new();
        loop {
            let library = Library::read(&mut workspace, &self.memory, &mut Diagnostics::new());
            let used = library.used_fragments().into_iter().filter_map(|id| self.fragments.get(id));
            let new: Vec<&String> = used.filter(|path| taken.insert(*path)).collect();
            if new.is_empty() {
                break;
            }
            for path in new {
                self.share(path, &mut workspace, &mut found)?;
            }
        }
        let is_whole = reaches.iter().any(|reach| reach.case.is_none());
        let cases = if is_whole { Cases::All } else { Cases::These(cases) };
        Ok(judge(workspace, &Scope { memory: self.memory.clone(), cases, others: self.settings()? }, found))
    }

    /// A register is made of all cases of its municipality, so whoever asks for it asks for them.
    fn widened(&self, reach: &Reach) -> Reach {
        match reach.register() {
            Some(path) if self.root.join(&path).is_file() => Reach { case: None, ..reach.clone() },
            _ => reach.clone(),
        }
    }

    /// Forgets what the municipality's own files said; what it shares with others is kept.
    pub fn forget(&self, municipality: &Slug) {
        self.memory.forget(&municipality.folder());
        self.memory.forget(&municipality.editions());
        crate::page::forget();
    }

    /// Several, each by itself, on every core.
    #[must_use]
    pub fn look_at_each(&self, reaches: &[Reach]) -> Vec<Result<Checked, Error>> {
        let mut all = Vec::with_capacity(reaches.len());
        for some in reaches.chunks(workers()) {
            let looked: Vec<Result<Checked, Error>> = std::thread::scope(|scope| {
                let started: Vec<_> = some.iter().map(|reach| scope.spawn(|| self.look(reach))).collect();
                let joined = started.into_iter().map(std::thread::ScopedJoinHandle::join);
                joined.map(|looked| looked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
            });
            all.extend(looked);
        }
        all
    }

    /// The templates of the workspace.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        &self.base.templates
    }

    /// What is wrong with the municipalities that are asked for, each judged by itself; they are forgotten one after the other, but for
    /// the last: whoever asks ends with the answer.
    ///
    /// # Errors
    /// [`Error::NothingMatches`] without such a municipality or case, and [`Error::Read`].
    pub fn check(&self, wanted: &Wanted) -> Result<Findings, Error> {
        let reaches = self.wanted(wanted)?;
        let mut findings = Findings::default();
        let mut cases = 0;
        let mut left = reaches.len();
        for some in reaches.chunks(workers()) {
            left -= some.len();
            for (reach, checked) in some.iter().zip(self.look_at_each(some)) {
                let checked = checked?;
                cases += checked.model.municipalities.iter().map(|of| of.cases.len()).sum::<usize>();
                findings.add(&checked, &reach.municipality);
                if left > 0 {
                    self.forget(&reach.municipality);
                } else {
                    // Nobody waits for the last to be taken apart.
                    rayon::spawn(move || drop(checked));
                }
            }
        }
        if let (Some(_), 0) = (&wanted.case, cases) {
            return Err(nothing_matches(wanted, &self.municipalities()?));
        }
        if wanted.municipality.is_some() || wanted.case.is_some() {
            return Ok(findings.closed(Asked::Some));
        }
        findings.add_rest(&self.unread(&findings, &reaches)?);
        Ok(findings.closed(Asked::All))
    }

    /// A workspace of this session of which nothing was read.
    fn empty(&self) -> Workspace {
        Workspace { sources: self.base.sources.sibling(), ..self.base.clone() }
    }

    fn share(&self, path: &str, workspace: &mut Workspace, found: &mut Diagnostics) -> Result<(), Error> {
        let part = self.shared(path)?;
        workspace.share(&part.sources);
        found.extend(part.found.clone());
        Ok(())
    }

    fn shared(&self, path: &str) -> Result<Arc<Part>, Error> {
        let lock = || self.shared.lock().expect("nobody panics while he holds the shared parts");
        if let Some(part) = lock().get(path) {
            return Ok(part.clone());
        }
        let mut found = Diagnostics::new();
        let mut workspace = self.empty();
        workspace.read_part(path, &mut found)?;
        let part = Arc::new(Part { sources: workspace.sources, found });
        lock().insert(path.to_owned(), part.clone());
        Ok(part)
    }
}

fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Reads and checks all of a workspace at once.
///
/// # Errors
/// [`Error::NoWorkspace`] and [`Error::Read`].
pub fn read(root: &Path) -> Result<Checked, Error> {
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace::read(root, &mut diagnostics)?;
    Ok(check_workspace(workspace, diagnostics))
}

/// Checks a workspace; `diagnostics` are what was found while it was read.
#[must_use]
pub fn check_workspace(workspace: Workspace, diagnostics: Diagnostics) -> Checked {
    judge(workspace, &Scope::of_all(&Arc::default()), diagnostics)
}

fn judge(workspace: Workspace, scope: &Scope, diagnostics: Diagnostics) -> Checked {
    draft(workspace, scope, diagnostics).judged()
}

fn draft(mut workspace: Workspace, scope: &Scope, mut diagnostics: Diagnostics) -> Draft {
    let (mut library, found) = loop {
        let mut found = Diagnostics::new();
        let library = Library::read(&mut workspace, &scope.memory, &mut found);
        // New words may use a shared text that nobody used before.
        if !workspace.read_fragments(library.used_fragments().into_iter(), &mut diagnostics) {
            break (library, found);
        }
    };
    diagnostics.extend(found);
    library.others = scope.others.clone();
    let model = Model::assemble(&library, &workspace.sources, (&scope.cases, &scope.memory), &mut diagnostics);
    Draft { workspace, library: Arc::new(library), model, diagnostics, scope: scope.clone() }
}

/// Says what was asked for and what there is.
#[must_use]
pub fn nothing_matches(wanted: &Wanted, known: &[impl ToString]) -> Error {
    let Wanted { municipality, case, document } = wanted;
    let asked = [municipality.as_deref(), case.as_deref(), document.as_deref()];
    Error::NothingMatches {
        wanted: asked.into_iter().flatten().collect::<Vec<_>>().join(" "),
        known: known.iter().map(ToString::to_string).collect(),
    }
}

/// A case of the workspace.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case.
pub fn find<'c>(checked: &'c Checked, name: &CaseName) -> Result<&'c Case, Error> {
    find_with_municipality(checked, name).map(|(_, case)| case)
}

/// A case of the workspace, and whose it is.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case.
pub fn find_with_municipality<'c>(
    checked: &'c Checked,
    name: &CaseName,
) -> Result<(&'c Municipality, &'c Case), Error> {
    let known = || checked.case_names().iter().map(CaseName::to_string).collect();
    checked.model.case(name).ok_or_else(|| Error::NothingMatches { wanted: name.to_string(), known: known() })
}
