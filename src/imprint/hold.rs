//! What a case prints held against its edition and against the papers that were issued on it.

use std::cell::{LazyCell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::departure::{Departure, Sort, departures};
use super::document::HEAD;
use super::item::{Item, told_by};
use super::leaf::{HEADS, Leaf, Readers, before, definitions, from_texts, issued, leaf_name};
use super::place::Places;
use super::public::{beside, for_the_public};
use crate::change::{DifferenceKind, HeldAgainst, ItemDifference, frozen_keys};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, SourceMap, Span, contrast};
use crate::markup::State;
use crate::model::manifest::DocumentKind;
use crate::model::{Case, Edition, ItemKey, ItemPath, Model, Municipality, Role};
use crate::name::EditionId;
use crate::source::ByPlace;

/// What a case prints otherwise than it should（刷り上がりの照合）.
#[derive(Debug, Default)]
pub struct Held {
    /// What no mark declares and no rule tells of: otherwise than the edition.
    pub undeclared: Vec<Found>,
    /// Otherwise than the papers that were issued last.
    pub since_issue: Vec<Found>,
}

/// A departure with its places（違いの所在）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What differs.
    pub departure: Departure,
    /// Documents or forms that show it; never empty.
    pub documents: Vec<String>,
    /// Where its author wrote it; `None` where nothing is left.
    pub place: Option<Span>,
    /// Where the older one has it.
    pub frozen: Option<Span>,
}

/// Holds every case against what was frozen of it.
pub fn hold(model: &Model, against: &HeldAgainst<'_>, diagnostics: &mut Diagnostics) {
    for municipality in &model.municipalities {
        let readers = Readers::of(municipality);
        for case in municipality.cases.values() {
            let Some((id, edition)) = baseline(case) else { continue };
            let of = municipality.name(case);
            let held = held(&readers, case, against);
            let answers = held.undeclared.iter().filter(|found| found.departure.sort == Sort::Answer).count();
            let mut told = false;
            for found in &held.undeclared {
                let is_answer = found.departure.sort == Sort::Answer;
                if is_answer && std::mem::replace(&mut told, true) {
                    continue;
                }
                let diagnostic = said(found, id).with("count", answers.to_string());
                diagnostics.push(diagnostic.with("case", of.words()).of_case(&of));
            }
            let issue = edition.last_issue().map_or("", |(issue, _)| issue);
            for found in &held.since_issue {
                let code = if found.departure.taken_back { Code::DeclaredTakenBack } else { Code::ChangedSinceIssue };
                let diagnostic = at(code, found, Label::Issued).with("issue", issue);
                diagnostics.push(diagnostic.with("case", of.words()).of_case(&of));
            }
        }
    }
}

fn baseline(case: &Case) -> Option<(&EditionId, &Edition)> {
    let (id, _) = case.edition.as_ref()?;
    Some((id, case.editions.get(id)?))
}

fn said(found: &Found, edition: &EditionId) -> Diagnostic {
    let code = match found.departure.sort {
        Sort::Words => Code::PrintedWords,
        Sort::Order => Code::PrintedOrder,
        Sort::Placement => Code::PrintedPlacement,
        Sort::Display => Code::PrintedDisplay,
        Sort::Answer => Code::AnswersDiffer,
        Sort::Public => Code::PrintedPublic,
    };
    at(code, found, Label::Edition).with("edition", edition)
}

fn at(code: Code, found: &Found, frozen: Label) -> Diagnostic {
    let diagnostic = match found.place.or(found.frozen) {
        Some(span) => Diagnostic::new(code, span),
        None => Diagnostic::nowhere(code),
    };
    let diagnostic = match found.frozen.filter(|_| found.place.is_some()) {
        Some(span) => diagnostic.related_as(span, frozen),
        None => diagnostic,
    };
    let (old, new) = contrast(&found.departure.old, &found.departure.new);
    let said = |text: String| if text.is_empty() { "（なし）".to_owned() } else { text };
    diagnostic
        .with("old", said(old))
        .with("new", said(new))
        .with("path", &found.departure.path)
        .with("what", found.departure.name.split(' ').next().unwrap_or_default())
        .with("documents", found.documents.join("、"))
}

