//! The workbook in which opinions are written down（意見の記入用ブック）: the office's own.

use super::{Cites, Composed, Kind, Lack, Shows, no_legend};
use crate::answers::comment_sheet;

pub(super) const KIND: Kind = Kind {
    shows: Shows::Other,
    cites: Cites::Nothing,
    sources: |name| vec![name.comments()],
    weight: |_| 0,
    legend: no_legend,
    says_marked: false,
    compose: |printing, _| {
        let comments = printing.case.comments.as_ref().ok_or(Lack::COMMENTS)?;
        let (of, case) = (printing.municipality, printing.municipality.name(printing.case));
        Ok(Composed::Comments(Box::new(comment_sheet(comments, &of.name, &case))))
    },
};
