//! Signs that begin a line as an item of a list would: those of the format in another width, and those of other ways to write a list.
//!
//! Input: the characters of a line. Output: the [`Sign`] that it begins with, and what is wrong with it where it stands. It knows
//! neither glyphs nor places.
//!
//! A sign of the format in another width（・、－、１．） is never text where a line begins. All other signs（①、(1)、●） are text, which
//! a paragraph may begin with; but a line break in the source is not printed, so a second line with such a sign would be printed
//! behind the first.

/// A sign at a line's beginning（行頭の記号）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    kind: Kind,
    /// Characters of the sign.
    pub(super) length: usize,
    /// Characters of the sign and the white space after it.
    pub(super) end: usize,
}

/// What a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The same before each item.
    Bullet(char),
    /// A number, between what may stand beside it.
    Number { value: u32, open: Option<char>, close: Close, shape: Shape },
}

/// What stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// A sign.
    Sign(char),
    /// It is one character with its ring or its brackets, the first of its row.
    Enclosed(char),
    /// Nothing.
    Open,
}

/// What a number is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Digits in half width.
    Half,
    /// Digits, at least one of them in full width.
    Full,
    /// A letter, a kana, a kanji, or a sign with its ring.
    Other,
}

/// What is wrong with a line that begins with a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It was to be an item of a list.
    Mistyped,
    /// It would be printed behind the line above it.
    Joined,
}

/// What stands above a line in its paragraph, and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Around {
    /// The break before the line.
    pub(super) above: Above,
    /// The sign of the line above.
    pub(super) previous: Option<Sign>,
    /// The sign of the line below.
    pub(super) next: Option<Sign>,
}

/// What stands above a line in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing.
    Nothing,
    /// A line whose end is not printed.
    Line,
    /// A line that is broken in print.
    Broken,
}

/// Dots that stand for `- `.
const DOTS: &[char] = &['・', '･', '•', '‣', '⁃', '∙', '⦁'];
/// `-` and `+` in full width, and what a keyboard gives for them.
const DASHES: &[char] = &['－', '−', '＋'];
/// Dashes that are such a sign with a space behind them only.
const LONG_DASHES: &[char] = &['‐', '‑', '–', '—', '―', '─', 'ー', 'ｰ'];
/// Signs that others set before an item.
const MARKS: &[char] = &[
    '●', '○', '◎', '◯', '〇', '◆', '◇', '■', '□', '▪', '▫', '▲', '△', '▼', '▽', '▶', '▷', '►', '➢', '➤', '➔', '→', '⇒',
    '✓', '✔', '☐', '☑', '☒', '★', '☆', '＊', '※',
];
/// Rows of numbers in one character: the first of a row and how many there are.
const ENCLOSED: &[(char, u32, u32)] = &[
    ('①', 20, 1),
    ('㉑', 15, 21),
    ('㊱', 15, 36),
    ('⑴', 20, 1),
    ('⒈', 20, 1),
    ('⒜', 26, 1),
    ('Ⓐ', 26, 1),
    ('ⓐ', 26, 1),
    ('⓵', 10, 1),
    ('❶', 10, 1),
    ('➀', 10, 1),
    ('➊', 10, 1),
    ('㈠', 10, 1),
    ('㊀', 10, 1),
    ('㋐', 47, 1),
];
/// The kana that count, in their order.
const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
/// Numbers in kanji.
const KANJI: &str = "一二三四五六七八九十";

impl Sign {
    /// The sign that a line begins with; `None` stands for what is no character that may be markup.
    pub(super) fn of(line: &[Option<char>]) -> Option<Self> {
        let first = line.first().copied()??;
        let is_bullet = [DOTS, DASHES, LONG_DASHES, MARKS].iter().any(|signs| signs.contains(&first));
        let (kind, length) = if is_bullet { (Kind::Bullet(first), 1) } else { number(line)? };
        let spaces = line[length..].iter().take_while(|space| space.is_some_and(char::is_whitespace)).count();
        let end = length + spaces;
        let after = line.get(end).copied();
        // A sign alone, a row of one sign（・・・）, a number with a point in it（１．５）.
        let goes_on = match (kind, after?) {
            (Kind::Bullet(sign), Some(after)) => after != sign,
            (Kind::Number { .. }, Some(after)) => spaces > 0 || !is_digit(after),
            (_, None) => true,
        };
        goes_on.then_some(Self { kind, length, end })
    }

    fn is_spaced(self) -> bool {
        self.end > self.length
    }

    /// Whether it is a sign or number of the format in another width.
    fn is_of_format(self) -> bool {
        match self.kind {
            Kind::Bullet(sign) => DOTS.contains(&sign) || DASHES.contains(&sign) || LONG_DASHES.contains(&sign),
            Kind::Number { open: None, close: Close::Sign(sign), shape, .. } => match shape {
                Shape::Half => matches!(sign, '．' | '）'),
                Shape::Full => matches!(sign, '．' | '）' | '.' | ')'),
                Shape::Other => false,
            },
            Kind::Number { .. } => false,
        }
    }

    /// Whether another is the next of its list.
    fn leads_to(self, next: Self) -> bool {
        match (self.kind, next.kind) {
            (Kind::Bullet(sign), Kind::Bullet(next)) => sign == next,
            (
                Kind::Number { value, open, close, .. },
                Kind::Number { value: next, open: next_open, close: next_close, .. },
            ) => next == value + 1 && open == next_open && close.is_as(next_close),
            (Kind::Bullet(_), Kind::Number { .. }) | (Kind::Number { .. }, Kind::Bullet(_)) => false,
        }
    }

