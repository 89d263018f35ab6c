//! What each row of a workbook of opinions means for the source: nothing, a change, a new row, or something that only a person can settle.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::returned::Sight;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase, nearest};
use crate::model::{Comments, Model};
use crate::name::{CaseName, OpinionGroupId};
use crate::source::id_fault;

use super::fields::{CommentTable, Field};
use super::returned::{FieldCell, ReturnedComments, Row};

/// What workbooks say of one hearing（取込みの結果）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentsReport {
    /// Whose it is.
    pub case: CaseName,
    /// Rows that leave the source as it is.
    pub unchanged: usize,
    /// Rows with something that a person must settle; nothing of them is taken over.
    pub unsettled: usize,
    /// Fields that change.
    pub changes: Vec<CommentChange>,
    /// Rows that are new.
    pub added: Vec<NewRow>,
}

impl CommentsReport {
    /// Whether it brings anything.
    #[must_use]
    pub fn is_change(&self) -> bool {
        !self.changes.is_empty() || !self.added.is_empty()
    }
}

/// A field that changes（変わる欄）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentChange {
    /// Which table.
    pub table: CommentTable,
    /// Number of the opinion or id of the group.
    pub key: String,
    /// Which field.
    pub field: Field,
    /// What the source says.
    pub before: String,
    /// What was returned.
    pub after: String,
    /// Where it was typed, as a person reads it.
    pub place: String,
}

/// A row that is new（書き足された行）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Which table.
    pub table: CommentTable,
    /// Number of the opinion or id of the group.
    pub key: String,
    /// What each field says, in the order of [`CommentTable::fields`].
    pub values: Vec<String>,
    /// Where it stands, as a person reads it.
    pub place: String,
}

/// Holds workbooks against the hearings of a model. `of` is the municipality and the case of rows without a stamp.
///
/// Pushes [`Code::CommentsOther`], [`Code::CommentsTwice`], [`Code::CommentsMoved`], [`Code::CommentsRow`], [`Code::CommentsCell`],
/// [`Code::CommentsGone`] and [`Code::CommentsLost`].
#[must_use]
pub fn decide_comments(
    model: &Model,
    returned: &[ReturnedComments],
    of: Option<&CaseName>,
    diagnostics: &mut Diagnostics,
) -> Vec<CommentsReport> {
    let mut desks: BTreeMap<CaseName, Desk<'_>> = BTreeMap::new();
    for file in returned {
        // A row that was added belongs where the others of its file do.
        let stamp = file.rows.iter().find_map(|row| row.stamp.as_ref());
        let Some(name) = stamp.map(|stamp| &stamp.case).or(of) else {
            if !file.rows.is_empty() {
                diagnostics.push(Diagnostic::nowhere(Code::CommentsOther).with("file", &file.file).with("id", "?/?"));
            }
            continue;
        };
        let Some(comments) = model.case(name).and_then(|(_, case)| case.comments.as_ref()) else {
            let other = Diagnostic::nowhere(Code::CommentsOther).with("file", &file.file);
            diagnostics.push(other.with("id", name));
            continue;
        };
        // A sheet of another hearing's workbook may have been copied into this one.
        let is_other = |row: &&Row| row.stamp.as_ref().is_some_and(|stamp| stamp.case != *name);
        if let Some(stamp) = file.rows.iter().find(is_other).and_then(|row| row.stamp.as_ref()) {
            let other = Diagnostic::nowhere(Code::CommentsOther).with("file", &file.file);
            diagnostics.push(other.with("id", &stamp.case));
            continue;
        }
        desks.entry(name.clone()).or_insert_with(|| Desk::of(comments, name)).file(file, diagnostics);
    }
    let in_order = model.cases().filter_map(|(municipality, case)| desks.remove(&municipality.name(case)));
    in_order.map(|desk| desk.report).collect()
}

/// The rows of a table as they stand, those that files before brought included.
type Standing = BTreeMap<(CommentTable, String), Vec<String>>;