/// What a case prints otherwise than its edition, and than what was issued on it last.
#[must_use]
pub fn held(readers: &Readers<'_>, case: &Case, against: &HeldAgainst<'_>) -> Held {
    let mut held = Held::default();
    let Some((_, edition)) = baseline(case) else { return held };
    let sources = against.sources();
    let (leaves, issue_leaves) =
        rayon::join(|| before(readers, case), || edition.last_issue().map(|_| issued(readers, case)));
    let printed = read(&edition.files, "printed/", sources).changed(&leaves);
    let issue = edition.last_issue().zip(issue_leaves);
    let issue = issue.map(|((_, issue), leaves)| (read(&issue.files, "", sources).changed(&leaves), leaves));
    let issue = issue.filter(|(was, _)| !was.changed.is_empty());
    if printed.changed.is_empty() && issue.is_none() {
        return held;
    }
    let differences = against.differences(&readers.own.name(case), case, edition);
    let places = OnceCell::new();
    let of_case = OfCase { municipality: readers.own, case, edition, sources, differences: &differences, places };
    let by_name = |leaves: Vec<Leaf>| leaves.into_iter().map(|leaf| (leaf.name, leaf.items)).collect();
    if !printed.changed.is_empty() {
        held.undeclared = of_case.undeclared(&printed, &by_name(leaves));
    }
    if let Some((was, leaves)) = issue {
        held.since_issue = of_case.since_issue(&was, &by_name(leaves), &held.undeclared);
    }
    held
}

/// Leaves as they were frozen.
struct Read {
    leaves: Arc<Leaves>,
    files: BTreeMap<String, FileId>,
    changed: BTreeSet<String>,
}

impl Read {
    /// With the names of those that are printed otherwise now. Items are held against items: what an earlier leaf prints just so need
    /// not be told for that.
    fn changed(mut self, now: &[Leaf]) -> Self {
        let of = |name: &String| now.iter().find(|leaf| leaf.name == *name).map(|leaf| &leaf.items);
        let differs = |(name, was): &(&String, &Vec<Arc<Item>>)| !of(name).is_some_and(|now| is_same(was, now));
        self.changed = self.leaves.iter().filter(differs).map(|(name, _)| name.clone()).collect();
        self.suppose(now);
        self
    }

    /// A record made before the public's leaves were kept: what was published is taken to be what was submitted, with nothing withheld.
    fn suppose(&mut self, now: &[Leaf]) {
        if self.leaves.keys().any(|name| beside(name).is_some()) {
            return;
        }
        let items = |name: &str| now.iter().find(|leaf| leaf.name == name).map(|leaf| &leaf.items);
        for leaf in now {
            let Some(own) = beside(&leaf.name).filter(|own| items(own).is_some_and(|items| *items != leaf.items))
            else {
                continue;
            };
            // The heads of all documents are compared where who reads them is known.
            let is_form = own != HEADS;
            if let (Some(was), Some(file), true) =
                (self.leaves.get(own).cloned(), self.files.get(own).copied(), is_form)
            {
                Arc::make_mut(&mut self.leaves).insert(leaf.name.clone(), was);
                self.files.insert(leaf.name.clone(), file);
                self.changed.insert(leaf.name.clone());
            }
        }
    }

    /// What those say that are printed otherwise now, the public's last.
    fn leaves(&self) -> Vec<(&String, &Vec<Arc<Item>>)> {
        let mut leaves: Vec<_> = self.leaves.iter().filter(|(name, _)| self.changed.contains(*name)).collect();
        leaves.sort_by_key(|(name, _)| beside(name).is_some());
        leaves
    }
}

