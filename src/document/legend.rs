//! How changes are shown, said with samples in the very look（凡例）.

use super::brackets::bracketed;
use super::tree::{MarkRef, MarkShow, MarkStyle, Run};
use crate::change::MarkKey;
use crate::model::manifest::View;

/// Signs that open and close a sample, as authors write marks.
const SAMPLES: [(&str, &str, MarkShow); 2] = [("{++", "++}", MarkShow::Ins), ("{--", "--}", MarkShow::Del)];

/// A legend as runs: what stands in `{++ ++}` and `{-- --}` has the look of inserted and of deleted text, where the view shows them.
pub(super) fn legend(words: &str, view: View, marks: &MarkStyle) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = words;
    while let Some((at, (open, close, show))) =
        SAMPLES.iter().filter_map(|sample| Some((rest.find(sample.0)?, *sample))).min_by_key(|(at, _)| *at)
    {
        let inside = &rest[at + open.len()..];
        let Some(end) = inside.find(close) else { break };
        let mut put = |text: &str, mark: Option<MarkRef>| {
            if !text.is_empty() {
                runs.push(Run { text: text.to_owned(), mark, ..Run::default() });
            }
        };
        put(&rest[..at], None);
        let key = MarkKey::of_sample(at);
        put(&inside[..end], (view == View::Marked).then_some(MarkRef { key, show }));
        rest = &inside[end + close.len()..];
    }
    if !rest.is_empty() {
        runs.push(Run { text: rest.to_owned(), ..Run::default() });
    }
    bracketed(runs, marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::{Brackets, MarkLook};

    #[test]
    fn samples_have_the_look_that_they_tell_of() {
        let brackets = Brackets { open: "【".to_owned(), close: "】".to_owned() };
        let inserted = MarkLook { brackets: Some(brackets), ..MarkLook::default() };
        let marks = MarkStyle { inserted, ..MarkStyle::default() };
        let words = "凡例　{++追記++}、{--削除--}。{++開いたまま";
        let shown: Vec<(String, Option<MarkShow>)> = legend(words, View::Marked, &marks)
            .into_iter()
            .map(|run| (run.text, run.mark.map(|mark| mark.show)))
            .collect();
        let of = |text: &str, show| (text.to_owned(), show);
        let ins = Some(MarkShow::Ins);
        let wanted = [
            of("凡例　", None),
            of("【", ins),
            of("追記", ins),
            of("】", ins),
            of("、", None),
            of("削除", Some(MarkShow::Del)),
            of("。{++開いたまま", None),
        ];
        assert_eq!(shown, wanted);
        let text: String = legend(words, View::Clean, &marks).into_iter().map(|run| run.text).collect();
        assert_eq!(text, "凡例　追記、削除。{++開いたまま", "a view without changes shows no look");
    }
}