/// One hearing being settled.
struct Desk<'m> {
    comments: &'m Comments,
    standing: Standing,
    report: CommentsReport,
}

impl<'m> Desk<'m> {
    fn of(comments: &'m Comments, case: &CaseName) -> Self {
        let mut standing = Standing::new();
        for table in CommentTable::ALL {
            standing.extend(table.rows(comments).into_iter().map(|(key, values)| ((table, key), values)));
        }
        let report =
            CommentsReport { case: case.clone(), unchanged: 0, unsettled: 0, changes: Vec::new(), added: Vec::new() };
        Self { comments, standing, report }
    }

    fn file(&mut self, file: &ReturnedComments, diagnostics: &mut Diagnostics) {
        let mut seen: BTreeSet<(CommentTable, &str)> = BTreeSet::new();
        let mut twice: BTreeSet<(CommentTable, &str)> = BTreeSet::new();
        for row in &file.rows {
            if !seen.insert((row.table, &row.key)) {
                twice.insert((row.table, &row.key));
                let diagnostic = Diagnostic::nowhere(Code::CommentsTwice).with("place", &row.place);
                diagnostics.push(diagnostic.with("id", &row.key));
            }
        }
        self.report.unsettled += twice.len();
        // An opinion may name a group that the same file adds.
        let groups: BTreeSet<OpinionGroupId> = file
            .rows
            .iter()
            .filter(|row| row.table == CommentTable::Groups)
            .map(|row| &row.key)
            .chain(self.standing.keys().filter(|(table, _)| *table == CommentTable::Groups).map(|(_, key)| key))
            .map(OpinionGroupId::from)
            .collect();
        for row in file.rows.iter().filter(|row| !twice.contains(&(row.table, row.key.as_str()))) {
            self.row(row, file, &groups, diagnostics);
        }
        for (table, key) in &file.exported {
            if self.standing.contains_key(&(*table, key.clone())) && !seen.contains(&(*table, key.as_str())) {
                let lost = Diagnostic::nowhere(Code::CommentsLost).with("file", &file.file);
                diagnostics.push(lost.with("sheet", table.sheet()).with("id", key));
            }
        }
    }

    fn row(
        &mut self,
        row: &Row,
        file: &ReturnedComments,
        groups: &BTreeSet<OpinionGroupId>,
        diagnostics: &mut Diagnostics,
    ) {
        let valid = self.valid(row, groups, diagnostics);
        let at = (row.table, row.key.clone());
        let went_out = row.stamp.is_some() || file.exported.contains(&at);
        let done = match self.standing.get(&at).cloned() {
            _ if !valid => None,
            Some(values) => self.changed(row, &values, diagnostics),
            None if went_out => {
                diagnostics
                    .push(Diagnostic::nowhere(Code::CommentsGone).with("place", &row.place).with("id", &row.key));
                None
            }
            None => self.added(row, diagnostics),
        };
        let Some(is_changed) = done else {
            self.report.unsettled += 1;
            return;
        };
        self.report.unchanged += usize::from(!is_changed);
        if is_changed && row.sight == Sight::Hidden {
            diagnostics.push(Diagnostic::nowhere(Code::HiddenAnswer).with("place", &row.place).with("id", &row.key));
        }
    }

