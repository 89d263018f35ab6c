//! Marks written into the author's files: what differs from an edition and is not marked yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::Error;
use crate::change::{DifferenceKind, ItemDifference, TextEdit, apply, compare, frozen, mark};
use crate::diagnostic::{Code, FileId, Severity, SourceMap};
use crate::markup::{State, print};
use crate::model::{Case, Edition, ItemKey};
use crate::name::{CaseName, ChangeId, EditionId, Reach};
use crate::session::{Checked, Session, Wanted, nothing_matches};
use crate::write::Steps;

/// An order to mark（印を付ける依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkOrder {
    /// Which cases; the document is of no account.
    pub wanted: Wanted,
    /// The edition to compare with; none: the one that each case names.
    pub since: Option<EditionId>,
    /// The change that the marks belong to; none: they name none.
    pub change: Option<ChangeId>,
    /// Whether what differs in notation only is marked too.
    pub notation: Notation,
    /// Only what is printed under these keys（項目を限る）: the paths of items; empty: all.
    pub only: Vec<ItemKey>,
}

/// What happens to differences of notation（表記のみの違い）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notation {
    /// They are listed and left.
    #[default]
    Leave,
    /// They are marked like others.
    Mark,
}

/// What was, or would be, marked（付けた印）.
#[derive(Debug, Default)]
pub struct Marked {
    /// Differences that got a mark.
    pub marked: Vec<MarkedPlace>,
    /// Differences of notation that were left（表記のみ）.
    pub notation: Vec<MarkedPlace>,
    /// Differences that a person has to mark.
    pub by_hand: Vec<MarkedPlace>,
    /// New texts of the files, by path from the root.
    pub files: BTreeMap<String, Option<String>>,
}

/// A difference and where it stands（違いの所在）.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkedPlace {
    /// `file:line`, or the item's key where it is in no file any more.
    pub place: String,
    /// What the edition says.
    pub old: String,
    /// What the text says.
    pub new: String,
}

/// Compares the wanted cases with an edition and writes a mark for each difference.
///
/// What is written was read again and checked before: the text before the changes is nearer to the edition, the text after them is
/// what it was, and no other municipality's text is touched.
///
/// # Errors
/// [`Error::NothingMatches`] without a wanted case, [`Error::NoSuch`] and [`Error::NoEdition`] where none has the edition or the change; what [`read`](crate::session::read) and [`Steps::write`] refuse.
pub fn write_marks(root: &Path, order: &MarkOrder) -> Result<Marked, Error> {
    let (checked, marked) = mark_in(root, order)?;
    let Wanted { municipality, case, .. } = &order.wanted;
    let of = match (municipality, case) {
        (Some(municipality), case) => Reach { municipality: municipality.clone(), case: case.clone() }.to_string(),
        (None, Some(case)) => case.to_string(),
        (None, None) => "すべての自治体".to_owned(),
    };
    let change = order.change.as_deref().unwrap_or("ID なし");
    Steps::of(root).write(&checked.workspace.sources, (&format!("印（{change}）：{of}"), &marked.files))?;
    Ok(marked)
}

/// What [`write_marks`] would write.
///
/// # Errors
/// As [`write_marks`], without those of writing.
pub fn mark_dry(root: &Path, order: &MarkOrder) -> Result<Marked, Error> {
    mark_in(root, order).map(|(_, marked)| marked)
}

/// Looks at the municipality that is asked for, and at the others only where their shared files would change.
fn mark_in(root: &Path, order: &MarkOrder) -> Result<(Checked, Marked), Error> {
    let session = Session::open(root)?;
    let Some(municipality) = &order.wanted.municipality else {
        let checked = session.gather(&session.wanted(&Wanted::default())?)?;
        let marked = marks(&checked, order)?;
        return Ok((checked, marked));
    };
    let files = |marked: &Marked| marked.files.keys().cloned().collect();
    session.with_concerned(municipality, |checked| marks(checked, order), files)
}

/// The marks for a workspace that was read.
///
/// # Errors
/// As [`write_marks`], without those of reading and writing.
pub fn marks(checked: &Checked, order: &MarkOrder) -> Result<Marked, Error> {
    let cases = wanted_cases(checked, order)?;
    let sources = &checked.workspace.sources;
    let mut marking = Marking { checked, order, edits: Vec::new(), result: Marked::default() };
    for (name, case, edition) in &cases {
        marking.gather(name, case, edition, sources);
    }
    marking.settle(&cases);
    let Marking { mut result, edits, .. } = marking;
    for (item, edit) in edits {
        if edit.is_some() { result.marked.push(item.place) } else { result.by_hand.push(item.place) }
    }
    for list in [&mut result.marked, &mut result.notation, &mut result.by_hand] {
        list.sort();
        list.dedup();
    }
    Ok(result)
}

type WantedCase<'c> = (CaseName, &'c Case, &'c Edition);

