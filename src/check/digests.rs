//! Digests that hold a form to its version.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Subject;
use crate::diagnostic::Span;
use crate::model::Library;
use crate::model::manifest::{FormDef, FrozenDef, ItemDef};
use crate::name::FormName;
use crate::source::{ByPlace, Located};

/// The digests of a form（様式の指紋）: 16 hexadecimal digits each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Digests {
    /// Of sections, items, labels and options in order.
    pub(super) labels: String,
    /// Of the items with ※.
    pub(super) important: String,
}

impl Digests {
    pub(super) fn of(form: &FormDef) -> Self {
        let mut labels = Sha256::new();
        let mut important = Sha256::new();
        let line = |into: &mut Sha256, parts: &[&str]| {
            into.update(parts.join("\t"));
            into.update("\n");
        };
        line(&mut labels, &[&form.title, &form.tag]);
        for list in &form.options {
            line(&mut labels, &[&list.id.value, &list.labels.join("\t")]);
        }
        for section in &form.section {
            line(&mut labels, &[&section.id.value, &section.number, &section.title, &section.note]);
            for item in section.all_items() {
                line(&mut labels, &[&item.id.value, &item.label]);
            }
            let mut found = Vec::new();
            collect(&section.items, section.important, &mut found);
            for item in found {
                line(&mut important, &[&section.id.value, item]);
            }
        }
        Self { labels: short(labels), important: short(important) }
    }
}

/// The ids of the items with ※; a band or a cluster passes it on, an item does not pass it to its sub-rows.
fn collect<'a>(items: &'a [ItemDef], inherited: bool, found: &mut Vec<&'a str>) {
    use crate::model::manifest::ItemKind;
    for item in items {
        let important = item.important.unwrap_or(inherited);
        if important {
            found.push(&item.id.value);
        }
        let passes = matches!(item.kind, ItemKind::Band | ItemKind::Cluster);
        collect(&item.items, if passes { important } else { inherited }, found);
    }
}

fn short(digest: Sha256) -> String {
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A form that is not as it was frozen（固定した版と違う様式）.
pub(super) struct Changed<'a> {
    pub(super) form: &'a FormDef,
    /// Where the digest is written.
    pub(super) at: Span,
    /// What it would have to be.
    pub(super) actual: String,
}

/// The forms that are not as they say that they were frozen. A version that is written as its differences from another is told of only
/// where that other is as it was: what was changed there is one mistake.
pub(super) fn changed<'a>(
    subject: &Subject<'a>,
    frozen: fn(&FrozenDef) -> &Located<String>,
    actual: fn(&Digests) -> &String,
) -> Vec<Changed<'a>> {
    let library = subject.library;
    let mut found: BTreeMap<&FormName, Changed<'a>> = BTreeMap::new();
    for (name, read) in &library.forms {
        let Some(frozen) = read.value.rules.frozen.as_ref().map(frozen) else { continue };
        let (_, now) = remembered(&ByPlace(read.value.clone()));
        let actual = actual(&now);
        if frozen.value != *actual {
            let at = Span::new(read.file, frozen.range.clone());
            found.insert(name, Changed { form: &read.value, at, actual: actual.clone() });
        }
    }
    let follows = |name: &FormName| {
        let bases = std::iter::successors(base(library, name), |name| base(library, name));
        bases.take(library.derived.len()).any(|base| found.contains_key(&base))
    };
    let own: Vec<&FormName> = found.keys().copied().filter(|name| !follows(name)).collect();
    found.into_iter().filter(|(name, _)| own.contains(name)).map(|(_, changed)| changed).collect()
}

/// The digests of a form, which is the same in every state of the workspace until somebody writes it.
#[comemo::memoize]
fn remembered(form: &ByPlace<FormDef>) -> (ByPlace<FormDef>, Arc<Digests>) {
    (form.clone(), Arc::new(Digests::of(&form.0)))
}

/// The form that a version is written against; a municipality's own goes before the shared one.
fn base(library: &Library, name: &FormName) -> Option<FormName> {
    let wanted = &library.derived.get(name)?.value.based_on.value;
    let mut all = FormName::for_one(name.municipality.as_ref(), wanted);
    all.find(|name| name.municipality.is_none() || library.forms.contains_key(name))
}