    /// Whether every word of a row may stand; what may not is said.
    fn valid(&self, row: &Row, groups: &BTreeSet<OpinionGroupId>, diagnostics: &mut Diagnostics) -> bool {
        let groups: Vec<&str> = groups.iter().map(OpinionGroupId::as_str).collect();
        let mut is_valid = true;
        for (field, cell) in row.table.fields().iter().zip(&row.cells) {
            let (text, place) = match cell {
                FieldCell::Unknown => {
                    is_valid = false;
                    continue;
                }
                FieldCell::Absent => continue,
                FieldCell::Typed { text, place } => (text, place),
            };
            // A group may be new in the same file.
            let known = if *field == Field::Group { Some(groups.clone()) } else { field.choices(self.comments) };
            let Some(known) = known else { continue };
            let wrong = text.lines().find(|word| !word.is_empty() && !known.contains(word));
            if let Some(wrong) = wrong {
                let near = nearest(wrong, known.iter().copied());
                let all = known.join("、");
                let cure = match near {
                    Some(near) => Phrase::said(
                        format!("「{near}」ではありませんか。選べる値：{all}"),
                        format!("did you mean `{near}`? valid: {all}"),
                    ),
                    None => Phrase::said(format!("選べる値：{all}"), format!("valid: {all}")),
                };
                let diagnostic = Diagnostic::nowhere(Code::CommentsCell).with("place", place);
                diagnostics.push(diagnostic.with("column", field.header()).with("word", wrong).said("cure", cure));
                is_valid = false;
            }
        }
        is_valid
    }

    /// Whether a row of the source changes; `None` where a person must settle it.
    fn changed(&mut self, row: &Row, values: &[String], diagnostics: &mut Diagnostics) -> Option<bool> {
        let mut changes = Vec::new();
        let mut is_settled = true;
        for (index, (field, cell)) in row.table.fields().iter().zip(&row.cells).enumerate() {
            let FieldCell::Typed { text, place } = cell else { continue };
            let now = &values[index];
            if text == now || row.stamp.as_ref().is_some_and(|stamp| stamp.said(index, text)) {
                continue;
            }
            let is_moved = row.stamp.as_ref().is_none_or(|stamp| !stamp.said(index, now));
            if is_moved {
                let diagnostic = Diagnostic::nowhere(Code::CommentsMoved).with("place", place).with("id", &row.key);
                let diagnostic = diagnostic.with("column", field.header()).with("word", text).with("now", now);
                diagnostics.push(diagnostic);
                is_settled = false;
                continue;
            }
            if text.is_empty() && field.is_required() {
                lacking(row, *field, diagnostics);
                is_settled = false;
                continue;
            }
            changes.push((index, *field, text.clone(), place.clone()));
        }
        if !is_settled {
            return None;
        }
        let is_changed = !changes.is_empty();
        let standing = self.standing.get_mut(&(row.table, row.key.clone())).expect("it is of the source");
        for (index, field, after, place) in changes {
            let before = std::mem::replace(&mut standing[index], after.clone());
            let key = row.key.clone();
            self.report.changes.push(CommentChange { table: row.table, key, field, before, after, place });
        }
        Some(is_changed)
    }

    /// Takes a new row in; `None` where it lacks something.
    fn added(&mut self, row: &Row, diagnostics: &mut Diagnostics) -> Option<bool> {
        if row.table == CommentTable::Groups
            && let Some(fault) = id_fault(&row.key)
        {
            let diagnostic = Diagnostic::nowhere(Code::CommentsCell).with("place", &row.place);
            let diagnostic = diagnostic.with("column", row.table.key_header()).with("word", &row.key);
            diagnostics.push(diagnostic.said("cure", fault.reason()));
            return None;
        }
        let values: Vec<String> = row
            .cells
            .iter()
            .map(|cell| match cell {
                FieldCell::Typed { text, .. } => text.clone(),
                FieldCell::Absent | FieldCell::Unknown => String::new(),
            })
            .collect();
        let missing =
            row.table.fields().iter().zip(&values).find(|(field, value)| field.is_required() && value.is_empty());
        if let Some((field, _)) = missing {
            lacking(row, *field, diagnostics);
            return None;
        }
        self.standing.insert((row.table, row.key.clone()), values.clone());
        let (table, key, place) = (row.table, row.key.clone(), row.place.clone());
        self.report.added.push(NewRow { table, key, values, place });
        Some(true)
    }
}

fn lacking(row: &Row, field: Field, diagnostics: &mut Diagnostics) {
    let diagnostic = Diagnostic::nowhere(Code::CommentsRow).with("place", &row.place);
    diagnostics.push(diagnostic.with("column", field.header()).with("word", &row.key));
}
