//! What a case prints, as the files of an edition.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::book::book_items;
use super::document::{HEAD, document_items};
use super::item::{Item, Line, escaped, read, write};
use super::public::{PUBLISHED, beside, public};
use crate::change::as_read_by;
use crate::document::{Cites, Composed, Printing, cite, cite_cell};
use crate::model::manifest::{Audience, DocumentDef, DocumentKind, View};
use crate::model::{Case, Filled, ItemPath, Municipality, Role};

/// The imprint of a document or of a form, as a file（刷り上がりのファイル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Name of the file without its ending.
    pub name: String,
    /// In print order.
    pub items: Vec<Arc<Item>>,
}

impl Leaf {
    /// Whether it is what the public reads, beside a leaf of what is submitted.
    #[must_use]
    pub fn is_public(&self) -> bool {
        beside(&self.name).is_some()
    }
}

/// File that holds the heads of all documents.
pub(super) const HEADS: &str = "documents";

/// A municipality as each of its readers has it（読む人ごとの写し）: made once for all its cases.
#[derive(Debug)]
pub struct Readers<'m> {
    pub(super) own: &'m Municipality,
    /// What is submitted and what is published; none where nothing is withheld, so that all read the same.
    copies: Option<(Municipality, Municipality)>,
}

impl<'m> Readers<'m> {
    /// Those of a municipality.
    #[must_use]
    pub fn of(municipality: &'m Municipality) -> Self {
        let copies = as_read_by(municipality, Audience::Submission).zip(as_read_by(municipality, Audience::Public));
        Self { own: municipality, copies }
    }

    /// What an audience has of it.
    fn copy(&self, audience: Audience) -> &Municipality {
        match (&self.copies, audience) {
            (Some((submission, _)), Audience::Submission) => submission,
            (Some((_, public)), Audience::Public) => public,
            (None, _) => self.own,
        }
    }
}

/// Everything that a case prints before its changes: each form once, and the heads of the documents that print it. What the public
/// reads of it follows, in leaves of its own.
#[must_use]
pub fn before(readers: &Readers<'_>, case: &Case) -> Vec<Leaf> {
    let of = |audience: Audience| {
        let municipality = readers.copy(audience);
        Before { municipality, case: municipality.cases.get(&case.id).map_or(case, |own| own), audience }
    };
    let (submission, public_copy) = (of(Audience::Submission), of(Audience::Public));
    let (own, copied) = (submission.bodies(), public_copy.bodies());
    let set = |before: Before<'_>, bodies: &[Body<'_>]| -> Vec<Leaf> {
        bodies.par_iter().filter_map(|body| before.leaf(body)).collect()
    };
    let (own_leaves, copied_leaves) = if readers.copies.is_some() {
        rayon::join(|| set(submission, &own), || set(public_copy, &copied))
    } else {
        // What both read is composed once.
        let leaves = set(submission, &own);
        let (same, other): (Vec<_>, Vec<_>) =
            copied.into_iter().partition(|body| own.iter().any(|known| known.is(body)));
        let mut copied: Vec<Leaf> = set(public_copy, &other);
        let is_same = |leaf: &&Leaf| same.iter().any(|body| body.name == leaf.name);
        copied.extend(leaves.iter().filter(is_same).cloned());
        copied.sort_by(|one, other| one.name.cmp(&other.name));
        (leaves, copied)
    };
    let (heads, public_heads) = (submission.heads(), public_copy.heads());
    let published = published(readers.own, case, (&heads, &public_heads));
    let heads =
        (!heads.is_empty()).then(|| Leaf { name: HEADS.to_owned(), items: heads.into_iter().map(Arc::new).collect() });
    heads.into_iter().chain(own_leaves).chain([published]).chain(public(copied_leaves)).collect()
}

/// Who reads each document, and what is true of its public copy alone.
fn published(municipality: &Municipality, case: &Case, (submission, public): (&[Item], &[Item])) -> Leaf {
    let head = |heads: &[Item], path: &ItemPath| -> Vec<Line> {
        heads.iter().filter(|item| item.path == *path).flat_map(|item| item.lines.iter().cloned()).collect()
    };
    let items = definitions(municipality, case).map(|definition| {
        let path = ItemPath::of(HEAD).join(&definition.id.value);
        let audiences = [(Audience::Submission, "提出用"), (Audience::Public, "公表用")];
        let readers = audiences.into_iter().filter(|(audience, _)| definition.audience.has(*audience));
        let mut lines = vec![Line::new("読む人", readers.map(|(_, words)| words).collect::<Vec<_>>().join("、"))];
        let known = head(submission, &path);
        lines.extend(head(public, &path).into_iter().filter(|line| !known.contains(line)));
        Arc::new(Item { path, lines: lines.into(), at: 0 })
    });
    Leaf { name: PUBLISHED.to_owned(), items: items.collect() }
}

