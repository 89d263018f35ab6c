//! 主な変更内容.

use super::{Cites, Composed, Kind, Shows, changed, no_legend, of_assessment};

pub(super) const KIND: Kind = Kind {
    shows: Shows::Changes,
    cites: Cites::Own,
    sources: of_assessment,
    weight: |_| 1,
    legend: no_legend,
    says_marked: false,
    compose: |printing, index| Ok(Composed::document(printing.change_summary(changed(printing)?, index))),
};
