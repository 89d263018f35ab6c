//! 概要.

use super::{Cites, Kind, Lack, Shows, assessment, no_legend, of_assessment, whole_form};

pub(super) const KIND: Kind = Kind {
    shows: Shows::Form(assessment::form),
    cites: Cites::Nothing,
    sources: of_assessment,
    weight: |_| 0,
    legend: no_legend,
    says_marked: false,
    compose: |printing, _| whole_form(printing, Lack::OVERVIEW),
};
