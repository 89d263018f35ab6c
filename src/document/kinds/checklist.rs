//! 別紙チェックリスト: a workbook for the department, beside the submission.

use super::super::checklists::{Asked, ChecklistBook, checklist_book};
use super::super::pages::PageIndex;
use super::{Cites, Composed, Kind, Lack, Printing, Shows, no_legend};
use crate::model::Case;
use crate::model::manifest::View;

pub(super) const KIND: Kind = Kind {
    shows: Shows::Other,
    cites: Cites::RestedOn,
    sources: |name| vec![name.checklist()],
    weight: |_| 0,
    legend: no_legend,
    says_marked: false,
    compose: |printing, index| Ok(Composed::Checklist(Box::new(printing.checklist(View::Marked, index)?))),
};

impl Printing<'_> {
    /// The checklist of its case in a view, with the pages that were measured of the assessment that it rests on.
    ///
    /// # Errors
    /// The [`Lack`] of a checklist, of a submission, or of the submission's form.
    pub fn checklist(&self, view: View, index: Option<&PageIndex>) -> Result<ChecklistBook, Lack> {
        let Self { municipality, case, definition, draws } = *self;
        Ok(checklist_book(&Asked {
            checklist: case.checklist.as_ref().ok_or(Lack::CHECKLIST)?,
            submission: case.submission.as_ref().ok_or(Lack::SUBMISSION)?,
            form: case.filled(definition).ok_or(Lack::SUBMISSION)?,
            municipality,
            case: &case.id,
            document: &definition.id.value,
            rests_on: municipality.rests_on(case).and_then(Case::main).map(|filled| (filled, index)),
            view,
            goes_out: draws,
        }))
    }

    /// Whether its case has all that a checklist is made from.
    #[must_use]
    pub fn has_checklist(&self) -> bool {
        self.case.checklist.is_some() && self.case.submission.is_some() && self.case.filled(self.definition).is_some()
    }
}