    /// What is wrong with a line that begins with it; `after` is the first character of its words.
    pub(super) fn fault(self, after: Option<char>, around: Around) -> Option<Fault> {
        let follows = around.previous.is_some_and(|previous| previous.leads_to(self));
        let in_list = follows || around.next.is_some_and(|next| self.leads_to(next));
        let is_first = around.above == Above::Nothing;
        let is_taken = self.is_of_format()
            && match self.kind {
                Kind::Bullet(sign) if DOTS.contains(&sign) => true,
                Kind::Bullet(sign) if DASHES.contains(&sign) => {
                    let is_word = after.is_none_or(|after| after.is_alphabetic() || "「『【＜（".contains(after));
                    self.is_spaced() || is_word && (is_first || in_list)
                }
                Kind::Bullet(_) => self.is_spaced(),
                Kind::Number { .. } => is_first || in_list || around.above == Above::Line && self.is_spaced(),
            };
        if is_taken {
            return Some(Fault::Mistyped);
        }
        // Without a sign behind it a number may be part of a sentence that goes on in this line.
        let is_closed = !matches!(self.kind, Kind::Number { close: Close::Open, .. });
        let is_item = in_list || self.is_spaced() && is_closed;
        (around.above == Above::Line && is_item && !self.is_of_format()).then_some(Fault::Joined)
    }

    /// The sign as the format has it, with its space.
    pub(super) fn right(self) -> String {
        match self.kind {
            Kind::Bullet(_) => "- ".to_owned(),
            Kind::Number { value, .. } => format!("{value}. "),
        }
    }
}

impl Close {
    /// Whether two numbers end alike, in whichever width.
    fn is_as(self, other: Self) -> bool {
        let narrow = |close| match close {
            Self::Sign('．') => Self::Sign('.'),
            Self::Sign('）') => Self::Sign(')'),
            // The rings go on in other rows after 20 and 35.
            Self::Enclosed('㉑' | '㊱') => Self::Enclosed('①'),
            other => other,
        };
        narrow(self) == narrow(other)
    }
}

/// Whether a text that begins a line must not stand there as it is, since it may be taken for a sign of the format.
pub(super) fn is_taken_at_start(text: &str) -> bool {
    let line: Vec<Option<char>> = text.chars().take(8).map(Some).chain([None]).collect();
    Sign::of(&line).is_some_and(Sign::is_of_format)
}

/// The number that a line begins with, and how many characters it has with what stands beside it.
fn number(line: &[Option<char>]) -> Option<(Kind, usize)> {
    let first = line.first().copied()??;
    let code = u32::from(first);
    if let Some((row, _, from)) =
        ENCLOSED.iter().find(|(row, count, _)| (u32::from(*row)..u32::from(*row) + count).contains(&code))
    {
        let value = code - u32::from(*row) + from;
        return Some((Kind::Number { value, open: None, close: Close::Enclosed(*row), shape: Shape::Other }, 1));
    }
    let open = Some(first).filter(|first| "（(〔［[【".contains(*first));
    let from = usize::from(open.is_some());
    let (value, shape, length) = value(&line[from..])?;
    let end = from + length;
    let after = line.get(end).copied().flatten();
    let closes = if open.is_some() { "）)〕］]】" } else { "．.）)、" };
    let close = after.filter(|after| closes.contains(*after));
    match (open, close) {
        (Some(_), None) => None,
        (None, None) if !after.is_some_and(char::is_whitespace) => None,
        (_, Some(close)) => {
            let open = open.map(|open| if open == '(' { '（' } else { open });
            Some((Kind::Number { value, open, close: Close::Sign(close), shape }, end + 1))
        }
        (_, None) => Some((Kind::Number { value, open: None, close: Close::Open, shape }, end)),
    }
}

/// A number in digits of either width, a letter, a kana or a kanji: its value, what it is written with, how many characters it has.
fn value(line: &[Option<char>]) -> Option<(u32, Shape, usize)> {
    let digits: Vec<char> = line.iter().map_while(|at| at.filter(|character| is_digit(*character))).take(4).collect();
    if !digits.is_empty() {
        let shape = if digits.iter().all(char::is_ascii_digit) { Shape::Half } else { Shape::Full };
        let value = digits.iter().fold(0, |sum, digit| sum * 10 + digit_value(*digit));
        return (digits.len() < 4).then_some((value, shape, digits.len()));
    }
    let first = line.first().copied()??;
    let place = |row: &str| row.chars().zip(1..).find(|(character, _)| *character == first).map(|(_, place)| place);
    let letter = |from: char| u32::from(first).checked_sub(u32::from(from)).filter(|at| *at < 26).map(|at| at + 1);
    let value = place(KANA).or_else(|| place(KANJI)).or_else(|| ['a', 'A', 'ａ', 'Ａ'].into_iter().find_map(letter))?;
    Some((value, Shape::Other, 1))
}

fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}

fn digit_value(digit: char) -> u32 {
    digit.to_digit(10).unwrap_or_else(|| u32::from(digit).saturating_sub(u32::from('０')))
}
