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

/// The dates of a text in order. A date without a year（9月14日） takes the year of the date before it.
pub(super) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut found: Vec<WrittenDate> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match read(rest, at, found.last()) {
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
    }
    found
}

fn read(text: &str, at: usize, before: Option<&WrittenDate>) -> Option<WrittenDate> {
    let (era, year, rest) = year(text, before)?;
    let mut date = WrittenDate { range: at..at, era, year, month: None, day: None, weekday: None, fiscal: false };
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

/// The year at the beginning of a text: its era, the year of the calendar, and what follows.
fn year<'t>(text: &'t str, before: Option<&WrittenDate>) -> Option<(Option<usize>, i16, &'t str)> {
    for (era, (name, first)) in ERAS.iter().enumerate() {
        if let Some(rest) = text.strip_prefix(name) {
            let rest = rest.trim_start_matches([' ', '　']);
            let (number, rest) = rest.strip_prefix('元').map(|rest| (1, rest)).or_else(|| digits(rest))?;
            return Some((Some(era), first.year() + i16::try_from(number).ok()? - 1, rest.strip_prefix('年')?));
        }
    }
    if let Some(rest) = text.strip_prefix("同年") {
        part(rest, '月')?;
        return Some((None, before?.year, rest));
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

/// A number and the character after it.
fn part(text: &str, unit: char) -> Option<(i8, &str)> {
    let (number, rest) = digits(text)?;
    Some((i8::try_from(number).ok()?, rest.strip_prefix(unit)?))
}

/// The number at the beginning of a text, half-width or full-width.
fn digits(text: &str) -> Option<(u32, &str)> {
    let value = |character: char| match character {
        '0'..='9' => character.to_digit(10),
        '０'..='９' => Some(u32::from(character) - u32::from('０')),
        _ => None,
    };
    let count = text.chars().take_while(|character| value(*character).is_some()).count();
    if count == 0 || count > 6 {
        return None;
    }
    let number = text.chars().take(count).filter_map(value).fold(0, |sum, digit| sum * 10 + digit);
    let length: usize = text.chars().take(count).map(char::len_utf8).sum();
    Some((number, &text[length..]))
}

fn bracketed_weekday(text: &str) -> Option<(Weekday, &str)> {
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let name = inner.chars().next()?;
    let (_, weekday) = WEEKDAYS.iter().find(|(known, _)| *known == name)?;
    let rest = &inner[name.len_utf8()..];
    let rest = match (inner.len() < text.len(), rest.strip_prefix("曜日").or(rest.strip_prefix("曜"))) {
        (true, named) => named.unwrap_or(rest).strip_prefix(['）', ')'])?,
        (false, named) => named?,
    };
    Some((*weekday, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> WrittenDate {
        dates(text).into_iter().next().expect("a date")
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
        assert_eq!(one("令和5年8月15日（火）").fault(), None);
        assert_eq!(one("令和5年8月15日(水)").fault(), Some(Fault::Weekday(Weekday::Tuesday)));
    }
}
