//! Digests that hold a form to its version.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Subject;
use crate::model::Read;
use crate::model::manifest::{FormDef, FrozenDef, ItemDef};

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

/// The forms that say what they were frozen with.
pub(super) fn each_form<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Read<Arc<FormDef>>, &'a FrozenDef)> {
    subject.library.forms.values().filter_map(|read| Some((&**read, read.value.rules.frozen.as_ref()?)))
}
