//! Dates in running text（和暦・西暦）: found, read, and held against the calendar.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// An era: its name and its first day; it ends where the next begins（元号）.
///
/// Source: 元号法（昭和54年法律第43号） and the orders that name each era.
const ERAS: &[(&str, Date)] = &[
    ("明治", date(1868, 10, 23)),
    ("大正", date(1912, 7, 30)),
    ("昭和", date(1926, 12, 25)),
    ("平成", date(1989, 1, 8)),
    ("令和", date(2019, 5, 1)),
];

/// Days of the week as they stand in brackets.
const WEEKDAYS: &[(char, Weekday)] = &[
    ('日', Weekday::Sunday),
    ('月', Weekday::Monday),
    ('火', Weekday::Tuesday),
    ('水', Weekday::Wednesday),
    ('木', Weekday::Thursday),
    ('金', Weekday::Friday),
    ('土', Weekday::Saturday),
];

/// Letters that stand for an era where the numbers are written with signs between them.
///
/// M and T are left out: a number of a law or of a machine is likelier by now than a day of 明治 or 大正.
const ERA_LETTERS: &[(char, usize)] = &[('S', 2), ('H', 3), ('R', 4), ('Ｓ', 2), ('Ｈ', 3), ('Ｒ', 4)];

/// What stands between the numbers of a date.
const SIGNS: &[(char, char)] = &[('/', '／'), ('.', '．'), ('-', '－')];

/// Days of the week in one character with brackets, from 日.
const BRACKETED: &str = "㈰㈪㈫㈬㈭㈮㈯";

/// What may stand beside a day of the week in its brackets.
const HOLIDAYS: &[&str] = &["祝", "祝日", "休", "休日", "振休", "振替", "振替休日", "国民の祝日", "国民の休日"];

/// A date as written; a month or a day may be left open（文中の日付）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// The era, as an index into [`ERAS`]; `None`: 西暦, or a year taken over from the date before.
    era: Option<usize>,
    /// 西暦.
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    /// The day of the week after it.
    weekday: Option<Weekday>,
    /// 年度: the year from April.
    fiscal: bool,
    /// Whether it is written with signs between its numbers（2026/2/3, R8.2.3）, so that it may be no date at all.
    short: bool,
}

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// No such day.
    NoSuchDay,
    /// The era had not begun, or was over.
    OutsideEra,
    /// Another day of the week; which one it is.
    Weekday(Weekday),
}

impl WrittenDate {
    /// The first and the last day that it can mean; `None` for a day that is not in the calendar.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let Some(month) = self.month else {
            let from = if self.fiscal { 4 } else { 1 };
            let first = Date::new(self.year, from, 1).ok()?;
            return Some((first, first.checked_add(1.year()).ok()?.yesterday().ok()?));
        };
        let first = Date::new(self.year, month, self.day.unwrap_or(1)).ok()?;
        Some((first, if self.day.is_some() { first } else { first.last_of_month() }))
    }

    /// Whether it is written with signs between its numbers.
    pub(super) fn is_short(&self) -> bool {
        self.short
    }

    /// Whether it names a day.
    pub(super) fn is_day(&self) -> bool {
        self.day.is_some()
    }

    /// Whether it names as much as another: a day, a month or a year.
    pub(super) fn is_as_exact_as(&self, other: &Self) -> bool {
        let shape = |date: &Self| (date.month.is_some(), date.day.is_some(), date.fiscal);
        shape(self) == shape(other)
    }

    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<Fault> {
        let Some((first, last)) = self.days() else { return Some(Fault::NoSuchDay) };
        if let Some(era) = self.era {
            let ended = ERAS.get(era + 1).is_some_and(|(_, next)| first >= *next);
            if last < ERAS[era].1 || ended {
                return Some(Fault::OutsideEra);
            }
        }
        let weekday = self.weekday?;
        (self.day.is_some() && first.weekday() != weekday).then(|| Fault::Weekday(first.weekday()))
    }
}

