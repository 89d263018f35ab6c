//! Brackets round what a change inserted or deleted, as words of the document: every format has them.

use super::tree::{Brackets, MarkRef, MarkShow, MarkStyle, Run};

/// The brackets of a mark, where it is shown in them.
fn brackets_of<'a>(mark: &MarkRef, marks: &'a MarkStyle) -> Option<&'a Brackets> {
    let look = match mark.show {
        MarkShow::Ins => &marks.inserted,
        MarkShow::Del => &marks.deleted,
        MarkShow::None => return None,
    };
    look.brackets.as_ref().filter(|_| !look.hidden)
}

/// Runs of a line with one pair of brackets round all that stand together under one mark.
pub(super) fn bracketed(runs: Vec<Run>, marks: &MarkStyle) -> Vec<Run> {
    if marks.inserted.brackets.is_none() && marks.deleted.brackets.is_none() {
        return runs;
    }
    let mut out = Vec::with_capacity(runs.len());
    for group in runs.chunk_by(|one, next| one.mark == next.mark) {
        let mark = group[0].mark.as_ref();
        let brackets = mark.and_then(|mark| brackets_of(mark, marks));
        // A run without text only keeps a mark's place.
        let Some(brackets) = brackets.filter(|_| group.iter().any(|run| !run.text.is_empty())) else {
            out.extend(group.iter().cloned());
            continue;
        };
        let word = |text: &str| Run { text: text.to_owned(), mark: mark.cloned(), ..Run::default() };
        out.push(word(&brackets.open));
        out.extend(group.iter().cloned());
        out.push(word(&brackets.close));
    }
    out
}

/// The label of a box whose tick is marked.
pub(super) fn bracketed_label(label: &str, mark: &MarkRef, marks: &MarkStyle) -> String {
    match brackets_of(mark, marks) {
        Some(Brackets { open, close }) => format!("{open}{label}{close}"),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::MarkLook;

    fn run(text: &str, mark: Option<(&str, MarkShow)>) -> Run {
        let mark = mark.map(|(key, show)| MarkRef { key: key.into(), show });
        Run { text: text.to_owned(), mark, ..Run::default() }
    }

    fn marks() -> MarkStyle {
        let brackets = Brackets { open: "【".to_owned(), close: "】".to_owned() };
        MarkStyle {
            inserted: MarkLook { brackets: Some(brackets), ..MarkLook::default() },
            deleted: MarkLook { hidden: true, ..MarkLook::default() },
            ..MarkStyle::default()
        }
    }

    #[test]
    fn one_pair_stands_round_the_runs_of_one_mark() {
        let runs = vec![
            run("前", None),
            run("新", Some(("a", MarkShow::Ins))),
            Run { strong: true, ..run("語", Some(("a", MarkShow::Ins))) },
            run("別", Some(("b", MarkShow::Ins))),
            run("", Some(("c", MarkShow::Ins))),
            run("旧", Some(("d", MarkShow::Del))),
            run("後", Some(("e", MarkShow::None))),
        ];
        let text: String = bracketed(runs, &marks()).into_iter().map(|run| run.text).collect();
        assert_eq!(text, "前【新語】【別】旧後");
    }

    #[test]
    fn a_box_has_them_round_its_label() {
        let mark = |show| MarkRef { key: "a".into(), show };
        assert_eq!(bracketed_label("本人", &mark(MarkShow::Ins), &marks()), "【本人】");
        assert_eq!(bracketed_label("本人", &mark(MarkShow::None), &marks()), "本人");
    }
}
