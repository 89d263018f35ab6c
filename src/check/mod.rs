//! Rules that hold a model against itself: the form's own conditions, declared changes, dates, references, characters.
//!
//! Input: the model, the files it was made of and their texts. Output: diagnostics. One rule, one file, one row of [`RULES`]; a
//! rule neither prints nor repairs. What a form, a municipality or a word asks for is data of the form, of
//! `municipality.toml` and of `facts.toml`, never known here.

mod abbreviations;
mod calendar;
mod change_known;
mod change_rows;
mod change_used;
mod checklist_items;
mod checklist_reasons;
mod comment_counts;
mod comment_groups;
mod comment_opinions;
mod composed;
mod conditions;
mod consignment;
mod counts;
mod date_order;
mod details;
mod digests;
mod edition;
mod elsewhere;
mod file_set;
mod form_in_force;
mod frozen_form;
mod glyphs;
mod hearing_length;
mod important_before;
mod important_items;
mod incident;
mod items;
mod judgement;
mod linkage;
mod markup_in_plain;
mod name_variants;
mod near_copies;
mod one_day;
mod option_text;
mod other_names;
mod page;
mod paper_day;
mod papers_due;
mod passage;
mod period_join;
mod periods;
mod placeholders;
mod policy;
mod populations;
mod promises;
mod provision;
mod radicals;
mod reading;
mod reconsignment;
mod references;
mod reviews;
mod seals;
mod shortcomings;
mod silence;
mod stated_facts;
mod subject;
mod submission_basis;
mod summary_covers;
mod table_width;
mod threshold;
mod threshold_answers;
mod too_long;
mod validity;
mod variants;
mod wareki;
mod widths;
mod withheld_reason;
mod words;

pub use elsewhere::{ELSEWHERE, Elsewhere};
pub use judgement::{Answer, Judgement};
pub use page::page;
pub use subject::Subject;
pub use validity::{Terms, terms};
pub use wareki::{another_day, day_of, is_day, wareki};

use std::sync::Arc;

use rayon::prelude::*;
use typst::utils::LazyHash;

use crate::diagnostic::{Code, Diagnostics, Explanation};
use crate::markup::{Mark, Text};
use crate::model::{Filled, FilledSection};

/// A rule（検査規則）.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The codes that it pushes, the main one first.
    pub codes: &'static [Code],
    /// Looks at everything.
    pub look: fn(&Subject<'_>, &mut Diagnostics),
    /// What it holds and why; none where each of its codes has an explanation of its own in the tables of the diagnostics.
    pub explanation: Option<Explanation>,
}

/// All rules, in the order in which they look（検査規則の一覧）.
pub const RULES: &[Rule] = &[
    // The form by itself.
    threshold::RULE,
    threshold_answers::RULE,
    papers_due::RULE,
    policy::RULE,
    populations::RULE,
    hearing_length::RULE,
    date_order::RULE,
    one_day::RULE,
    important_before::RULE,
    important_items::RULE,
    change_rows::RULE,
    consignment::RULE,
    reconsignment::RULE,
    provision::RULE,
    linkage::RULE,
    details::RULE,
    shortcomings::RULE,
    option_text::RULE,
    incident::RULE,
    file_set::RULE,
    validity::RULE,
    form_in_force::RULE,
    withheld_reason::RULE,
    frozen_form::RULE,
    counts::RULE,
    too_long::RULE,
    table_width::RULE,
    // The changes.
    edition::RULE,
    seals::RULE,
    reviews::RULE,
    change_known::RULE,
    change_used::RULE,
    summary_covers::RULE,
    periods::RULE,
    period_join::RULE,
    // Documents together.
    near_copies::RULE,
    words::RULE,
    other_names::RULE,
    placeholders::RULE,
    abbreviations::RULE,
    stated_facts::RULE,
    submission_basis::RULE,
    references::RULE,
    promises::RULE,
    comment_opinions::RULE,
    comment_groups::RULE,
    comment_counts::RULE,
    checklist_items::RULE,
    checklist_reasons::RULE,
    // Characters and dates.
    calendar::RULE,
    widths::RULE,
    name_variants::RULE,
    composed::RULE,
    radicals::RULE,
    glyphs::RULE,
    markup_in_plain::RULE,
];

/// What there is to say of a code beyond its message（規則の説明）.
#[must_use]
pub fn explanation(code: Code) -> Option<Explanation> {
    let rule = RULES.iter().find(|rule| rule.codes.contains(&code));
    rule.and_then(|rule| rule.explanation).or_else(|| code.explanation())
}

/// Holds a model against all rules. They look at once, on every core; what they say is in the order of the rules.
pub fn check(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let look = |rule: &Rule| {
        let mut found = Diagnostics::new();
        (rule.look)(subject, &mut found);
        found
    };
    let found: Vec<Diagnostics> = RULES.par_iter().map(look).collect();
    for (rule, found) in RULES.iter().zip(found) {
        if let Some(explanation) = rule.explanation {
            diagnostics.know(rule.codes, explanation);
        }
        diagnostics.extend(found);
    }
}

/// Calls a function with every text of a form.
fn each_text(filled: &Filled, visit: &mut impl FnMut(&Text)) {
    filled.texts().into_iter().for_each(visit);
}

/// Calls a function with every mark in the texts of a form.
fn each_mark(filled: &Filled, visit: &mut impl FnMut(&Mark)) {
    filled.sections.iter().for_each(|section| marks(section).iter().for_each(&mut *visit));
    filled.registers.values().flat_map(|text| &text.marks).for_each(visit);
}

/// The marks in the texts of a section. They are remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn marks(section: &LazyHash<FilledSection>) -> Arc<[Mark]> {
    section.texts().into_iter().flat_map(|text| &text.marks).cloned().collect()
}
