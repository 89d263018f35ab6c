//! 付議事項.

use super::{Cites, Kind, Lack, Printing, Shows, no_legend, whole_form};
use crate::model::Filled;

pub(super) const KIND: Kind = Kind {
    shows: Shows::Form(form),
    cites: Cites::Nothing,
    sources: |name| vec![format!("{}/", name.submission())],
    weight: |_| 0,
    legend: no_legend,
    says_marked: false,
    compose: |printing, _| whole_form(printing, Lack::SUBMISSION),
};

/// The form with the legend of the submission, which names what it is compared with.
fn form<'a>(printing: &Printing<'a>) -> Option<(&'a Filled, String)> {
    let settings = printing.case.submission.as_ref()?;
    let legend = settings.legend.replace("{baseline}", &settings.baseline);
    Some((printing.case.filled(printing.definition)?, legend))
}
