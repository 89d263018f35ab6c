//! 意見募集のお知らせ.

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
        let notice = printing.comment_notice(&units(changed(printing)?, &[]), index);
        notice.map(Composed::document).ok_or(Lack::COMMENTS)
    },
};