/// The day of the week in one character.
pub(super) fn weekday_name(weekday: Weekday) -> char {
    WEEKDAYS.iter().find(|(_, day)| *day == weekday).map_or('日', |(name, _)| *name)
}

/// Whether a text is one day of the calendar, in any of the usual writings, and nothing else（日付としての正しさ）.
#[must_use]
pub fn is_day(text: &str) -> bool {
    day_of(text).is_some()
}

/// The one day that a text is, in any of the usual writings: `令和9年3月31日`, `2027-03-31`; `None` where it is none or more.
#[must_use]
pub fn day_of(text: &str) -> Option<Date> {
    let found = dates(text);
    let [date] = &found[..] else { return None };
    let is_whole = date.is_day() && date.range == (0..text.len()) && date.fault().is_none();
    date.days().filter(|_| is_whole).map(|(day, _)| day)
}

/// Where a text that is to name one day, or one period, names another one; `None` where it does not. Two days are a period where から, まで or a
/// sign such as ～ joins them.
#[must_use]
pub fn another_day(text: &str) -> Option<Range<usize>> {
    const JOINS: [&str; 8] = ["から", "～", "〜", "~", "－", "―", "‐", "-"];
    let days: Vec<WrittenDate> = dates(text).into_iter().filter(WrittenDate::is_day).collect();
    let is_joined = |one: &WrittenDate, other: &WrittenDate| {
        let between = &text[one.range.end..other.range.start];
        JOINS.iter().any(|join| between.contains(join)) || text[other.range.end..].starts_with("まで")
    };
    let pairs = days.windows(2).find(|pair| !is_joined(&pair[0], &pair[1]));
    pairs.map(|pair| pair[1].range.clone())
}

/// A day in 和暦: `令和9年3月31日`, `令和元年5月1日`; one before the eras in 西暦.
#[must_use]
pub fn wareki(day: Date) -> String {
    let (month, number) = (day.month(), day.day());
    match ERAS.iter().rev().find(|(_, first)| *first <= day) {
        Some((era, first)) => match day.year() - first.year() + 1 {
            1 => format!("{era}元年{month}月{number}日"),
            year => format!("{era}{year}年{month}月{number}日"),
        },
        None => format!("{}年{month}月{number}日", day.year()),
    }
}

/// The dates of a text in order. A date without a year（9月14日） takes the year of the date before it.
pub(super) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut found: Vec<WrittenDate> = Vec::new();
    let mut at = 0;
    let mut before = None;
    while at < text.len() {
        let rest = &text[at..];
        let first = rest.chars().next().filter(|first| !may_begin(*first));
        if let Some(other) = first {
            at += other.len_utf8();
            before = Some(other);
            continue;
        }
        match read(rest, at, found.last()).or_else(|| short(rest, at, before)).or_else(|| packed(rest, at, before)) {
            Some(date) => {
                at = date.range.end;
                found.push(date);
            }
            None => {
                // A number that is no date is passed over whole, so that its tail is not taken for one.
                let number = digits(rest).map_or(0, |(_, rest_of)| rest.len() - rest_of.len());
                at += number.max(rest.chars().next().map_or(1, char::len_utf8));
            }
        }
        before = text[..at].chars().next_back();
    }
    found
}

/// Whether a date can begin with a character; most characters of a text are none of these.
fn may_begin(character: char) -> bool {
    matches!(
        character,
        '0'..='9' | '０'..='９' | '明' | '大' | '昭' | '平' | '令' | '同' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七'
            | '八' | '九' | '十' | '百' | '千' | 'S' | 'H' | 'R' | 'Ｓ' | 'Ｈ' | 'Ｒ'
    )
}