fn wanted_cases<'c>(checked: &'c Checked, order: &MarkOrder) -> Result<Vec<WantedCase<'c>>, Error> {
    let all = checked.model.cases().map(|(of, case)| (of.name(case), case));
    let cases: Vec<(CaseName, &Case)> = all.filter(|(name, _)| order.wanted.has_case(name)).collect();
    let with = cases.iter().filter_map(|(name, case)| Some((name.clone(), *case, since(order, case)?)));
    let with: Vec<WantedCase<'c>> = with.collect();
    if with.is_empty() {
        let of = |(name, case): &(CaseName, &Case)| -> Vec<String> {
            case.editions.keys().map(|id| name.edition(id).to_string()).collect()
        };
        let all: Vec<String> = cases.iter().flat_map(of).collect();
        if cases.is_empty() {
            return Err(nothing_matches(&order.wanted, &checked.case_names()));
        }
        return Err(match &order.since {
            Some(since) => Error::no_such(("版", "edition"), since, &all),
            None => Error::NoEdition { cases: cases.iter().map(|(name, _)| name.to_string()).collect() },
        });
    }
    if let Some(change) = &order.change
        && !with.iter().any(|(_, case, _)| case.changes.get(change).is_some())
    {
        let ids =
            with.iter().flat_map(|(_, case, _)| &case.changes.list).map(|change| change.settings.id.value.clone());
        return Err(Error::no_such(("変更", "change"), change, &ids.collect::<Vec<_>>()));
    }
    Ok(with)
}

/// The edition that a case is compared with.
fn since<'c>(order: &MarkOrder, case: &'c Case) -> Option<&'c Edition> {
    let own = || case.edition.as_ref().map(|(id, _)| id);
    case.editions.get(order.since.as_ref().or_else(own)?)
}

/// An item of a case that got an edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    case: CaseName,
    key: ItemKey,
    place: MarkedPlace,
}

struct Marking<'c> {
    checked: &'c Checked,
    order: &'c MarkOrder,
    /// Each difference with its edits; none: a person has to mark it.
    edits: Vec<(Item, Option<Vec<TextEdit>>)>,
    result: Marked,
}

/// Rounds in which edits that do not hold are taken back.
const ROUNDS: usize = 6;

