//! What differs between two imprints of one document.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::item::{Item, Line, LineKind};
use crate::model::ItemPath;

/// A difference that a reader could see（刷り上がりの違い）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// Path of the item.
    pub path: ItemPath,
    /// What kind of difference.
    pub sort: Sort,
    /// What was printed; empty: nothing.
    pub old: String,
    /// What is printed; empty: nothing.
    pub new: String,
    /// Byte of the item's heading in the file of the older one; `None` where it is new.
    pub at: Option<usize>,
    /// Name of the first line that differs.
    pub name: String,
    /// Whether something was shown as changed, and nothing is any more.
    pub taken_back: bool,
}

/// What kind of difference（違いの種類）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Words that an author wrote.
    Words,
    /// The same things in another order（順序のみ）.
    Order,
    /// A box of a figure stands elsewhere, or in another frame（図の配置のみ）.
    Placement,
    /// Titles, heads, labels of the form, how a text is set（表示のみ）.
    Display,
    /// Answers of a checklist（回答のみ）.
    Answer,
    /// What the public reads, where the submission is the same（公表用のみ）.
    Public,
}

/// Every difference, in the order of the newer one, what is gone last.
#[must_use]
pub fn departures(old: &[impl Borrow<Item>], new: &[impl Borrow<Item>]) -> Vec<Departure> {
    let (old, new) = apart(old, new);
    let (before, after) = (keyed(old), keyed(new));
    let places: Places<'_> = before.iter().enumerate().map(|(place, (key, _))| (*key, place)).collect();
    let kept: FxHashSet<Key<'_>> = after.iter().map(|(key, _)| *key).collect();
    let mut found = Vec::new();
    for (key, item) in &after {
        match places.get(key).map(|place| before[*place].1) {
            Some(was) if was.lines == item.lines => {}
            Some(was) => changed(was, item, &mut found),
            None => found.push(whole(item, Side::New)),
        }
    }
    moved(&before, &after, &places, &mut found);
    found.extend(before.iter().filter(|(key, _)| !kept.contains(key)).map(|(_, item)| whole(item, Side::Old)));
    found
}

/// Without what both begin and end with, but for one item at the head, behind which something may have moved.
fn apart<'i, B: Borrow<Item>, C: Borrow<Item>>(old: &'i [B], new: &'i [C]) -> (&'i [B], &'i [C]) {
    let same = |one: &B, other: &C| {
        let (one, other): (&Item, &Item) = (one.borrow(), other.borrow());
        one.says_as(other)
    };
    let first = old.iter().zip(new).take_while(|(one, other)| same(one, other)).count().saturating_sub(1);
    let (old, new) = (&old[first..], &new[first..]);
    // That one item is not the end of what both end with.
    let least = old.len().min(new.len()).saturating_sub(1);
    let last = old.iter().rev().zip(new.iter().rev()).take(least).take_while(|(one, other)| same(one, other)).count();
    (&old[..old.len() - last], &new[..new.len() - last])
}

/// Path, and how often it stood before.
type Key<'i> = (&'i ItemPath, usize);

/// Where each stands among the older ones; only looked up, so that its own order counts for nothing.
type Places<'i> = FxHashMap<Key<'i>, usize>;

fn keyed(items: &[impl Borrow<Item>]) -> Vec<(Key<'_>, &Item)> {
    let mut seen: FxHashMap<&ItemPath, usize> = FxHashMap::default();
    items
        .iter()
        .map(Borrow::borrow)
        .map(|item| {
            let count = seen.entry(&item.path).or_default();
            *count += 1;
            ((&item.path, *count), item)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// An item that only one of the two has.
fn whole(item: &Item, side: Side) -> Departure {
    let sort = if item.lines.iter().any(|line| line.kind() == LineKind::Words) { Sort::Words } else { Sort::Display };
    let text = said(&item.lines.iter().collect::<Vec<_>>());
    let (old, new) = if side == Side::Old { (text, String::new()) } else { (String::new(), text) };
    let name = item.lines.first().map(|line| line.name.clone()).unwrap_or_default();
    let at = (side == Side::Old).then_some(item.at);
    let taken_back = side == Side::Old && item.lines.iter().any(Line::is_marked);
    Departure { path: item.path.clone(), sort, old, new, at, name, taken_back }
}

fn changed(old: &Item, new: &Item, found: &mut Vec<Departure>) {
    let gone = less(&old.lines, &new.lines);
    let come = less(&new.lines, &old.lines);
    let marked = |item: &Item| item.lines.iter().any(Line::is_marked);
    let taken_back = marked(old) && !marked(new);
    let mut push = |sort, gone: &[&Line], come: &[&Line]| {
        let name = come.first().or(gone.first()).map(|line| line.name.clone()).unwrap_or_default();
        let (old_text, new_text) = told(gone, come);
        let (path, at) = (new.path.clone(), Some(old.at));
        found.push(Departure { path, sort, old: old_text, new: new_text, at, name, taken_back });
    };
    if gone.is_empty() && come.is_empty() {
        let first = old.lines.iter().zip(new.lines.iter()).find(|(old, new)| old != new);
        let (old, new) = first.expect("the lines differ, and there are as many");
        return push(Sort::Order, &[old], &[new]);
    }
    for kind in [LineKind::Words, LineKind::Place, LineKind::Look, LineKind::Answer] {
        let (gone, come) = (of_kind(&gone, kind), of_kind(&come, kind));
        if gone.is_empty() && come.is_empty() {
            continue;
        }
        let plain = |lines: &[&Line]| lines.iter().map(|line| line.plain()).collect::<String>();
        let sort = match kind {
            // The same letters in the same order: only how they are set differs.
            LineKind::Words if plain(&gone) == plain(&come) => Sort::Display,
            LineKind::Words => Sort::Words,
            LineKind::Place => Sort::Placement,
            LineKind::Look => Sort::Display,
            LineKind::Answer => Sort::Answer,
        };
        push(sort, &gone, &come);
    }
}

fn of_kind<'l>(lines: &[&'l Line], kind: LineKind) -> Vec<&'l Line> {
    lines.iter().copied().filter(|line| line.kind() == kind).collect()
}