/// What one audience reads of a case before its changes.
#[derive(Debug, Clone, Copy)]
struct Before<'m> {
    municipality: &'m Municipality,
    case: &'m Case,
    audience: Audience,
}

/// A form or a checklist of a case, and the first document that prints it.
#[derive(Debug)]
struct Body<'m> {
    name: String,
    definition: &'m DocumentDef,
}

impl Body<'_> {
    fn is(&self, other: &Body<'_>) -> bool {
        self.name == other.name && self.definition.id.value == other.definition.id.value
    }
}

impl<'m> Before<'m> {
    fn printings(self) -> impl Iterator<Item = Printing<'m>> {
        let Self { municipality, case, audience } = self;
        let is_read =
            move |definition: &&DocumentDef| audience == Audience::Submission || definition.audience.has(audience);
        definitions(municipality, case).filter(is_read).map(move |definition| Printing {
            municipality,
            case,
            definition,
            draws: false,
        })
    }

    /// The heads of the documents.
    fn heads(self) -> Vec<Item> {
        // Before its changes a case has none to list. A register says nothing of its own: what it lists is proved where it is written. A
        // hearing and its opinions are papers beside the assessment: they are no part of what is approved.
        let heads = self.printings().filter_map(|printing| match printing.filled() {
            Some((filled, legend)) => Some(head(&printing, Some(filled), &legend)),
            None => is_checklist(&printing).then(|| head(&printing, None, "")),
        });
        heads.collect()
    }

    /// What it is made of, each once, in the order of the names.
    fn bodies(self) -> Vec<Body<'m>> {
        let mut bodies: BTreeMap<String, &DocumentDef> = BTreeMap::new();
        for printing in self.printings() {
            let name = match printing.filled() {
                Some(_) => Some(leaf_name(&Role::of(printing.definition))),
                None => is_checklist(&printing).then(|| "checklist".to_owned()),
            };
            if let Some(name) = name {
                bodies.entry(name).or_insert(printing.definition);
            }
        }
        bodies.into_iter().map(|(name, definition)| Body { name, definition }).collect()
    }

    fn leaf(self, body: &Body<'_>) -> Option<Leaf> {
        let Self { municipality, case, .. } = self;
        let definition = body.definition;
        let items = if definition.kind == DocumentKind::Checklist {
            let printing = Printing { municipality, case, definition, draws: false };
            book_items(&printing.checklist(View::Before, None).ok()?)
        } else {
            // What a definition adds to its form stands in its head.
            let mut whole = DocumentDef { sections: Vec::new(), ..definition.clone() };
            whole.legend.value.clear();
            let printing = Printing { municipality, case, definition: &whole, draws: false };
            let (filled, _) = printing.filled()?;
            let (_, legend) = Printing { definition, ..printing }.filled()?;
            let items = document_items(&printing.form(filled, &legend_of_form(definition, &legend), View::Before));
            items.into_iter().filter(|item| item.path != HEAD).collect()
        };
        Some(Leaf { name: body.name.clone(), items })
    }
}

/// Everything that a case prints, each document as its readers have it, what is published as the public has it too; no page is cited.
#[must_use]
pub fn issued(readers: &Readers<'_>, case: &Case) -> Vec<Leaf> {
    let to = |audience: Audience| {
        let municipality = readers.copy(audience);
        issued_to(municipality, municipality.cases.get(&case.id).map_or(case, |own| own), audience)
    };
    let submission = to(Audience::Submission);
    let public_copy = if readers.copies.is_some() {
        to(Audience::Public)
    } else {
        // Where nothing is withheld, what is published is what is submitted: it is composed once.
        let is_published = |leaf: &&Leaf| {
            let mut own = definitions(readers.own, case).filter(|definition| definition.id.value == leaf.name);
            own.any(|definition| definition.audience.has(Audience::Public))
        };
        submission.iter().filter(is_published).cloned().collect()
    };
    submission.into_iter().chain(public(public_copy)).collect()
}

