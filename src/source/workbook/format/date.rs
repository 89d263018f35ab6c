//! Days and times, in the western and in the Japanese calendar.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::Epoch;
use super::code::{FirstYear, Section, Token, Tongue};

/// Seconds of a day.
const DAY: u64 = 86_400;
/// The first serial number after the year 9999.
const END: f64 = 2_958_466.0;

/// Eras by their first day: letter, short name, name.
///
/// **Source**: 元号法, 昭和64年政令第1号, 平成31年政令第143号; for those before 皇室典範増補 and the decrees of 1912 and 1926.
const ERAS: [(Date, &str, &str, &str); 5] = [
    (date(2019, 5, 1), "R", "令", "令和"),
    (date(1989, 1, 8), "H", "平", "平成"),
    (date(1926, 12, 25), "S", "昭", "昭和"),
    (date(1912, 7, 30), "T", "大", "大正"),
    (date(1868, 1, 25), "M", "明", "明治"),
];

/// A serial number as a day or a time; `None` where it is none.
pub(super) fn shown(section: &Section, value: f64, epoch: Epoch) -> Option<String> {
    let tokens = &section.tokens;
    if !(0.0..END).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number between 0 and the year 9999")]
    let seconds = (value * DAY as f64).round() as u64;
    let needs_day = tokens.iter().any(|token| matches!(token, Token::Part('y' | 'd' | 'g' | 'e' | 'a', _)))
        || (0..tokens.len()).any(|at| matches!(tokens[at], Token::Part('m', _)) && !is_minute(tokens, at));
    let day = day(seconds / DAY, epoch);
    if needs_day && day.is_none() {
        return None;
    }
    let day = day.unwrap_or(date(1900, 1, 1));
    let half = tokens.iter().any(|token| matches!(token, Token::Half(_)));
    let clock = Clock { seconds, half };
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(words) => text.push_str(words),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Part('m', count) if is_minute(tokens, at) => {
                text.push_str(&padded(clock.seconds / 60 % 60, *count));
            }
            Token::Part(letter, count) => text.push_str(&part(*letter, *count, day, &clock, section.first_year)?),
            Token::Elapsed(letter, count) => {
                let unit = match letter {
                    'h' => 3_600,
                    'm' => 60,
                    _ => 1,
                };
                text.push_str(&padded(seconds / unit, *count));
            }
            Token::Half(tongue) => text.push_str(match (tongue, seconds % DAY < DAY / 2) {
                (Tongue::Plain, true) => "AM",
                (Tongue::Plain, false) => "PM",
                (Tongue::Japanese, true) => "午前",
                (Tongue::Japanese, false) => "午後",
            }),
            _ => return None,
        }
    }
    Some(text)
}

struct Clock {
    seconds: u64,
    /// Whether hours count to twelve.
    half: bool,
}

fn day(serial: u64, epoch: Epoch) -> Option<Date> {
    let days = i64::try_from(serial).ok()?;
    let first = match epoch {
        Epoch::Of1904 => date(1904, 1, 1),
        // Day 60 is a 29 February that never was; days before it count from one day later.
        Epoch::Of1900 if days == 60 => return None,
        Epoch::Of1900 if days < 60 => date(1899, 12, 31),
        Epoch::Of1900 => date(1899, 12, 30),
    };
    first.checked_add(days.days()).ok()
}

/// Whether an `m` means minutes: behind hours or before seconds.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let time = |token: &&Token| matches!(token, Token::Part(..) | Token::Elapsed(..));
    let before = tokens[..at].iter().rev().find(time);
    let after = tokens[at + 1..].iter().find(time);
    matches!(before, Some(Token::Part('h', _) | Token::Elapsed('h', _)))
        || matches!(after, Some(Token::Part('s', _) | Token::Elapsed('s', _)))
}

fn padded(number: u64, digits: usize) -> String {
    format!("{number:0digits$}")
}

fn part(letter: char, count: usize, day: Date, clock: &Clock, first_year: FirstYear) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const YOUBI: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];
    let small = |number: i8, count: usize| Some(padded(u64::try_from(number).ok()?, count));
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).ok()?;
    let era = ERAS.into_iter().find(|(first, ..)| day >= *first);
    match (letter, count) {
        ('y', 4) => Some(format!("{:04}", day.year())),
        ('y', _) => Some(format!("{:02}", day.year() % 100)),
        ('m', 1 | 2) => small(day.month(), count),
        ('d', 1 | 2) => small(day.day(), count),
        ('m', count) => {
            let name = MONTHS[usize::try_from(day.month()).ok()?.checked_sub(1)?];
            Some(if count == 3 { name[..3].to_owned() } else { name.to_owned() })
        }
        ('d', count) => Some(if count == 3 { DAYS[weekday][..3].to_owned() } else { DAYS[weekday].to_owned() }),
        ('a', 3) => Some(YOUBI[weekday].to_owned()),
        ('a', _) => Some(format!("{}曜日", YOUBI[weekday])),
        ('g', count) => {
            let (_, letter, short, name) = era?;
            Some([letter, short, name][count - 1].to_owned())
        }
        ('e', count) => {
            let (first, ..) = era?;
            let year = u64::try_from(day.year() - first.year() + 1).ok()?;
            let gannen = year == 1 && first_year == FirstYear::Gannen;
            Some(if gannen { "元".to_owned() } else { padded(year, count) })
        }
        ('h', count) => {
            let hour = clock.seconds / 3_600 % 24;
            let hour = if clock.half { (hour + 11) % 12 + 1 } else { hour };
            Some(padded(hour, count))
        }
        ('s', count) => Some(padded(clock.seconds % 60, count)),
        _ => None,
    }
}