/// The lines of one that the other has not, in order; what stands twice counts twice.
fn less<'l>(lines: &'l [Line], others: &[Line]) -> Vec<&'l Line> {
    let mut left: BTreeMap<&Line, usize> = BTreeMap::new();
    for line in others {
        *left.entry(line).or_default() += 1;
    }
    lines
        .iter()
        .filter(|line| match left.get_mut(line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

fn said(lines: &[&Line]) -> String {
    joined(lines, Line::plain)
}

/// What lines say that differ, in as few words as show it: their letters; with looks and marks; with what they are.
fn told(gone: &[&Line], come: &[&Line]) -> (String, String) {
    let ways: [fn(&Line) -> String; 3] = [Line::plain, |line| line.text.clone(), named];
    let mut pairs = ways.into_iter().map(|way| (joined(gone, way), joined(come, way)));
    // Words that an author wrote may look like the end of one line and the beginning of another.
    let counted = || (format!("{} 行", gone.len()), format!("{} 行", come.len()));
    pairs.find(|(old, new)| old != new).unwrap_or_else(counted)
}

fn named(line: &Line) -> String {
    format!("{}：{}", line.name, line.text)
}

fn joined(lines: &[&Line], way: fn(&Line) -> String) -> String {
    lines.iter().map(|line| way(line)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// Items that stand elsewhere among those that both have: as few as explain it, of a record its first.
fn moved(before: &[(Key<'_>, &Item)], after: &[(Key<'_>, &Item)], places: &Places<'_>, found: &mut Vec<Departure>) {
    let common: Vec<(usize, &Item)> =
        after.iter().filter_map(|(key, item)| places.get(key).map(|place| (*place, *item))).collect();
    // Mostly nothing moved.
    if common.is_sorted_by_key(|(place, _)| *place) {
        return;
    }
    let stay = longest_rising(&common.iter().map(|(place, _)| *place).collect::<Vec<_>>());
    let mut last: Option<&ItemPath> = None;
    for (index, (place, item)) in common.iter().enumerate().filter(|(index, _)| !stay.contains(index)) {
        if last.is_some_and(|path| item.path.is_in(path)) {
            continue;
        }
        last = Some(&item.path);
        // Those that stay tell where it stood and stands: an item that moved has another of them before it.
        let was = stay.iter().map(|index| common[*index]).filter(|(other, _)| other < place).max_by_key(|one| one.0);
        let is = stay.range(..index).next_back().map(|index| common[*index]);
        let (old, new) = stands(was.map(|(place, _)| before[place]), is.map(|(place, _)| before[place]));
        found.push(Departure {
            path: item.path.clone(),
            sort: Sort::Order,
            old,
            new,
            at: Some(before[*place].1.at),
            name: item.lines.first().map(|line| line.name.clone()).unwrap_or_default(),
            taken_back: false,
        });
    }
}

/// Words for a thing by what it is known by.
type Known = fn((Key<'_>, &Item)) -> String;

/// Behind which of two other things something stood and stands, in as few words as tell them apart.
fn stands(was: Option<(Key<'_>, &Item)>, is: Option<(Key<'_>, &Item)>) -> (String, String) {
    let ways: [Known; 3] = [
        |(_, item)| format!("{} の後", title(item)),
        |(_, item)| format!("{}（{}）の後", title(item), item.path),
        |((path, count), item)| format!("{}（{path} の {count} 番目）の後", title(item)),
    ];
    let first = || "先頭".to_owned();
    let mut pairs = ways.into_iter().map(|way| (was.map_or_else(first, way), is.map_or_else(first, way)));
    pairs.find(|(old, new)| old != new).expect("what moved stands behind another thing than before")
}

/// What an item is known by to its reader.
fn title(item: &Item) -> String {
    item.lines.iter().map(Line::plain).find(|text| !text.is_empty()).unwrap_or_else(|| item.path.to_string())
}

/// Indexes of a longest rising row of numbers, by patience sorting.
fn longest_rising(numbers: &[usize]) -> BTreeSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let at = ends.partition_point(|end| numbers[*end] < *number);
        before.push(at.checked_sub(1).map(|at| ends[at]));
        if at == ends.len() { ends.push(index) } else { ends[at] = index }
    }
    let mut stay = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        stay.insert(index);
        next = before[index];
    }
    stay
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(path: &str, lines: &[(&str, &str)]) -> Item {
        let lines: Vec<Line> = lines.iter().map(|(name, text)| Line::new(*name, *text)).collect();
        Item { path: path.into(), lines: lines.into(), at: 7 }
    }

    fn sorts(old: &[Item], new: &[Item]) -> Vec<(ItemPath, Sort)> {
        departures(old, new).into_iter().map(|departure| (departure.path, departure.sort)).collect()
    }

    fn of(path: &str, sort: Sort) -> (ItemPath, Sort) {
        (path.into(), sort)
    }

    #[test]
    fn each_sort_is_told_from_the_others() {
        let old = [item("a", &[("項目 0", "題"), ("本文", "文"), ("場所", "x 1列"), ("回答", "実施")])];
        for (name, text, sort) in [
            ("項目 0", "別", Sort::Display),
            ("本文", "字", Sort::Words),
            ("本文", "**文**", Sort::Display),
            ("本文 ・", "文", Sort::Display),
            ("場所", "x 2列", Sort::Placement),
            ("回答", "未実施", Sort::Answer),
        ] {
            let mut new = old.clone();
            let first = name.split(' ').next().expect("a name");
            let line = new[0].lines.iter_mut().find(|line| line.name.starts_with(first)).expect("it has one");
            *line = Line::new(name, text);
            assert_eq!(sorts(&old, &new), [of("a", sort)], "{name} {text}");
        }
    }

    #[test]
    fn lines_in_another_order_are_order_only() {
        let old = [item("a", &[("本文", "一"), ("本文", "二")])];
        assert_eq!(sorts(&old, &[item("a", &[("本文", "二"), ("本文", "一")])]), [of("a", Sort::Order)]);
    }

    #[test]
    fn a_record_that_moved_is_told_once() {
        let record =
            |id: &str| [item(&format!("g/{id}"), &[("見出し行 3", id)]), item(&format!("g/{id}/x"), &[("行", id)])];
        let old: Vec<Item> = ["a", "b", "c"].iter().flat_map(|id| record(id)).collect();
        let new: Vec<Item> = ["a", "c", "b"].iter().flat_map(|id| record(id)).collect();
        let found = departures(&old, &new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].sort, found[0].at), (Sort::Order, Some(7)));
    }

    #[test]
    fn a_difference_is_never_told_in_the_same_words_twice() {
        let swapped = |one: &[(&str, &str)], other: &[(&str, &str)]| {
            let (one, other, last) = (item("g/a", one), item("g/b", other), item("g/c", &[("図", "終わり")]));
            let (old, new) = ([one.clone(), other.clone(), last.clone()], [last, other, one]);
            departures(&old, &new)
        };
        let same = swapped(&[("図", "事務の内容")], &[("図", "事務の内容")]);
        let old = [item("a", &[("本文", "文"), ("欄 1 2", ""), ("行", "x\\ny")])];
        let edits: [(usize, &str, &str); 5] =
            [(0, "本文", "{++文++}"), (0, "本文", "**文**"), (0, "本文 ・", "文"), (1, "欄 1 3", ""), (2, "行", "x y")];
        let looks = edits.into_iter().flat_map(|(at, name, text)| {
            let mut new = old.clone();
            new[0].lines[at] = Line::new(name, text);
            departures(&old, &new)
        });
        let twice = departures(
            &[item("a", &[("図", "甲")]), item("s", &[("節", "x")]), item("s", &[("節", "x")])],
            &[item("s", &[("節", "x")]), item("s", &[("節", "x")]), item("a", &[("図", "甲")])],
        );
        let block = |ids: [&str; 4]| ids.map(|id| item(id, &[("図", id)]));
        let moved = departures(&block(["p", "a", "b", "q"]), &block(["a", "b", "q", "p"]));
        let all: Vec<Departure> = same.into_iter().chain(looks).chain(twice).chain(moved).collect();
        assert!(all.len() > 8, "{all:?}");
        for one in all {
            assert_ne!(one.old, one.new, "{one:?}");
        }
    }

    #[test]
    fn what_is_gone_or_new_is_told_with_its_words() {
        let old = [item("a", &[("行", "{++一++}")])];
        let gone = &departures(&old, &[] as &[Item])[0];
        assert_eq!((gone.old.as_str(), gone.new.as_str(), gone.taken_back), ("一", "", true));
        assert_eq!(departures(&[] as &[Item], &old)[0].new, "一");
        assert_eq!(departures(&old, &old), []);
    }
}