fn read(text: &str, at: usize, before: Option<&WrittenDate>) -> Option<WrittenDate> {
    let (era, year, rest) = year(text, before)?;
    let mut date =
        WrittenDate { range: at..at, era, year, month: None, day: None, weekday: None, fiscal: false, short: false };
    let mut rest = rest;
    if let Some(after) = rest.strip_prefix('度') {
        (date.fiscal, rest) = (true, after);
    } else if let Some((month, after)) = part(rest, '月') {
        (date.month, rest) = (Some(month), after);
        if let Some((day, after)) = part(rest, '日') {
            (date.day, rest) = (Some(day), after);
            if let Some((weekday, after)) = bracketed_weekday(rest) {
                (date.weekday, rest) = (Some(weekday), after);
            }
        }
    }
    date.range = at..at + (text.len() - rest.len());
    Some(date)
}

/// Whether a character beside a date with signs makes it the tail of a longer number or name, a number of a paper（第…号） or a part of
/// a path.
fn is_joined(character: char) -> bool {
    character.is_ascii_alphanumeric() || value(character).is_some() || "/／.．-－_第:：\\".contains(character)
}

/// What follows a date with signs in a text, unless that makes it no date: a full stop may follow, a further number or name may not.
fn ends(rest: &str) -> bool {
    let tail = rest.strip_prefix(['.', '．']).filter(|tail| !tail.starts_with(is_joined)).unwrap_or(rest);
    !tail.starts_with(is_joined)
}

/// A date of eight digits: `20260203`; `before` is the character before it.
fn packed(text: &str, at: usize, before: Option<char>) -> Option<WrittenDate> {
    if before.is_some_and(is_joined) || text.chars().take_while(|character| value(*character).is_some()).count() != 8 {
        return None;
    }
    let length: usize = text.chars().take(8).map(char::len_utf8).sum();
    let (whole, rest) = text.split_at(length);
    let number = whole.chars().filter_map(value).fold(0, |sum, digit| sum * 10 + digit);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let in_time = (1900..2100).contains(&year);
    (in_time && ends(rest)).then(|| signed(text, at, rest, None, (i16::try_from(year).ok()?, month, day)))?
}

/// A date whose numbers end where `rest` begins, with the day of the week behind it; `None` where no day or month comes near the numbers.
fn signed(
    text: &str,
    at: usize,
    rest: &str,
    era: Option<usize>,
    (year, month, day): (i16, u32, u32),
) -> Option<WrittenDate> {
    if !(1..=19).contains(&month) || !(1..=39).contains(&day) {
        return None;
    }
    let weekday = bracketed_weekday(rest);
    let rest = weekday.map_or(rest, |(_, rest)| rest);
    Some(WrittenDate {
        range: at..at + (text.len() - rest.len()),
        era,
        year,
        month: Some(i8::try_from(month).ok()?),
        day: Some(i8::try_from(day).ok()?),
        weekday: weekday.map(|(weekday, _)| weekday),
        fiscal: false,
        short: true,
    })
}

/// A date with signs between its numbers: `2026/2/3`, `2026-02-03`, `R8.2.3`; `before` is the character before it.
fn short(text: &str, at: usize, before: Option<char>) -> Option<WrittenDate> {
    let first = text.chars().next()?;
    // Most characters are neither a digit nor such a letter.
    let letter = ERA_LETTERS.iter().find(|(letter, _)| *letter == first);
    if letter.is_none() && value(first).is_none() {
        return None;
    }
    if before.is_some_and(is_joined) {
        return None;
    }
    let (era, year, rest) = match letter {
        Some((letter, era)) => {
            let (number, rest) = short_number(&text[letter.len_utf8()..], 2)?;
            (Some(*era), ERAS[*era].1.year() + i16::try_from(number).ok()? - 1, rest)
        }
        None => {
            let (number, rest) = short_number(text, 4)?;
            (None, i16::try_from(number).ok().filter(|year| (1868..2200).contains(year))?, rest)
        }
    };
    let sign = rest.chars().next()?;
    let pair = SIGNS.iter().find(|(half, full)| sign == *half || sign == *full)?;
    let (month, rest) = short_number(after_sign(rest, *pair)?, 2)?;
    let (day, rest) = short_number(after_sign(rest, *pair)?, 2)?;
    ends(rest).then(|| signed(text, at, rest, era, (year, month, day)))?
}

