//! A format's code as tokens.

use std::iter::Peekable;
use std::str::Chars;

/// A part of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters that stand as they are.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// `,`.
    Comma,
    /// `%`.
    Percent,
    /// `E+` or `E-`.
    Exponent(char),
    /// A part of a day or a time: its letter, how often it stands.
    Part(char, usize),
    /// Hours, minutes or seconds since the beginning: `[h]`.
    Elapsed(char, usize),
    /// The half of the day; whether it is said in Japanese.
    Half(Tongue),
    /// The general format.
    General,
    /// The text itself.
    Text,
}

/// Language of the words in a day or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// As the program has them without being told.
    Plain,
    /// Japanese.
    Japanese,
}

/// What stands between the semicolons of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Its parts in order.
    pub(super) tokens: Vec<Token>,
    /// Whether the first year of an era is called 元.
    pub(super) first_year: FirstYear,
}

/// How the first year of an era is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FirstYear {
    /// As 1.
    #[default]
    Number,
    /// As 元.
    Gannen,
}

impl Section {
    pub(super) fn has(&self, token: &Token) -> bool {
        self.tokens.contains(token)
    }

    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Part(..) | Token::Elapsed(..) | Token::Half(_)))
    }
}

/// The sections of a code; `None` where it holds something that is not known.
pub(super) fn sections(code: &str) -> Option<Vec<Section>> {
    /// Excel takes codes of 255 characters.
    const LONGEST: usize = 1_024;
    if code.len() > LONGEST {
        return None;
    }
    let mut rest = code.chars().peekable();
    let mut sections = Vec::new();
    loop {
        let (section, more) = section(&mut rest)?;
        sections.push(section);
        if !more {
            return (sections.len() <= 4).then_some(sections);
        }
    }
}

type Rest<'c> = Peekable<Chars<'c>>;

/// One section, and whether another follows.
fn section(rest: &mut Rest<'_>) -> Option<(Section, bool)> {
    let mut section = Section { tokens: Vec::new(), first_year: FirstYear::default() };
    let mut tongue = Tongue::Plain;
    while let Some(character) = rest.next() {
        match character {
            ';' => return Some((section, true)),
            '"' => literal(&mut section, &quoted(rest)?),
            '\\' => literal(&mut section, rest.next()?.encode_utf8(&mut [0; 4])),
            // A space as wide as the next character.
            '_' => {
                rest.next()?;
                literal(&mut section, " ");
            }
            // The next character fills the cell up to its width: spaces only move what stands beside them.
            '*' => {
                if rest.next()? != ' ' {
                    return None;
                }
            }
            '[' => bracket(rest, &mut section, &mut tongue)?,
            '0' | '#' | '?' => section.tokens.push(Token::Digit(character)),
            '.' => section.tokens.push(Token::Point),
            ',' => section.tokens.push(Token::Comma),
            '%' => section.tokens.push(Token::Percent),
            '@' => section.tokens.push(Token::Text),
            'E' | 'e' if rest.peek().is_some_and(|next| "+-".contains(*next)) => {
                section.tokens.push(Token::Exponent(rest.next()?));
            }
            'G' | 'g' if follows(rest, "eneral") || follows(rest, "/標準") => section.tokens.push(Token::General),
            'A' | 'a' if follows(rest, "m/pm") || follows(rest, "/p") => section.tokens.push(Token::Half(tongue)),
            letter if "yYmMdDhHsSgGeEaA".contains(letter) => {
                let letter = letter.to_ascii_lowercase();
                let mut count = 1;
                while rest.next_if(|next| next.to_ascii_lowercase() == letter).is_some() {
                    count += 1;
                }
                let known = match letter {
                    'y' => matches!(count, 1 | 2 | 4),
                    'm' | 'd' => count <= 4,
                    'h' | 's' | 'e' => count <= 2,
                    'g' => count <= 3,
                    _ => matches!(count, 3 | 4),
                };
                if !known || tongue == Tongue::Japanese && count > 2 && matches!(letter, 'm' | 'd') {
                    return None;
                }
                section.tokens.push(Token::Part(letter, count));
            }
            plain if !plain.is_ascii() || " $-+/():'~{}<>=^&!".contains(plain) => {
                literal(&mut section, plain.encode_utf8(&mut [0; 4]));
            }
            _ => return None,
        }
    }
    Some((section, false))
}

fn literal(section: &mut Section, text: &str) {
    if let Some(Token::Literal(before)) = section.tokens.last_mut() {
        before.push_str(text);
    } else {
        section.tokens.push(Token::Literal(text.to_owned()));
    }
}

fn quoted(rest: &mut Rest<'_>) -> Option<String> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            character => text.push(character),
        }
    }
}

/// Takes letters that follow, whatever their case.
fn follows(rest: &mut Rest<'_>, wanted: &str) -> bool {
    let mut ahead = rest.clone();
    for letter in wanted.chars() {
        if ahead.next().is_none_or(|next| next.to_ascii_lowercase() != letter) {
            return false;
        }
    }
    *rest = ahead;
    true
}

/// What stands in square brackets: a colour, a currency or a language, or a length of time.
fn bracket(rest: &mut Rest<'_>, section: &mut Section, tongue: &mut Tongue) -> Option<()> {
    const COLOURS: [&str; 16] = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黒", "青", "水", "緑", "紫", "赤",
        "白", "黄",
    ];
    let mut inner = String::new();
    loop {
        match rest.next()? {
            ']' => break,
            character => inner.push(character),
        }
    }
    let low = inner.to_lowercase();
    if let Some(currency) = inner.strip_prefix('$') {
        let (sign, language) = currency.split_once('-').unwrap_or((currency, ""));
        let language = language.to_lowercase();
        // Above the language a number may name a calendar or digits of another script.
        let plain = |code: &str| u32::from_str_radix(code, 16).is_ok_and(|code| code <= 0xFFFF);
        if let Some(kind) = language.strip_prefix("ja-jp") {
            *tongue = Tongue::Japanese;
            section.first_year = match kind {
                "-x-gannen" => FirstYear::Gannen,
                "" => FirstYear::Number,
                _ => return None,
            };
        } else if language.trim_start_matches('0') == "411" {
            *tongue = Tongue::Japanese;
        } else if !language.is_empty() && !plain(&language) {
            return None;
        }
        if !sign.is_empty() {
            literal(section, sign);
        }
        return Some(());
    }
    let is_colour = COLOURS.contains(&low.as_str())
        || low.strip_prefix("color").or(low.strip_prefix('色')).is_some_and(|number| number.parse::<u8>().is_ok());
    if is_colour {
        return Some(());
    }
    let letter = low.chars().next()?;
    if "hms".contains(letter) && low.chars().all(|other| other == letter) && low.len() <= 2 {
        section.tokens.push(Token::Elapsed(letter, low.len()));
        return Some(());
    }
    None
}
