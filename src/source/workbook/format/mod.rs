//! A value as a spreadsheet shows it: number formats, in the codes that workbooks carry.
//!
//! Input: a format's code and a value. Output: the characters on the sheet, or nothing where this room cannot tell them; then the
//! reader names the cell, the format and the value, and guesses none of them.
//!
//! **Source**: ISO/IEC 29500-1, 18.8.30 and 18.8.31; MS-XLS, 2.4.126. Of the crates that do the same, none knows Japanese eras.
//!
//! # Limits
//! Not shown: fractions (`?/?`), conditions (`[>100]`), digits of other scripts (`[DBNum1]`), fills other than spaces, calendars other
//! than the western and the Japanese, parts of seconds, and numbers that the general format would round to a power of ten.

mod builtin;
mod code;
mod date;
mod number;

use code::{Section, Token};

pub(super) use builtin::code_of;

/// The day that a serial number counts from（日付の起点）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Epoch {
    /// 1900, with a 29 February that never was.
    #[default]
    Of1900,
    /// 1904.
    Of1904,
}

/// A number format（表示形式）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    /// Its code.
    code: String,
    /// Its sections; `None` where one holds something that is not known.
    sections: Option<Vec<Section>>,
}

impl Format {
    /// A format by its code.
    pub(super) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), sections: code::sections(code) }
    }

    /// Its code.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// A number as it is shown; `None`: that cannot be told.
    pub(super) fn number(&self, value: f64, epoch: Epoch) -> Option<String> {
        let sections = self.sections.as_ref()?;
        let numeric: Vec<&Section> = sections.iter().take(3).filter(|section| !section.has(&Token::Text)).collect();
        let (section, sign) = match (numeric.as_slice(), value) {
            // Only a format for text: numbers are shown in the general one.
            ([], _) => return if sections.len() == 1 { number::general(value) } else { None },
            ([only], _) => (*only, value < 0.0),
            ([_, negative, ..], value) if value < 0.0 => (*negative, false),
            ([.., zero], 0.0) if numeric.len() == 3 => (*zero, false),
            ([first, ..], _) => (*first, false),
        };
        if section.tokens.is_empty() {
            // An empty section shows nothing: of a zero that is meant, of anything else it hides what is there.
            return (value == 0.0).then(String::new);
        }
        if section.is_date() {
            return date::shown(section, value, epoch);
        }
        number::shown(section, value.abs(), if sign { "-" } else { "" })
    }

    /// A text as it is shown; `None`: that cannot be told.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        let Some(sections) = &self.sections else {
            return (!self.code.contains('@') && self.code.matches(';').count() < 3).then(|| text.to_owned());
        };
        let section = match sections.as_slice() {
            [_, _, _, section] => Some(section),
            [section] if section.has(&Token::Text) => Some(section),
            _ => None,
        };
        let Some(section) = section else { return Some(text.to_owned()) };
        if section.tokens.is_empty() {
            return None;
        }
        let mut shown = String::new();
        for token in &section.tokens {
            match token {
                Token::Text | Token::General => shown.push_str(text),
                Token::Literal(words) => shown.push_str(words),
                _ => return None,
            }
        }
        Some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> Option<String> {
        Format::new(code).number(value, Epoch::Of1900)
    }

    #[track_caller]
    fn shows(code: &str, value: f64, expected: &str) {
        assert_eq!(shown(code, value).as_deref(), Some(expected), "{code} {value}");
    }

    #[test]
    fn numbers_are_shown_as_on_the_sheet() {
        shows("General", 12.0, "12");
        shows("General", 0.1 + 0.2, "0.3");
        shows("General", 1.0 / 3.0, "0.333333333");
        shows("General", -2.5, "-2.5");
        shows("G/標準", 12.0, "12");
        shows("@", 12.5, "12.5");
        shows("0", 12.5, "13");
        shows("0", 2.675e2, "268");
        shows("0", -0.4, "0");
        shows("0.00", 2.675, "2.68");
        shows("0.00", 1.0, "1.00");
        shows("0.0#", 1.25, "1.25");
        shows("0.0#", 1.2, "1.2");
        shows("#,##0", 1_234_567.0, "1,234,567");
        shows("#,##0", 12.0, "12");
        shows("#,##0.0", -1234.56, "-1,234.6");
        shows("0%", 1.0, "100%");
        shows("0%", 0.555, "56%");
        shows("0.0%", 0.285, "28.5%");
        shows("000", 12.0, "012");
        shows("0\"か月\"", 3.0, "3か月");
        shows("\"第\"0\"号\"", 12.0, "第12号");
        shows("0件", 7.0, "7件");
        shows("000\\-0000", 1_234_567.0, "123-4567");
        shows("#", 0.0, "");
        shows("#,##0,", 1_234_567.0, "1,235");
        shows("0.00E+00", 12345.0, "1.23E+04");
        shows("[Red]0;[青]\\(0\\)", -5.0, "(5)");
        shows("0;△0", -5.0, "△5");
        shows("0;-0;\"なし\"", 0.0, "なし");
        shows("0;-0;;@", 0.0, "");
        shows("¥#,##0;¥-#,##0", -1200.0, "¥-1,200");
        shows("[$¥-411]#,##0", 1200.0, "¥1,200");
        shows("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", 1200.0, " 1,200 ");
        shows("General\"人\"", 12.0, "12人");
        shows("\"○\"", 1.0, "○");
    }

    #[test]
    fn days_are_shown_as_on_the_sheet() {
        // 2026-04-01 is 46113.
        shows("yyyy/m/d", 46113.0, "2026/4/1");
        shows("yyyy\"年\"m\"月\"", 46113.0, "2026年4月");
        shows("[$-411]ggge\"年\"m\"月\"d\"日\"", 46113.0, "令和8年4月1日");
        shows("[$-411]ggge\"年度\"", 46113.0, "令和8年度");
        shows("yyyy\"年度\"", 46113.0, "2026年度");
        shows("[$-411]ge.m.d;@", 46113.0, "R8.4.1");
        shows("ggee\"年\"mm\"月\"dd\"日\"", 46113.0, "令08年04月01日");
        shows("m\"月\"d\"日\"(aaa)", 46113.0, "4月1日(水)");
        shows("aaaa", 46113.0, "水曜日");
        shows("d-mmm-yy", 46113.0, "1-Apr-26");
        shows("yyyy-mm-dd hh:mm:ss", 46113.75, "2026-04-01 18:00:00");
        shows("h:mm", 0.5, "12:00");
        shows("h\"時\"mm\"分\"", 46113.0 + 0.3770833, "9時03分");
        shows("[h]:mm", 1.5, "36:00");
        shows("h:mm AM/PM", 0.75, "6:00 PM");
        shows("[$-411]AM/PM h\"時\"", 0.75, "午後 6時");
        // The last day of an era and the first of the next, and the first year by its name.
        shows("ggge", 32515.0, "昭和64");
        shows("ggge", 32516.0, "平成1");
        shows("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"", 43586.0, "令和元年5月");
        shows("[$-411]ggge\"年\"m\"月\"", 43586.0, "令和1年5月");
        shows("yyyy/m/d", 1.0, "1900/1/1");
        shows("yyyy/m/d", 61.0, "1900/3/1");
        assert_eq!(Format::new("yyyy/m/d").number(44651.0, Epoch::Of1904).as_deref(), Some("2026/4/1"));
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for (code, value) in [
            ("# ?/?", 0.5),
            ("[>100]0;0.0", 5.0),
            ("[DBNum1]0", 5.0),
            ("bbbb", 46113.0),
            ("mm:ss.0", 0.5),
            ("0*-", 5.0),
            (";;;", 5.0),
            ("yyyy/m/d", -1.0),
            ("yyyy/m/d", 60.0),
            ("yyyy/m/d", 1e9),
            ("General", 123_456_789_012.0),
            ("General", 0.000_012),
            ("0\"開いたまま", 1.0),
            ("[$-1030411]e", 46113.0),
            ("quux", 1.0),
            ("0", f64::INFINITY),
            ("General", f64::NAN),
        ] {
            assert_eq!(shown(code, value), None, "{code} {value}");
        }
    }

    #[test]
    fn texts_are_shown_as_on_the_sheet() {
        let text = |code: &str| Format::new(code).text("みどり市");
        assert_eq!(text("General").as_deref(), Some("みどり市"));
        assert_eq!(text("0.00").as_deref(), Some("みどり市"));
        assert_eq!(text("@\"様\"").as_deref(), Some("みどり市様"));
        assert_eq!(text("0;0;0;\"【\"@\"】\"").as_deref(), Some("【みどり市】"));
        assert_eq!(text(";;;"), None);
        assert_eq!(text("[DBNum1]0").as_deref(), Some("みどり市"));
        assert_eq!(text("[DBNum1]@"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_code_and_no_number_stops_the_program(
            code in r#"[0#?.,%E+eghmsydaAGP@;"\\_* /\[\]$\-年(]{0,16}"#,
            value in proptest::num::f64::ANY,
        ) {
            let format = Format::new(&code);
            let long = format.number(value, Epoch::Of1900).into_iter().chain(format.text("字"));
            proptest::prop_assert!(long.into_iter().all(|text| text.len() < 4000));
        }
    }
}