fn is_same(was: &[Arc<Item>], now: &[Arc<Item>]) -> bool {
    let same = |(one, other): (&Arc<Item>, &Arc<Item>)| one.says_as(other);
    was.len() == now.len() && was.iter().zip(now).all(same)
}

fn read(files: &BTreeMap<String, FileId>, folder: &str, sources: &SourceMap) -> Read {
    let named = files.iter().filter_map(|(path, file)| Some((path.strip_prefix(folder)?.strip_suffix(".md")?, *file)));
    let files: BTreeMap<String, FileId> = named.map(|(name, file)| (name.to_owned(), file)).collect();
    let texts = files.iter().map(|(name, file)| (name.clone(), ByPlace(sources.get(*file).text.clone()))).collect();
    Read { leaves: frozen_leaves(&texts).1, files, changed: BTreeSet::new() }
}

/// What frozen texts say. It is remembered: they are the same in every state of the workspace.
#[comemo::memoize]
fn frozen_leaves(texts: &Texts) -> (Texts, Arc<Leaves>) {
    (texts.clone(), Arc::new(from_texts(&texts.iter().map(|(name, text)| (name.clone(), &*text.0)).collect())))
}

/// The texts of an edition by the names of their leaves.
type Texts = BTreeMap<String, ByPlace<str>>;

type Leaves = BTreeMap<String, Vec<Arc<Item>>>;

struct OfCase<'a> {
    municipality: &'a Municipality,
    case: &'a Case,
    edition: &'a Edition,
    sources: &'a SourceMap,
    /// What the rule of the edition tells of.
    differences: &'a [ItemDifference],
    /// Where things are written: looked up only if something is to be told.
    places: OnceCell<Places<'a>>,
}

