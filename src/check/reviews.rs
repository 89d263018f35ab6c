//! A sign-off（点検済）is whole, names an item of the text, and the text is still what was read.

use std::collections::BTreeMap;

use super::{Rule, Subject};
use crate::change::{Reviewable, reviewables};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{ItemKey, Review};

pub(super) const RULE: Rule =
    Rule { codes: &[Code::ReviewLifted, Code::ReviewUnknown, Code::ReviewIncomplete], look, explanation: None };

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for municipality in &subject.model.municipalities {
        for case in municipality.cases.values().filter(|case| !case.reviews.is_empty()) {
            let items: BTreeMap<ItemKey, Reviewable> =
                reviewables(case).into_iter().map(|item| (item.key.clone(), item)).collect();
            for review in &case.reviews {
                for (key, said) in [("by", &review.settings.by), ("on", &review.settings.on)] {
                    if said.trim().is_empty() {
                        let lacks = Diagnostic::new(Code::ReviewIncomplete, review.span);
                        diagnostics.push(lacks.with("path", &review.key).with("key", key));
                    }
                }
                match items.get(&review.key) {
                    None => {
                        let near = review.key.nearest(items.keys()).unwrap_or_default();
                        let unknown = Diagnostic::new(Code::ReviewUnknown, review.span);
                        diagnostics.push(unknown.with("path", &review.key).with("near", near));
                    }
                    Some(item) if item.hash() != review.settings.hash => {
                        diagnostics.push(lifted(review, item, (&municipality.slug, &case.id)));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

fn lifted(review: &Review, item: &Reviewable, (slug, case): (&str, &str)) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ReviewLifted, review.span)
        .with("item", &item.label)
        .with("path", &review.key)
        .with("by", &review.settings.by)
        .with("on", &review.settings.on)
        .with("slug", slug)
        .with("case", case);
    match item.span {
        Some(span) => diagnostic.related_as(span, Label::Reviewed),
        None => diagnostic,
    }
}
