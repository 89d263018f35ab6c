//! 変更箇所一覧, 新旧対照表.

use super::{Cites, Composed, Kind, Shows, changed, legend_of_marks, of_assessment};
use crate::model::manifest::{LegendWords, MarkStyle, View};

pub(super) const KIND: Kind = Kind {
    shows: Shows::Changes,
    cites: Cites::Own,
    sources: of_assessment,
    weight: |_| 1,
    legend,
    says_marked: false,
    compose: |printing, index| Ok(Composed::document(printing.change_list(changed(printing)?, index))),
};

/// Side by side what differs looks alike on both.
fn legend(words: &LegendWords, view: View, marks: &MarkStyle) -> String {
    if view == View::Marked && marks.inserted == marks.deleted {
        return words.compared.clone();
    }
    legend_of_marks(words, view, marks)
}
