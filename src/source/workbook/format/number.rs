//! Numbers: digits, points, thousands, percentages, powers of ten.

use super::code::{Section, Token};

/// Digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;
/// Characters of a number in the general format, the point among them.
const GENERAL: usize = 11;

/// A number in decimal digits: `0.` and the digits, times ten to the power of `point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// The digits of a number that is not negative; `None` for one that is none.
    fn of(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let written = format!("{value:.*e}", KEPT - 1);
        let (mantissa, exponent) = written.split_once('e')?;
        let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let point = if digits.is_empty() { 0 } else { exponent.parse::<i32>().ok()? + 1 };
        Some(Self { digits, point })
    }

    /// Rounds to so many decimals, half away from zero as a spreadsheet does.
    fn rounded(mut self, decimals: i32) -> Self {
        let keep = self.point + decimals;
        let Ok(keep) = usize::try_from(keep) else { return Self { digits: Vec::new(), point: 0 } };
        if keep >= self.digits.len() {
            return self;
        }
        let up = self.digits[keep] >= 5;
        self.digits.truncate(keep);
        if up {
            let mut at = keep;
            loop {
                let Some(before) = at.checked_sub(1) else {
                    self.digits.insert(0, 1);
                    self.point += 1;
                    break;
                };
                at = before;
                if self.digits[at] < 9 {
                    self.digits[at] += 1;
                    break;
                }
                self.digits[at] = 0;
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// The digits before the point, without leading zeros; and those behind it.
    fn halves(&self) -> (String, String) {
        let digit = |index: i32| usize::try_from(index).ok().and_then(|index| self.digits.get(index)).copied();
        let character = |digit: u8| char::from(b'0' + digit);
        let whole = (0..self.point).map(|index| character(digit(index).unwrap_or(0))).collect();
        let length = i32::try_from(self.digits.len()).unwrap_or(0);
        let after = (self.point..length.max(self.point)).map(|index| character(digit(index).unwrap_or(0))).collect();
        (whole, after)
    }
}

/// A number in the general format; `None` where a sheet would round it to a power of ten.
pub(super) fn general(value: f64) -> Option<String> {
    let (least, most) = (1e-4, 1e11);
    if !value.is_finite() || value.abs() >= most || value != 0.0 && value.abs() < least {
        return None;
    }
    let decimal = Decimal::of(value.abs())?;
    let whole = usize::try_from(decimal.point).unwrap_or(0).max(1);
    let room = GENERAL.saturating_sub(whole + 1);
    let decimal = decimal.rounded(i32::try_from(room).ok()?);
    let (whole, after) = decimal.halves();
    let sign = if value < 0.0 && !decimal.digits.is_empty() { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if after.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{after}") })
}

/// A number that is not negative by a section, behind a sign.
pub(super) fn shown(section: &Section, value: f64, sign: &str) -> Option<String> {
    let tokens = &section.tokens;
    if tokens.iter().any(|token| matches!(token, Token::General)) {
        return with_general(tokens, value, sign);
    }
    let digits = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    if digits == 0 {
        // Words alone.
        let words = tokens.iter().map(|token| match token {
            Token::Literal(words) => Some(words.as_str()),
            Token::Percent => Some("%"),
            _ => None,
        });
        return Some(format!("{sign}{}", words.collect::<Option<String>>()?));
    }
    if is_fraction(tokens) {
        return None;
    }
    let plan = Plan::of(tokens)?;
    let mut decimal = Decimal::of(value)?;
    if !decimal.digits.is_empty() {
        decimal.point += plan.shift;
    }
    let mut power = None;
    if let Some(exponent) = plan.exponent {
        let whole = plan.whole.iter().filter(|index| matches!(tokens[**index], Token::Digit(_))).count();
        if whole != 1 {
            return None;
        }
        let digits = decimal.point;
        decimal.point = i32::from(!decimal.digits.is_empty());
        decimal = decimal.rounded(i32::try_from(plan.decimals()).ok()?);
        let carried = decimal.point - 1;
        let value = if decimal.digits.is_empty() { 0 } else { digits - 1 + carried };
        decimal.point -= carried.max(0);
        power = Some((exponent, value));
    } else {
        decimal = decimal.rounded(i32::try_from(plan.decimals()).ok()?);
    }
    let sign = if decimal.digits.is_empty() { "" } else { sign };
    let (whole, after) = decimal.halves();
    let mut text = plan.whole(tokens, &whole, sign);
    plan.rest(tokens, &after, power, &mut text)?;
    Some(text)
}

fn with_general(tokens: &[Token], value: f64, sign: &str) -> Option<String> {
    let mut text = String::from(sign);
    for token in tokens {
        match token {
            Token::General => text.push_str(&general(value)?),
            Token::Literal(words) => text.push_str(words),
            _ => return None,
        }
    }
    Some(text)
}

/// Whether a bar stands behind digits: `?/?`.
fn is_fraction(tokens: &[Token]) -> bool {
    let mut digit = false;
    for token in tokens {
        match token {
            Token::Digit(_) => digit = true,
            Token::Literal(words) if digit && words.trim_start().starts_with('/') => return true,
            Token::Literal(words) if !words.trim().is_empty() => digit = false,
            _ => {}
        }
    }
    false
}

/// Where the parts of a number stand among the tokens.
struct Plan {
    /// Tokens before the point.
    whole: Vec<usize>,
    /// Tokens from the point on.
    rest: Vec<usize>,
    /// Places by which the point moves.
    shift: i32,
    thousands: bool,
    exponent: Option<usize>,
    decimals: usize,
}

impl Plan {
    fn of(tokens: &[Token]) -> Option<Self> {
        let exponent = tokens.iter().position(|token| matches!(token, Token::Exponent(_)));
        let body = exponent.unwrap_or(tokens.len());
        let is_digit = |index: &usize| matches!(tokens[*index], Token::Digit(_));
        let point = (0..body).find(|index| tokens[*index] == Token::Point);
        let first = (0..body).find(is_digit)?;
        let last = (0..body).rfind(is_digit)?;
        let last_whole = (0..point.unwrap_or(body)).rfind(is_digit);
        let mut shift = 0;
        let mut thousands = false;
        for index in (0..tokens.len()).filter(|index| tokens[*index] == Token::Comma) {
            if last_whole.is_some_and(|last| first < index && index < last) {
                thousands = true;
            } else if index > last || last_whole.is_some_and(|last| last < index) && point.is_some_and(|at| index < at)
            {
                shift -= 3;
            } else {
                return None;
            }
        }
        let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
        shift += 2 * i32::try_from(percents).ok()?;
        if tokens.iter().filter(|token| **token == Token::Point).count() > 1
            || tokens.iter().any(|token| matches!(token, Token::Text))
        {
            return None;
        }
        let cut = point.unwrap_or_else(|| last + 1);
        let rest: Vec<usize> = (cut..tokens.len()).collect();
        let decimals = point.map_or(0, |point| (point..body).filter(|index| is_digit(index)).count());
        Some(Self { whole: (0..cut).collect(), rest, shift, thousands, exponent, decimals })
    }

    fn decimals(&self) -> usize {
        self.decimals
    }

    /// The part before the point: digits from the right into their places, all that are left into the first.
    fn whole(&self, tokens: &[Token], digits: &str, sign: &str) -> String {
        let mut left: Vec<char> = digits.chars().collect();
        let mut places = self.whole.iter().filter(|index| matches!(tokens[**index], Token::Digit(_))).count();
        let mut out: Vec<char> = Vec::new();
        let mut count = 0;
        let mut put = |out: &mut Vec<char>, digit: char| {
            if self.thousands && count > 0 && count % 3 == 0 && digit != ' ' {
                out.push(',');
            }
            count += 1;
            out.push(digit);
        };
        for index in self.whole.iter().rev() {
            match &tokens[*index] {
                Token::Digit(kind) => {
                    places -= 1;
                    match (left.pop(), kind) {
                        (Some(digit), _) => put(&mut out, digit),
                        (None, '0') => put(&mut out, '0'),
                        (None, '?') => put(&mut out, ' '),
                        (None, _) => {}
                    }
                    if places == 0 {
                        while let Some(digit) = left.pop() {
                            put(&mut out, digit);
                        }
                    }
                }
                Token::Literal(words) => out.extend(words.chars().rev()),
                Token::Percent => out.push('%'),
                _ => {}
            }
        }
        out.extend(sign.chars().rev());
        out.into_iter().rev().collect()
    }

    /// The part from the point on, with the power of ten.
    fn rest(&self, tokens: &[Token], digits: &str, power: Option<(usize, i32)>, text: &mut String) -> Option<()> {
        let mut left = digits.chars();
        let mut in_power: Option<Vec<char>> = None;
        for index in &self.rest {
            match &tokens[*index] {
                Token::Point => text.push('.'),
                Token::Digit(kind) => match (&mut in_power, kind) {
                    (Some(digits), _) => {
                        // The first place of a power takes all digits that have no place of their own.
                        let places = tokens[*index..].iter().filter(|token| matches!(token, Token::Digit(_))).count();
                        while digits.len() > places {
                            text.push(digits.remove(0));
                        }
                        if digits.len() == places {
                            text.push(digits.remove(0));
                        } else if *kind == '0' {
                            text.push('0');
                        }
                    }
                    (None, kind) => match (left.next(), kind) {
                        (Some(digit), _) => text.push(digit),
                        (None, '0') => text.push('0'),
                        (None, '?') => text.push(' '),
                        (None, _) => {}
                    },
                },
                Token::Exponent(sign) => {
                    let (_, value) = power?;
                    text.push('E');
                    if value < 0 {
                        text.push('-');
                    } else if *sign == '+' {
                        text.push('+');
                    }
                    in_power = Some(value.unsigned_abs().to_string().chars().collect());
                }
                Token::Literal(words) => text.push_str(words),
                Token::Percent => text.push('%'),
                Token::Comma => {}
                _ => return None,
            }
        }
        Some(())
    }
}