/// What follows a sign, half-width or full-width.
fn after_sign(text: &str, (half, full): (char, char)) -> Option<&str> {
    text.strip_prefix(half).or_else(|| text.strip_prefix(full))
}

/// A number of at most so many digits, none of them kanji.
fn short_number(text: &str, most: usize) -> Option<(u32, &str)> {
    let count = text.chars().take_while(|character| value(*character).is_some()).count();
    (1..=most).contains(&count).then(|| digits(text))?
}

/// The year at the beginning of a text: its era, the year of the calendar, and what follows.
fn year<'t>(text: &'t str, before: Option<&WrittenDate>) -> Option<(Option<usize>, i16, &'t str)> {
    for (era, (name, first)) in ERAS.iter().enumerate() {
        if let Some(rest) = text.strip_prefix(name) {
            let rest = rest.trim_start_matches(SPACES);
            let (number, rest) = rest.strip_prefix('元').map(|rest| (1, rest)).or_else(|| digits(rest))?;
            let rest = rest.trim_start_matches(SPACES).strip_prefix('年')?;
            return Some((Some(era), first.year() + i16::try_from(number).ok()? - 1, rest));
        }
    }
    if let Some(rest) = text.strip_prefix("同年") {
        part(rest, '月')?;
        return Some((None, before?.year, rest));
    }
    if let Some((letter, era)) = ERA_LETTERS.iter().find(|(letter, _)| text.starts_with(*letter)) {
        // R8年2月30日.
        let (number, rest) = short_number(&text[letter.len_utf8()..], 2)?;
        let rest = rest.strip_prefix('年')?;
        return Some((Some(*era), ERAS[*era].1.year() + i16::try_from(number).ok()? - 1, rest));
    }
    let (number, rest) = digits(text)?;
    if let Some(rest) = rest.strip_prefix('年') {
        let year = i16::try_from(number).ok().filter(|year| (1868..2200).contains(year))?;
        return Some((None, year, rest));
    }
    // 9月14日 after another date; 3月 alone may be a length of time or a yearly date.
    let (_, after) = part(text, '月')?;
    part(after, '日')?;
    Some((None, before?.year, text))
}

/// Spaces that stand before the numbers of a date.
const SPACES: [char; 2] = [' ', '　'];

/// A number and the character after it.
fn part(text: &str, unit: char) -> Option<(i8, &str)> {
    let (number, rest) = digits(text.trim_start_matches(SPACES))?;
    Some((i8::try_from(number).ok()?, rest.trim_start_matches(SPACES).strip_prefix(unit)?))
}

/// The value of a digit, half-width or full-width.
fn value(character: char) -> Option<u32> {
    match character {
        '0'..='9' => character.to_digit(10),
        '０'..='９' => Some(u32::from(character) - u32::from('０')),
        _ => None,
    }
}

/// The number at the beginning of a text: half-width, full-width or in kanji.
fn digits(text: &str) -> Option<(u32, &str)> {
    let count = text.chars().take_while(|character| value(*character).is_some()).count();
    if count == 0 {
        return kanji_number(text);
    }
    if count > 6 {
        return None;
    }
    let number = text.chars().take(count).filter_map(value).fold(0, |sum, digit| sum * 10 + digit);
    let length: usize = text.chars().take(count).map(char::len_utf8).sum();
    Some((number, &text[length..]))
}

/// A number in kanji: with places（三十一, 百二十） or digit by digit（二〇二六）.
fn kanji_number(text: &str) -> Option<(u32, &str)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |character: char| DIGITS.chars().position(|it| it == character).and_then(|it| u32::try_from(it).ok());
    let (mut sum, mut waiting, mut length) = (0_u32, None, 0);
    for character in text.chars() {
        if let Some(digit) = digit(character) {
            // Digit by digit: what waits is a place further left.
            let before = waiting.map_or(0, |waiting: u32| waiting.saturating_mul(10));
            waiting = Some(before.saturating_add(digit));
        } else if let Some(place) = match character {
            '十' => Some(10),
            '百' => Some(100),
            '千' => Some(1000),
            _ => None,
        } {
            sum += waiting.take().unwrap_or(1).saturating_mul(place).min(100_000);
        } else {
            break;
        }
        length += character.len_utf8();
    }
    // 〇 alone stands for what is not written yet.
    let only_zeros = sum == 0 && waiting.is_none_or(|waiting| waiting == 0);
    (0 < length && length <= 24 && !only_zeros).then(|| (sum.saturating_add(waiting.unwrap_or(0)), &text[length..]))
}