fn issued_to(municipality: &Municipality, case: &Case, audience: Audience) -> Vec<Leaf> {
    let is_read = |definition: &&DocumentDef| audience == Audience::Submission || definition.audience.has(audience);
    // Each by itself, on every core.
    let all: Vec<&DocumentDef> = definitions(municipality, case).filter(is_read).collect();
    let documents = all.par_iter().filter_map(|&definition| {
        let printing = Printing { municipality, case, definition, draws: false };
        let mut items = match printing.compose(None).ok()? {
            Composed::Document(document) => document_items(&document),
            Composed::Checklist(book) => book_items(&book),
            // It is the office's own, to be filled in.
            Composed::Comments(_) => return None,
        };
        let of = match printing.told() {
            Some((filled, legend)) => head(&printing, Some(filled), &legend),
            None => head(&printing, None, ""),
        };
        // The head of the definition says more than that of the document.
        let first = items.first_mut().filter(|item| item.path == HEAD)?;
        let own: Vec<Line> = of.lines.into_inner().into_iter().filter(|line| !first.lines.contains(line)).collect();
        Arc::make_mut(first).lines.extend(own);
        Some(Leaf { name: definition.id.value.to_string(), items })
    });
    documents.collect()
}

/// Name of the leaf that holds a form.
pub(super) fn leaf_name(role: &Role) -> String {
    match role {
        Role::Main => "assessment".to_owned(),
        Role::Beside(id) => format!("beside-{id}"),
        Role::Overview(document) => format!("overview-{document}"),
        Role::Submission => "submission".to_owned(),
    }
}

/// The documents of a case.
pub(super) fn definitions<'m>(municipality: &'m Municipality, case: &'m Case) -> impl Iterator<Item = &'m DocumentDef> {
    municipality.documents.iter().filter(|definition| definition.case.value == case.id)
}

/// The legend that a form prints in every document; that of one document stands in its head.
fn legend_of_form(definition: &DocumentDef, legend: &str) -> String {
    if definition.kind == DocumentKind::Submission { legend.to_owned() } else { String::new() }
}

fn is_checklist(printing: &Printing<'_>) -> bool {
    printing.definition.kind == DocumentKind::Checklist && printing.has_checklist()
}

/// What is true of a document as a whole, before and after its changes.
fn head(printing: &Printing<'_>, filled: Option<&Filled>, legend: &str) -> Item {
    let (definition, case, municipality) = (printing.definition, printing.case, printing.municipality);
    let meta = printing.meta(filled.map(|filled| filled.body));
    let empty = crate::document::tree::Document { meta, sections: Vec::new() };
    let mut lines = Arc::unwrap_or_clone(document_items(&empty).swap_remove(0)).lines.into_inner();
    let formats: Vec<&str> = definition.formats.iter().map(|format| format.extension()).collect();
    lines.push(Line::new("形式", formats.join(" ")));
    lines.push(Line::new("団体コード", escaped(&municipality.code)));
    lines.push(Line::new("事務", escaped(&case.title)));
    lines.push(Line::new("日付", case.date.to_string()));
    lines.extend(filled.map(|filled| Line::new("様式", escaped(&filled.form.id.value))));
    let sections: Vec<&str> = definition.sections.iter().map(|section| section.value.as_str()).collect();
    if !sections.is_empty() {
        lines.push(Line::new("載せる節", escaped(&sections.join(" "))));
    }
    if !legend.is_empty() {
        lines.push(Line::new("凡例", escaped(legend)));
    }
    if printing.kind().cites == Cites::Own {
        // Pages are measured; how they are written is seen by an example.
        let pages = [1, 3, 4, 5, 6, 9];
        lines.push(Line::new("ページの書き方", escaped(&cite(&pages, &definition.pages))));
        lines.push(Line::new("ページの区切り", escaped(&cite_cell(&[1, 2], &definition.list.page_separator))));
        lines.push(Line::new("一方だけが変わっても並べる節", escaped(&definition.list.context_sections.join(" "))));
    }
    Item { path: ItemPath::of(HEAD).join(&definition.id.value), lines: lines.into(), at: 0 }
}

/// Leaves as texts by name; what an earlier one prints just so is not written out again.
#[must_use]
pub fn texts(leaves: &[Leaf]) -> BTreeMap<String, String> {
    let mut earlier: Vec<Indexed<'_>> = Vec::new();
    let mut texts = BTreeMap::new();
    for leaf in leaves {
        texts.insert(leaf.name.clone(), write(&short(&leaf.items, &earlier)));
        earlier.push(Indexed::of(leaf));
    }
    texts
}

/// A leaf and where each path stands in it.
struct Indexed<'l> {
    leaf: &'l Leaf,
    places: BTreeMap<&'l ItemPath, Vec<usize>>,
}