impl Marking<'_> {
    fn gather(&mut self, name: &CaseName, case: &Case, edition: &Edition, sources: &SourceMap) {
        for found in compare(case, edition, sources) {
            let only = &self.order.only;
            if !only.is_empty() && !only.iter().any(|only| found.tells_of(only)) {
                continue;
            }
            let place = place(&found, sources);
            let is_left = match found.difference.kind {
                DifferenceKind::Words | DifferenceKind::CalledNew => false,
                DifferenceKind::Notation => self.order.notation == Notation::Leave,
                DifferenceKind::Shape => continue,
            };
            if is_left {
                self.result.notation.push(place);
                continue;
            }
            let edit = mark(&found.difference.patch, self.order.change.as_ref(), sources);
            let item = Item { case: name.clone(), key: found.key, place };
            self.edits.push((item, edit));
        }
    }

    /// Takes back the edits of every item that does not come out as it should, until the others do.
    fn settle(&mut self, cases: &[WantedCase<'_>]) {
        let before = Snapshot::of(self.checked);
        for _ in 0..ROUNDS {
            self.result.files = self.files();
            if self.result.files.is_empty() {
                return;
            }
            let after = self.checked.fork(&self.result.files);
            let bad = self.bad(cases, &before, &after);
            if bad.is_empty() {
                return;
            }
            for (item, edit) in &mut self.edits {
                if bad.contains(&(item.case.clone(), item.key.clone())) {
                    *edit = None;
                }
            }
        }
        // Nothing that was not seen to hold is written.
        self.edits.iter_mut().for_each(|(_, edit)| *edit = None);
        self.result.files.clear();
    }

    fn files(&self) -> BTreeMap<String, Option<String>> {
        let sources = &self.checked.workspace.sources;
        // An item that several cases share, or a text that stands on several pages, is marked once.
        let mut seen: BTreeSet<TextEdit> = BTreeSet::new();
        let edits = self.edits.iter().filter_map(|(_, edit)| edit.as_ref()).flatten();
        let edits: Vec<TextEdit> = edits.filter(|edit| seen.insert((*edit).clone())).cloned().collect();
        apply(&edits, |file| &sources.get(file).text)
            .into_iter()
            .map(|(file, text)| (path_of(sources, file), Some(text)))
            .collect()
    }

    /// Items whose edits do not hold: the difference is still there, the text after the changes is another, another case suffers.
    fn bad(&self, cases: &[WantedCase<'_>], before: &Snapshot, after: &Checked) -> BTreeSet<(CaseName, ItemKey)> {
        let mut bad = BTreeSet::new();
        let now = Snapshot::of(after);
        let tried = |case: &CaseName, key: &ItemKey| {
            self.edits.iter().any(|(item, edit)| edit.is_some() && item.case == *case && item.key == *key)
        };
        for (name, ..) in cases {
            let Some((case, edition)) = case_of(after, name, self.order) else { continue };
            for found in compare(case, edition, &after.workspace.sources) {
                // Shape alone is nothing that a mark could say.
                let left = match found.difference.kind {
                    DifferenceKind::Words | DifferenceKind::CalledNew => true,
                    DifferenceKind::Notation => self.order.notation == Notation::Mark,
                    DifferenceKind::Shape => false,
                };
                if left && tried(name, &found.key) && !self.has_by_hand(name, &found.key) {
                    bad.insert((name.clone(), found.key));
                }
            }
        }
        let mut files: BTreeSet<String> = BTreeSet::new();
        for (key, text) in &before.after {
            if now.after.get(key) != Some(text) {
                if tried(&key.0, &key.1) {
                    bad.insert(key.clone());
                } else {
                    files.extend(before.files.get(key).cloned())
                }
            }
        }
        for (known, file) in now.undeclared.iter().filter(|(known, _)| !before.undeclared.contains_key(*known)) {
            let (case, key, _) = known;
            if !tried(case, key) {
                files.extend(file.clone());
            }
        }
        files.extend(
            now.errors
                .iter()
                .filter(|(error, _)| !before.errors.contains_key(*error))
                .filter_map(|(_, file)| file.clone()),
        );
        if bad.is_empty() {
            let sources = &self.checked.workspace.sources;
            let touches = |edits: &Vec<TextEdit>| edits.iter().any(|edit| files.contains(&path_of(sources, edit.file)));
            for (item, edit) in &self.edits {
                if edit.as_ref().is_some_and(touches) {
                    bad.insert((item.case.clone(), item.key.clone()));
                }
            }
        }
        bad
    }

    /// Whether another difference of the item is left to a person, so that the item cannot come out even.
    fn has_by_hand(&self, case: &CaseName, key: &ItemKey) -> bool {
        self.edits.iter().any(|(item, edit)| edit.is_none() && item.case == *case && item.key == *key)
    }
}

/// What must not change while marks are written.
struct Snapshot {
    /// Each item's text after all changes, by case and key.
    after: BTreeMap<(CaseName, ItemKey), String>,
    /// The file in which an item is written.
    files: BTreeMap<(CaseName, ItemKey), String>,
    /// Differences from the edition that each case names, by case, key and words, and the file.
    undeclared: BTreeMap<(CaseName, ItemKey, String), Option<String>>,
    /// Errors by what they say, and the file.
    errors: BTreeMap<String, Option<String>>,
}

impl Snapshot {
    fn of(checked: &Checked) -> Self {
        let sources = &checked.workspace.sources;
        let mut snapshot = Self {
            after: BTreeMap::new(),
            files: BTreeMap::new(),
            undeclared: BTreeMap::new(),
            errors: BTreeMap::new(),
        };
        for (municipality, case) in checked.model.cases() {
            let name = municipality.name(case);
            for item in frozen(case, State::After) {
                let key = (name.clone(), item.key.clone());
                if let Some(span) = item.kind.marked().and_then(|text| text.span) {
                    snapshot.files.insert(key.clone(), path_of(sources, span.file));
                }
                snapshot.after.insert(key, print(&item.text));
            }
            let edition = case.edition.as_ref().and_then(|(id, _)| case.editions.get(id));
            let found = edition.map(|edition| compare(case, edition, sources)).unwrap_or_default();
            for found in found.into_iter().filter(|found| found.difference.kind != DifferenceKind::Shape) {
                let file = found.difference.span.map(|span| path_of(sources, span.file));
                let words = format!("{}\n{}", found.difference.old, found.difference.new);
                snapshot.undeclared.insert((name.clone(), found.key, words), file);
            }
        }
        for diagnostic in checked.diagnostics.sorted() {
            let counts = diagnostic.code.severity() == Severity::Error && !is_expected(diagnostic.code);
            if counts {
                let file = diagnostic.span.map(|span| path_of(sources, span.file));
                snapshot.errors.insert(format!("{:?} {:?}", diagnostic.code, diagnostic.args), file);
            }
        }
        snapshot
    }
}

/// Errors that marks may bring: the difference itself, a mark whose change is still to be named, a rule about the change.
fn is_expected(code: Code) -> bool {
    matches!(
        code,
        Code::Undeclared
            | Code::UndeclaredNew
            | Code::UndeclaredGone
            | Code::CalledNew
            | Code::UndeclaredNotation
            | Code::MarkNoChange
            | Code::ImportantAfter
            | Code::ChangeUnknown
    )
}

fn case_of<'c>(checked: &'c Checked, name: &CaseName, order: &MarkOrder) -> Option<(&'c Case, &'c Edition)> {
    let (_, case) = checked.model.case(name)?;
    Some((case, since(order, case)?))
}

fn path_of(sources: &SourceMap, file: FileId) -> String {
    sources.get(file).path.to_string_lossy().into_owned()
}

fn place(found: &ItemDifference, sources: &SourceMap) -> MarkedPlace {
    let place = found.difference.span.map_or_else(
        || found.key.to_string(),
        |span| {
            let file = sources.get(span.file);
            format!("{}:{}", file.path.display(), file.text[..span.start].matches('\n').count() + 1)
        },
    );
    MarkedPlace { place, old: found.difference.old.clone(), new: found.difference.new.clone() }
}
