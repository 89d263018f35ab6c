//! How a file stands on the disk where that differs from the text that all stages work with.
//!
//! Editors save the same text in more than one way: with a byte order mark, with CR LF at the ends of the lines, under a name whose
//! characters are decomposed. The program reads one text of them, and what it writes back is saved as the author's editor did. This
//! is the only place that knows of it: [`OnDisk::take_in`] on the way in, [`OnDisk::restore`] on the way out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Says that a text is UTF-8; some editors of Windows write it.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How a file was saved（保存の仕方）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnDisk {
    /// Its path from the root as the disk spells it; `None` where that is the path we work with.
    path: Option<PathBuf>,
    /// Whether a byte order mark stands before the text.
    mark: ByteOrderMark,
    /// How its lines end.
    ends: LineEnds,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum ByteOrderMark {
    #[default]
    None,
    Utf8,
}

/// How one line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    Lf,
    CrLf,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum LineEnds {
    #[default]
    Lf,
    CrLf,
    /// Both in one file: one for each line that ends.
    Mixed(Arc<[LineEnd]>),
}

impl OnDisk {
    /// The text to work with, and how it was saved: without a byte order mark, each line ended by LF alone.
    #[must_use]
    pub fn take_in(saved: &str) -> (Self, String) {
        let (mark, saved) = match saved.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (ByteOrderMark::Utf8, rest),
            None => (ByteOrderMark::None, saved),
        };
        let lines = saved.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let ends: Vec<LineEnd> =
            lines.map(|line| if line.ends_with("\r\n") { LineEnd::CrLf } else { LineEnd::Lf }).collect();
        let ends = if ends.iter().all(|end| *end == LineEnd::Lf) {
            LineEnds::Lf
        } else if ends.iter().all(|end| *end == LineEnd::CrLf) {
            LineEnds::CrLf
        } else {
            LineEnds::Mixed(ends.into())
        };
        let text = if ends == LineEnds::Lf { saved.to_owned() } else { saved.replace("\r\n", "\n") };
        (Self { path: None, mark, ends }, text)
    }

    /// The same under the name that the disk has.
    #[must_use]
    pub(super) fn named(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// The path as the disk spells it, where that differs.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What to save for a text that came from `before`, the text that was taken in.
    ///
    /// **Shape**: with the same text, what was read, to the byte. Where lines end in both ways, each line that is still there keeps its
    /// own end; a new one takes that of the line before it.
    #[must_use]
    pub fn restore(&self, before: &str, after: &str) -> String {
        let mark = match self.mark {
            ByteOrderMark::None => "",
            ByteOrderMark::Utf8 => "\u{feff}",
        };
        let text = match &self.ends {
            LineEnds::Lf => after.to_owned(),
            LineEnds::CrLf => after.replace('\n', "\r\n"),
            LineEnds::Mixed(ends) => with_ends(before, after, ends),
        };
        format!("{mark}{text}")
    }

    /// How many bytes the disk has more before a place in line `line` (from 0) of the text.
    pub(super) fn more_before(&self, line: usize) -> usize {
        let mark = match self.mark {
            ByteOrderMark::None => 0,
            ByteOrderMark::Utf8 => BYTE_ORDER_MARK.len_utf8(),
        };
        mark + match &self.ends {
            LineEnds::Lf => 0,
            LineEnds::CrLf => line,
            LineEnds::Mixed(ends) => ends.iter().take(line).filter(|end| **end == LineEnd::CrLf).count(),
        }
    }
}

/// The lines of `after`, each ended as its like in `before` was.
fn with_ends(before: &str, after: &str, ends: &[LineEnd]) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut own: Vec<Option<LineEnd>> = vec![None; new.len()];
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (from, to, count) = match operation {
            DiffOp::Equal { old_index, new_index, len } => (old_index, new_index, len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => (old_index, new_index, old_len.min(new_len)),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => continue,
        };
        for step in 0..count {
            own[to + step] = ends.get(from + step).copied();
        }
    }
    let mut last = ends.first().copied().unwrap_or(LineEnd::Lf);
    let mut out = String::with_capacity(after.len() + new.len());
    for (line, own) in new.into_iter().zip(own) {
        last = own.unwrap_or(last);
        match (line.strip_suffix('\n'), last) {
            (Some(line), LineEnd::CrLf) => {
                out.push_str(line);
                out.push_str("\r\n");
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// A name in composed characters, as keyboards write it: disks of some systems decompose が into か and its mark.
#[must_use]
pub fn composed(name: &str) -> String {
    if is_nfc(name) { name.to_owned() } else { name.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rewritten(saved: &str, change: impl Fn(&str) -> String) -> String {
        let (disk, text) = OnDisk::take_in(saved);
        disk.restore(&text, &change(&text))
    }

    #[test]
    fn a_text_is_saved_as_it_was_read() {
        let (disk, text) = OnDisk::take_in("\u{feff}一\r\n二\r\n");
        assert_eq!(text, "一\n二\n");
        assert_eq!(disk.restore(&text, "一\n半\n二\n"), "\u{feff}一\r\n半\r\n二\r\n");
        assert_eq!((disk.more_before(0), disk.more_before(2)), (3, 5));
        assert_eq!(rewritten("一\n二", |text| format!("{text}\n三")), "一\n二\n三");
        assert_eq!(rewritten("\u{feff}", |_| "新\n".to_owned()), "\u{feff}新\n");
    }

    #[test]
    fn each_line_of_a_mixed_file_keeps_its_own_end() {
        let saved = "一\r\n二\n三\r\n四\n";
        assert_eq!(rewritten(saved, |text| text.replace("二\n", "")), "一\r\n三\r\n四\n");
        assert_eq!(rewritten(saved, |text| text.replace('三', "{++三++}")), "一\r\n二\n{++三++}\r\n四\n");
        assert_eq!(rewritten(saved, |text| text.replace("二\n", "二\n二の二\n")), "一\r\n二\n二の二\n三\r\n四\n");
        assert_eq!(rewritten(saved, |text| format!("零\n{text}")), "零\r\n一\r\n二\n三\r\n四\n");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_on_the_way(saved in "\u{feff}?[a一\r\n\u{feff}]{0,30}") {
            prop_assert_eq!(rewritten(&saved, str::to_owned), saved);
        }

        #[test]
        fn what_was_written_is_read_again(saved in "\u{feff}?([a一]{0,2}\r?\n){0,8}[a一]?", after in "([a一]{0,2}\n){0,8}[a一]?") {
            let again = rewritten(&saved, |_| after.clone());
            prop_assert_eq!(OnDisk::take_in(&again).1, after);
        }
    }
}
