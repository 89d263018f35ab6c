//! 意見の概要と考え方.

use super::{Cites, Composed, Kind, Lack, Shows, changed, no_legend, of_assessment};
use crate::change::units;

pub(super) const KIND: Kind = Kind {
    shows: Shows::Changes,
    cites: Cites::Own,
    sources: of_assessment,
    weight: |_| 0,
    legend: no_legend,
    says_marked: false,
    compose: |printing, index| {
        let report = printing.comment_report(&units(changed(printing)?, &[]), index);
        report.map(Composed::document).ok_or(Lack::COMMENTS)
    },
};