impl<'a> OfCase<'a> {
    fn places(&self) -> &Places<'a> {
        self.places.get_or_init(|| Places::of(self.municipality, self.case))
    }

    /// The form of a leaf's items, be it the leaf of a form or of a document that shows one.
    fn role(&self, leaf: &str) -> Role {
        let leaf = beside(leaf).unwrap_or(leaf);
        let roles = self.case.forms.iter().map(|form| form.role.clone());
        let of_form = roles.into_iter().find(|role| leaf_name(role) == leaf);
        let of_document = || {
            let mut all = definitions(self.municipality, self.case);
            all.find(|definition| definition.id.value == leaf).map(Role::of)
        };
        of_form.or_else(of_document).unwrap_or_default()
    }

    fn undeclared(&self, was: &Read, now: &Leaves) -> Vec<Found> {
        // Most of what differs was told by a rule: then nobody asks.
        let keys = LazyCell::new(|| -> BTreeSet<ItemKey> {
            let frozen = self.edition.items().map(|(key, _)| key.clone());
            frozen_keys(self.case, State::Before).into_iter().chain(frozen).collect()
        });
        let mut found = Vec::new();
        let mut of_submission: BTreeMap<String, Vec<Departure>> = BTreeMap::new();
        let empty = Vec::new();
        for (leaf, old) in was.leaves() {
            let role = self.role(leaf);
            let differ = || departures(old, now.get(leaf).unwrap_or(&empty));
            let departures: Vec<Departure> = match beside(leaf) {
                // Nobody reads any more what is not published: that is told of its readers.
                Some(_) if !now.contains_key(leaf) => Vec::new(),
                Some(own) => {
                    for_the_public(differ(), of_submission.get(own).map(Vec::as_slice).unwrap_or_default()).collect()
                }
                None => {
                    let all = differ();
                    of_submission.insert(leaf.clone(), all.clone());
                    all
                }
            };
            for mut departure in departures {
                let key = role.key(&departure.path);
                if is_new_document(&departure) || is_told(&departure, &key, self.differences) {
                    continue;
                }
                // What no author wrote for an item is the form's, or the settings'.
                if departure.sort == Sort::Words && !is_item(&key, &keys) {
                    departure.sort = Sort::Display;
                }
                let place = self.places().find(&role, &departure);
                let frozen = self.frozen(was.files.get(leaf), departure.at);
                let documents = vec![leaf.clone()];
                found.push(Found { departure, documents, place, frozen });
            }
        }
        found
    }

    fn since_issue(&self, was: &Read, now: &Leaves, undeclared: &[Found]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut known: BTreeMap<ItemKey, usize> = BTreeMap::new();
        let mut leaves = was.leaves();
        leaves.sort_by_key(|(leaf, _)| self.is_list(leaf));
        for (leaf, old) in leaves {
            if beside(leaf).is_some() && !now.contains_key(leaf) {
                continue;
            }
            let (role, is_list) = (self.role(leaf), self.is_list(leaf));
            let of_forms = found.iter().any(|found| found.documents.iter().any(|document| !self.is_list(document)));
            let empty = Vec::new();
            for mut departure in departures(old, now.get(leaf).unwrap_or(&empty)) {
                // A list shows the rows of the form: what changed there is one thing with them.
                if let Some(path) = told_by(&departure.path) {
                    departure.path = path;
                }
                if departure.path == HEAD {
                    departure.path = ItemPath::of(HEAD).join(beside(leaf).unwrap_or(leaf));
                }
                let key = role.key(&departure.path);
                let is_known = undeclared.iter().any(|other| other.departure.path == departure.path);
                if is_known || is_told(&departure, &key, self.differences) {
                    continue;
                }
                if let Some(index) = known.get(&key) {
                    let other = &mut found[*index];
                    other.departure.taken_back |= departure.taken_back;
                    if !other.documents.contains(leaf) {
                        other.documents.push(leaf.clone());
                    }
                    continue;
                }
                // Headings and rows beside others come and go in a list with what changed in the form.
                let comes_or_goes = departure.old.is_empty() || departure.new.is_empty();
                if is_list && of_forms && comes_or_goes {
                    continue;
                }
                known.insert(key, found.len());
                let place = self.places().find(&role, &departure);
                let frozen = self.frozen(was.files.get(leaf), departure.at);
                found.push(Found { departure, documents: vec![leaf.clone()], place, frozen });
            }
        }
        found
    }

    /// Whether a document is made of the changes of another.
    fn is_list(&self, leaf: &str) -> bool {
        let leaf = beside(leaf).unwrap_or(leaf);
        definitions(self.municipality, self.case).any(|definition| {
            definition.id.value == leaf
                && matches!(definition.kind, DocumentKind::ChangeList | DocumentKind::ChangeSummary)
        })
    }

    /// The heading of an item in the file that froze it.
    fn frozen(&self, file: Option<&FileId>, at: Option<usize>) -> Option<Span> {
        let (file, at) = (*file?, at?);
        let text = &self.sources.get(file).text[at..];
        Some(Span::new(file, at..at + text.lines().next().unwrap_or_default().len()))
    }
}

/// Whether the rule of the edition tells of it; where things stand it never does.
fn is_told(departure: &Departure, key: &ItemKey, differences: &[ItemDifference]) -> bool {
    // That the same letters are set otherwise says nothing of who may read them.
    let tells =
        |found: &ItemDifference| departure.sort != Sort::Public || found.difference.kind != DifferenceKind::Shape;
    departure.sort != Sort::Order && differences.iter().any(|found| tells(found) && found.tells_of(key))
}

/// A document that is issued now for the first time changes nothing that was printed.
fn is_new_document(departure: &Departure) -> bool {
    departure.path.first() == HEAD && departure.old.is_empty() && departure.at.is_none()
}

/// Whether an author writes what stands under a key.
fn is_item(key: &ItemKey, keys: &BTreeSet<ItemKey>) -> bool {
    let is_figure = matches!(key.whole().last(), "figure" | "remarks");
    keys.contains(key) || (is_figure && keys.iter().any(|known| known.below(key).is_some()))
}