/// The day of the week after a date: `（木）`, `（木曜日・祝日）`, `（木祝）`, `（木・敬老の日）`, `【木】`, `㈭`, `木曜日`.
fn bracketed_weekday(text: &str) -> Option<(Weekday, &str)> {
    let first = text.chars().next()?;
    if let Some(index) = BRACKETED.chars().position(|sign| sign == first) {
        return Some((WEEKDAYS[index].1, &text[first.len_utf8()..]));
    }
    let of = |name: char| WEEKDAYS.iter().find(|(known, _)| *known == name).map(|(_, weekday)| *weekday);
    let Some(inner) = text.trim_start_matches(SPACES).strip_prefix(['（', '(', '【', '［', '[', '〔']) else {
        let named = text[first.len_utf8()..].strip_prefix("曜日").or(text[first.len_utf8()..].strip_prefix("曜"))?;
        return Some((of(first)?, named));
    };
    let is_close = |character: char| matches!(character, '）' | ')' | '】' | '］' | ']' | '〕');
    let close = inner.char_indices().take(16).find(|(_, character)| is_close(*character))?.0;
    let mut weekday = None;
    let parts = inner[..close].split(['・', '･', '、', ',', '，', '／', '/', ' ', '　']);
    for part in parts.filter(|part| !part.is_empty()) {
        let plain = part.chars().next()?;
        let rest = &part[plain.len_utf8()..];
        let rest = rest.strip_prefix("曜日").or(rest.strip_prefix('曜')).unwrap_or(rest);
        match of(plain).filter(|_| rest.is_empty() || HOLIDAYS.contains(&rest)) {
            Some(day) if weekday.is_none() => weekday = Some(day),
            // Any day that has a name: 敬老の日, 閉庁日.
            _ if HOLIDAYS.contains(&part) || part.ends_with('日') && of(plain).is_none() => {}
            _ => return None,
        }
    }
    let after = &inner[close..];
    Some((weekday?, &after[after.chars().next()?.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> WrittenDate {
        dates(text).into_iter().next().expect("a date")
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for (day, words) in [
            (date(2027, 3, 31), "令和9年3月31日"),
            (date(2019, 5, 1), "令和元年5月1日"),
            (date(2019, 4, 30), "平成31年4月30日"),
            (date(1989, 1, 7), "昭和64年1月7日"),
        ] {
            assert_eq!(wareki(day), words);
            assert_eq!(day_of(words), Some(day));
        }
    }

    #[test]
    fn reads_dates_of_all_kinds() {
        assert_eq!(one("令和５年８月１５日").days(), Some((date(2023, 8, 15), date(2023, 8, 15))));
        assert_eq!(one("平成30年度").days(), Some((date(2018, 4, 1), date(2019, 3, 31))));
        assert_eq!(one("令和6年3月末").days(), Some((date(2024, 3, 1), date(2024, 3, 31))));
        let both = dates("令和5年8月15日～9月14日");
        assert_eq!(both[1].days(), Some((date(2023, 9, 14), date(2023, 9, 14))));
        assert_eq!(dates("令和5年10月中旬から同年11月下旬まで").len(), 2);
        assert!(dates("3年 5か月 12月31日").is_empty());
        // A law's number is not a date, its year is.
        assert_eq!(dates("平成25年法律第27号").len(), 1);
    }

    #[test]
    fn every_usual_writing_is_read() {
        for text in [
            "2026/2/30",
            "2026.2.30",
            "2026-02-30",
            "２０２６／２／３０",
            "20260230",
            "２０２６０２３０",
            "R8.2.30",
            "R8/2/30",
            "R8年2月30日",
            "Ｒ８．２．３０",
            "令和8年2月30日",
            "令和８年 ２月 ３０日",
            "令和二年二月三十日",
            "二〇二六年二月三十日",
            "平成三十年二月三十日",
        ] {
            let date = one(text);
            assert_eq!((date.fault(), date.range), (Some(Fault::NoSuchDay), 0..text.len()), "{text}");
        }
        assert_eq!(one("平成三十一年四月三十日").days(), Some((date(2019, 4, 30), date(2019, 4, 30))));
        assert_eq!(one("（2026/2/3）").days(), Some((date(2026, 2, 3), date(2026, 2, 3))));
        assert_eq!(one("R1.4.30").fault(), Some(Fault::OutsideEra));
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(
            text in "[0-9０-９年月日度令和昭平成RHSＲ/／.．\\-－（）()火木・祝曜〇一二三十百千元㈫同第 　a]{0,48}"
        ) {
            let mut end = 0;
            for date in dates(&text) {
                prop_assert!(end <= date.range.start && date.range.start < date.range.end);
                prop_assert!(text.get(date.range.clone()).is_some());
                let _ = (date.days(), date.fault());
                end = date.range.end;
            }
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "192.168.2.30",
            "2026.2.30.1",
            "第2026-2-30号",
            "03-3209-1111",
            "042-769-8331",
            "ver2026.2.30",
            "2026/2",
            "202602301",
            "第20260230号",
            "20269930",
            "ID20260230",
            "03330230",
            "20260230-1",
            "中央2-11-15",
            "SHA-2026-99-99",
            "https://example.jp/2026/2/30/",
            "NIST 800-88",
            "三月三十一日",
            "一部、二種、三月",
        ] {
            assert!(dates(text).is_empty(), "{text}: {:?}", dates(text));
        }
    }

    #[test]
    fn knows_the_calendar_and_the_eras() {
        assert_eq!(one("令和7年2月29日").fault(), Some(Fault::NoSuchDay));
        assert_eq!(one("令和6年2月29日").fault(), None);
        assert_eq!(one("令和元年4月30日").fault(), Some(Fault::OutsideEra));
        assert_eq!(one("令和元年5月").fault(), None);
        assert_eq!(one("平成31年4月30日").fault(), None);
        assert_eq!(one("平成31年5月1日").fault(), Some(Fault::OutsideEra));
        assert_eq!(one("平成31年度").fault(), None);
        assert_eq!(one("昭和64年1月8日").fault(), Some(Fault::OutsideEra));
        assert_eq!(one("令和5年13月1日").fault(), Some(Fault::NoSuchDay));
        for right in [
            "令和5年8月15日（火）",
            "2023/8/15(火)",
            "R5.8.15㈫",
            "令和6年2月29日（木・祝）",
            "令和五年八月十五日火曜日",
        ] {
            let date = one(right);
            assert_eq!((date.fault(), date.range.end), (None, right.len()), "{right}");
            assert!(date.weekday.is_some(), "{right}");
        }
        for wrong in [
            "令和5年8月15日（木・祝）",
            "令和5年8月15日 (木曜日・祝日)",
            "2023-08-15（木祝）",
            "Ｒ５．８．１５（祝・木）",
            "令和5年8月15日（水・休）",
            "令和5年8月15日（月・祝日）",
            "令和5年8月15日（水･休）",
            "令和5年8月15日（月）（祝）",
            "令和5年8月15日【水】",
            "令和5年8月15日（水・閉庁日）",
            "令和5年8月15日（水、敬老の日）",
            "令和5年8月15日（水）・休",
            "20230815（水）",
        ] {
            assert_eq!(one(wrong).fault(), Some(Fault::Weekday(Weekday::Tuesday)), "{wrong}");
        }
        assert_eq!(one("令和5年8月15日(水)").fault(), Some(Fault::Weekday(Weekday::Tuesday)));
    }
}