impl<'l> Indexed<'l> {
    fn of(leaf: &'l Leaf) -> Self {
        let mut places: BTreeMap<&ItemPath, Vec<usize>> = BTreeMap::new();
        for (place, item) in leaf.items.iter().enumerate() {
            places.entry(&item.path).or_default().push(place);
        }
        Self { leaf, places }
    }

    /// Where it has the first of the items, and how many follow each other just so.
    fn same(&self, items: &[Arc<Item>]) -> Option<(usize, usize)> {
        let alike = |(one, other): &(&Arc<Item>, &Arc<Item>)| one.says_as(other);
        let places = self.places.get(&items[0].path)?;
        let counts =
            places.iter().map(|from| (*from, items.iter().zip(&self.leaf.items[*from..]).take_while(alike).count()));
        counts.filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count)
    }
}

/// Line that stands for items of an earlier leaf: its name, where they begin there, how many.
const SAME: &str = "同じ";

fn short(items: &[Arc<Item>], earlier: &[Indexed<'_>]) -> Vec<Arc<Item>> {
    let mut written: Vec<Arc<Item>> = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let runs = earlier.iter().filter_map(|leaf| leaf.same(&items[at..]).map(|(from, count)| (leaf, from, count)));
        match runs.max_by_key(|(_, _, count)| *count) {
            Some((Indexed { leaf, .. }, from, count)) => {
                let lines = vec![Line::new(SAME, format!("{} {from} {count}", leaf.name))];
                written.push(Arc::new(Item { path: items[at].path.clone(), lines: lines.into(), at: 0 }));
                at += count;
            }
            None => {
                written.push(items[at].clone());
                at += 1;
            }
        }
    }
    written
}

/// Leaves read from texts; a line that names what is not there stands for nothing.
#[must_use]
pub(super) fn from_texts(texts: &BTreeMap<String, &str>) -> BTreeMap<String, Vec<Arc<Item>>> {
    let mut reading = Reading {
        written: texts.iter().map(|(name, text)| (name.as_str(), read(text))).collect(),
        whole: BTreeMap::new(),
    };
    for name in texts.keys() {
        reading.expand(name);
    }
    reading.whole
}

/// Leaves on their way from what is written to what it stands for; each is made whole once, however many others name it.
struct Reading<'t> {
    /// As written; taken out once it is begun, so that a leaf that stands for itself, which nobody writes, is not followed for ever.
    written: BTreeMap<&'t str, Vec<Item>>,
    whole: BTreeMap<String, Vec<Arc<Item>>>,
}

impl Reading<'_> {
    /// Makes a leaf whole with the items that stand in others.
    fn expand(&mut self, name: &str) {
        let Some(written) = self.written.remove(name) else { return };
        let mut items = Vec::with_capacity(written.len());
        for item in written {
            let Some(same) = item.lines.first().filter(|line| line.name == SAME) else {
                items.push(Arc::new(item));
                continue;
            };
            let mut words = same.text.rsplitn(3, ' ');
            let mut number = || words.next().and_then(|word| word.parse::<usize>().ok());
            let (count, from) = (number(), number());
            let (Some(count), Some(from), Some(leaf)) = (count, from, words.next()) else { continue };
            self.expand(leaf);
            let all = self.whole.get(leaf).into_iter().flatten();
            items.extend(all.skip(from).take(count).map(|other| Arc::new(Item { at: item.at, ..Item::clone(other) })));
        }
        self.whole.insert(name.to_owned(), items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_leaves_share_is_written_once_and_read_twice() {
        let item = |path: &str, text: &str| {
            Arc::new(Item { path: path.into(), lines: vec![Line::new("行", text)].into(), at: 0 })
        };
        let leaf = |name: &str, items: &[Arc<Item>]| Leaf { name: name.to_owned(), items: items.to_vec() };
        let all = [item("s", "一"), item("a", "二"), item("s", "三"), item("b", "四")];
        let leaves = [
            leaf("one", &all),
            leaf("two", &[all[0].clone(), item("a", "弐"), all[2].clone(), all[3].clone()]),
            leaf("three", &all),
        ];
        let written = texts(&leaves);
        assert!(!written["two"].contains('四') && written["three"].matches("## ").count() == 1, "{written:?}");
        let borrowed = written.iter().map(|(name, text)| (name.clone(), text.as_str())).collect();
        let mut read = from_texts(&borrowed);
        for leaf in leaves {
            let items = read.get_mut(&leaf.name).expect("it was written");
            items.iter_mut().for_each(|item| Arc::make_mut(item).at = 0);
            assert_eq!(*items, leaf.items, "{}", leaf.name);
        }
    }
}
