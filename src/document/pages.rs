//! Measured pages: where rows and marks stand in a laid out document, and how they are cited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::change::{MarkKey, MarkPlace, Unit};
use crate::model::ItemPath;
use crate::model::manifest::PageFormat;
use crate::name::ChangeId;

/// First and last page of a thing（ページ範囲）; printed numbers, from 1, the last not before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRange {
    /// First page.
    pub first: usize,
    /// Last page.
    pub last: usize,
}

impl PageRange {
    /// The range widened to hold a page.
    #[must_use]
    pub fn with(self, page: usize) -> Self {
        Self { first: self.first.min(page), last: self.last.max(page) }
    }
}

/// Pages of the rows and marks of one document in one view（ページ索引）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageIndex {
    /// Number of pages.
    pub pages: usize,
    /// By row path.
    pub rows: BTreeMap<ItemPath, PageRange>,
    /// By mark key.
    pub marks: BTreeMap<MarkKey, PageRange>,
}

impl PageIndex {
    /// Adds what stands on the pages of a part of the document, before which there are so many.
    pub(crate) fn add(&mut self, part: &Self, before: usize) {
        let later = |range: &PageRange| PageRange { first: range.first + before, last: range.last + before };
        for (path, range) in &part.rows {
            widen(&mut self.rows, path, later(range));
        }
        for (key, range) in &part.marks {
            widen(&mut self.marks, key, later(range));
        }
    }

    /// The pages of a mark: where its runs stand, or the whole row that it takes in.
    #[must_use]
    pub fn of_mark(&self, place: &MarkPlace) -> Option<PageRange> {
        match &place.whole_of {
            Some(path) => self.rows.get(path).copied().or_else(|| {
                let last = self.rows.get(place.after.as_ref()?)?.last;
                Some(PageRange { first: last, last })
            }),
            None => self.marks.get(&place.key).copied(),
        }
    }

    /// The pages of a unit's marks, or of one change's marks, in order, each once; empty where none was measured.
    #[must_use]
    pub fn of_unit(&self, unit: &Unit<'_>, change: Option<&ChangeId>) -> Vec<usize> {
        let mut pages: Vec<usize> = unit
            .marks
            .iter()
            .filter(|place| change.is_none_or(|change| place.mark.change == *change))
            .filter_map(|place| self.of_mark(place))
            .flat_map(|range| range.first..=range.last)
            .collect();
        if unit.marks.is_empty() {
            pages.extend(self.rows.get(&unit.path).into_iter().flat_map(|range| range.first..=range.last));
        }
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}

fn widen<K: Ord + Clone>(map: &mut BTreeMap<K, PageRange>, key: &K, range: PageRange) {
    map.entry(key.clone()).and_modify(|known| *known = known.with(range.first).with(range.last)).or_insert(range);
}

/// Pages as a body cites them: `P.17～30`, `P.55、80、106、117`.
#[must_use]
pub fn cite(pages: &[usize], format: &PageFormat) -> String {
    let runs = runs(pages);
    let mut parts = Vec::new();
    for (first, last) in runs {
        if last - first + 1 >= format.range_from.max(2) {
            parts.push(format!("{first}{}{last}{}", format.range, format.suffix));
        } else {
            parts.extend((first..=last).map(|page| format!("{page}{}", format.suffix)));
        }
    }
    let joined = match parts.split_last() {
        Some((last, before)) if !format.last_separator.is_empty() && !before.is_empty() => {
            format!("{}{}{last}", before.join(&format.separator), format.last_separator)
        }
        Some(_) | None => parts.join(&format.separator),
    };
    format!("{}{}{joined}{}", format.open, format.prefix, format.close)
}

/// Pages in one cell of a list: `64・65`.
#[must_use]
pub fn cite_cell(pages: &[usize], separator: &str) -> String {
    pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}

/// Consecutive pages as first and last.
fn runs(pages: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format() -> PageFormat {
        PageFormat { prefix: "P.".into(), ..PageFormat::default() }
    }

    #[test]
    fn long_runs_are_ranges_and_others_are_listed() {
        let all: Vec<usize> = (17..=30).collect();
        assert_eq!(cite(&all, &format()), "P.17～30");
        assert_eq!(cite(&[55, 80, 106, 117], &format()), "P.55、80、106、117");
        assert_eq!(cite(&[64, 65, 90, 91], &format()), "P.64、65、90、91");
        assert_eq!(cite(&[161, 162], &format()), "P.161、162");
    }

    #[test]
    fn pages_are_cited_in_words() {
        let words = PageFormat {
            open: "（評価書（案）".into(),
            suffix: "ページ".into(),
            last_separator: "及び".into(),
            close: "）".into(),
            ..PageFormat::default()
        };
        assert_eq!(cite(&[29, 30], &words), "（評価書（案）29ページ及び30ページ）");
        assert_eq!(cite(&[29], &words), "（評価書（案）29ページ）");
        assert_eq!(cite(&[3, 17, 18, 19, 40], &words), "（評価書（案）3ページ、17～19ページ及び40ページ）");
    }

    #[test]
    fn a_cell_joins_its_pages() {
        assert_eq!(cite_cell(&[64, 65], "・"), "64・65");
    }
}
