//! 評価書.

use super::{Cites, Kind, Lack, Printing, Shows, legend_of_marks, of_assessment, whole_form};
use crate::model::Filled;

pub(super) const KIND: Kind = Kind {
    shows: Shows::Form(form),
    cites: Cites::Nothing,
    sources: of_assessment,
    weight: |printing| printing.case.filled(printing.definition).map_or(0, |filled| filled.rows().count()),
    legend: legend_of_marks,
    says_marked: true,
    compose: |printing, _| whole_form(printing, Lack::ASSESSMENT),
};

/// The form with the legend of the document; an overview is printed alike.
pub(super) fn form<'a>(printing: &Printing<'a>) -> Option<(&'a Filled, String)> {
    Some((printing.case.filled(printing.definition)?, printing.definition.legend.value.clone()))
}
