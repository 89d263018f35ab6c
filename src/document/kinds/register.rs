//! 計画管理書.

use super::{Cites, Composed, Kind, Lack, Shows, no_legend};

pub(super) const KIND: Kind = Kind {
    shows: Shows::Other,
    cites: Cites::Nothing,
    sources: |name| vec!["content/assessments/".to_owned(), format!("{}/", name.municipality.folder())],
    weight: |_| 1,
    legend: no_legend,
    says_marked: false,
    compose: |printing, _| printing.register().map(Composed::document).ok_or(Lack::REGISTER),
};
