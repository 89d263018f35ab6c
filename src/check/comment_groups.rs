//! Each group has an answer and an effect, and names changes and items that there are.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase, Span, nearest};
use crate::model::manifest::GroupToml;
use crate::model::{Case, Comments, Filled, ItemPath};
use crate::name::ChangeId;
use crate::source::Located;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CommentGroupOpen, Code::EffectUnknown, Code::RevisionUnnamed, Code::CommentItemUnknown],
    look,
    explanation: None,
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for case in subject.cases() {
        let Some(comments) = &case.comments else { continue };
        for point in &comments.settings.hearing.outline {
            named((case, comments), (&point.changes, &point.items), diagnostics);
        }
        for group in &comments.settings.group {
            named((case, comments), (&group.changes, &group.items), diagnostics);
            decided(comments, group, diagnostics);
        }
    }
}

/// The changes and items that a point or a group names.
fn named(
    (case, comments): (&Case, &Comments),
    (changes, items): (&[Located<ChangeId>], &[Located<ItemPath>]),
    diagnostics: &mut Diagnostics,
) {
    for change in changes.iter().filter(|change| !comments.reasons.contains_key(&change.value)) {
        let near = nearest(&change.value, comments.reasons.keys().map(ChangeId::as_str)).unwrap_or_default();
        let unknown = Diagnostic::new(Code::ChangeUnknown, Span::new(comments.file, change.range.clone()));
        diagnostics.push(unknown.with("id", &change.value).with("near", near));
    }
    let has = |item: &Located<ItemPath>| case.assessments().any(|filled| filled.row(&item.value).is_some());
    for item in items.iter().filter(|item| !has(item)) {
        let known = case.assessments().flat_map(Filled::rows).map(|row| &row.path);
        let near = item.value.nearest(known).unwrap_or_default();
        let unknown = Diagnostic::new(Code::CommentItemUnknown, Span::new(comments.file, item.range.clone()));
        diagnostics.push(unknown.with("path", &item.value).with("near", near));
    }
}

fn decided(comments: &Comments, group: &GroupToml, diagnostics: &mut Diagnostics) {
    let place = Span::new(comments.file, group.id.range.clone());
    let effects = &comments.words.effects;
    let valid = effects.iter().map(|effect| effect.word.as_str()).collect::<Vec<_>>().join("、");
    let lacks = match (group.answer.trim().is_empty(), group.effect()) {
        (true, None) => Some(Phrase::said("考え方と対応", "neither answer nor effect")),
        (true, Some(_)) => Some(Phrase::said("考え方", "no answer")),
        (false, None) => Some(Phrase::said("対応", "no effect")),
        (false, Some(_)) => None,
    };
    if let Some(lacks) = lacks {
        let open = Diagnostic::new(Code::CommentGroupOpen, place).with("id", &group.id.value);
        diagnostics.push(open.said("lacks", lacks).with("valid", &valid));
    }
    let Some(effect) = group.effect.as_ref().filter(|effect| !effect.value.is_empty()) else { return };
    let Some(known) = comments.effect(group) else {
        if !effects.is_empty() {
            let near = nearest(&effect.value, effects.iter().map(|effect| effect.word.as_str())).unwrap_or_default();
            diagnostics.push(
                Diagnostic::new(Code::EffectUnknown, Span::new(comments.file, effect.range.clone()))
                    .with("word", &effect.value)
                    .with("valid", valid)
                    .with("near", near),
            );
        }
        return;
    };
    if known.changes && group.changes.is_empty() {
        let unnamed = Diagnostic::new(Code::RevisionUnnamed, Span::new(comments.file, effect.range.clone()));
        diagnostics.push(unnamed.with("id", &group.id.value).with("effect", &effect.value));
    }
}
