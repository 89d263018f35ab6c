//! The text before all changes is the edition that the case names, item by item and character by character.

use std::collections::BTreeSet;

use super::{Rule, Subject};
use crate::change::{Difference, DifferenceKind, HeldAgainst, ItemDifference};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Label, SourceMap, Span, contrast, nearest};
use crate::model::{Case, Municipality};
use crate::name::{CaseName, EditionId};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::Undeclared,
        Code::UndeclaredNew,
        Code::UndeclaredGone,
        Code::UndeclaredNotation,
        Code::CalledNew,
        Code::ShapeDiffers,
        Code::EditionUnknown,
        Code::EditionNotNamed,
    ],
    look,
    explanation: None,
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for (municipality, case) in subject.model.cases() {
        one(municipality, case, subject.held, diagnostics);
    }
}

fn one(municipality: &Municipality, case: &Case, held: &HeldAgainst<'_>, diagnostics: &mut Diagnostics) {
    let Some((id, span)) = &case.edition else {
        if let Some(example) = case.editions.keys().next_back() {
            let diagnostic = Diagnostic::new(Code::EditionNotNamed, Span::new(case.file, 0..0));
            diagnostics.push(diagnostic.with("example", example));
        }
        return;
    };
    let Some(edition) = case.editions.get(id) else {
        let near = nearest(id, case.editions.keys().map(EditionId::as_str)).unwrap_or_default();
        let diagnostic = Diagnostic::new(Code::EditionUnknown, *span).with("id", id).with("near", near);
        diagnostics.push(diagnostic.with("case", municipality.name(case)));
        return;
    };
    let of = municipality.name(case);
    let (all, sources) = (held.differences(&of, case, edition), held.sources());
    // A text that several forms of the case show is one text of its author: it is told once.
    let mut told: BTreeSet<(Span, &str, &str)> = BTreeSet::new();
    for found in all.iter() {
        let Difference { old, new, span, .. } = &found.difference;
        if span.is_none_or(|span| told.insert((span, old, new))) {
            diagnostics.push(said(found, (&of, id), sources).of_case(&of));
        }
    }
}

fn said(found: &ItemDifference, (case, edition): (&CaseName, &EditionId), sources: &SourceMap) -> Diagnostic {
    let difference = &found.difference;
    let code = match difference.kind {
        DifferenceKind::Shape => Code::ShapeDiffers,
        DifferenceKind::Notation => Code::UndeclaredNotation,
        DifferenceKind::CalledNew => Code::CalledNew,
        DifferenceKind::Words if difference.old.is_empty() => Code::UndeclaredNew,
        DifferenceKind::Words if difference.new.is_empty() => Code::UndeclaredGone,
        DifferenceKind::Words => Code::Undeclared,
    };
    // Of what is gone altogether the edition alone knows where it stood.
    let diagnostic = match difference.span.or(found.frozen) {
        // The first line of a long text is enough to find it.
        Some(span) => {
            let length = sources.slice(span).lines().next().unwrap_or_default().len();
            Diagnostic::new(code, Span::new(span.file, span.start..span.start + length))
        }
        None => Diagnostic::nowhere(code),
    };
    let diagnostic = match found.frozen.filter(|_| difference.span.is_some()) {
        Some(span) => diagnostic.related_as(span, Label::Edition),
        None => diagnostic,
    };
    let (old, new) = contrast(&difference.old, &difference.new);
    diagnostic.with("old", old).with("new", new).with("key", &found.key).with("case", case).with("edition", edition)
}
