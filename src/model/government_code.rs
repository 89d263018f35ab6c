//! 全国地方公共団体コード.

use std::fmt;
use std::str::FromStr;

/// The code of a local government（全国地方公共団体コード）: six digits, of which the last is the check digit.
///
/// **Source**: 全国地方公共団体コード仕様（総務省）: the first five digits times 6, 5, 4, 3, 2; the sum modulo 11 taken from 11, of which
/// the last digit. A sum below 11 is itself taken from 11, which is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalGovernmentCode(String);

/// Why a text is no such code（コードの誤り）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// Not six digits of ASCII.
    Shape,
    /// Five digits; the whole code.
    NoCheckDigit(LocalGovernmentCode),
    /// The last digit is not the check digit of the others; the code that it would be.
    CheckDigit(LocalGovernmentCode),
}

impl LocalGovernmentCode {
    /// The code of five digits with its check digit.
    fn with_check_digit(five: &str) -> Self {
        let sum: u32 = five.bytes().zip((2..=6).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        Self(format!("{five}{}", (11 - sum % 11) % 10))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LocalGovernmentCode {
    type Err = CodeFault;

    fn from_str(text: &str) -> Result<Self, CodeFault> {
        if !matches!(text.len(), 5 | 6) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CodeFault::Shape);
        }
        let whole = Self::with_check_digit(&text[..5]);
        if text.len() == 5 {
            return Err(CodeFault::NoCheckDigit(whole));
        }
        if whole.0 == text { Ok(whole) } else { Err(CodeFault::CheckDigit(whole)) }
    }
}

impl fmt::Display for LocalGovernmentCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_codes_have_their_check_digits() {
        for code in ["010006", "011002", "130001", "131016", "131041", "141500", "271004", "472018"] {
            assert_eq!(code.parse::<LocalGovernmentCode>().map(|code| code.to_string()), Ok(code.to_owned()));
        }
    }

    #[test]
    fn a_wrong_one_says_what_it_should_be() {
        let right = LocalGovernmentCode("131041".to_owned());
        assert_eq!("131042".parse::<LocalGovernmentCode>(), Err(CodeFault::CheckDigit(right.clone())));
        assert_eq!("13104".parse::<LocalGovernmentCode>(), Err(CodeFault::NoCheckDigit(right)));
        for text in ["", "1310411", "13104x", "１３１０４１"] {
            assert_eq!(text.parse::<LocalGovernmentCode>(), Err(CodeFault::Shape), "{text}");
        }
    }
}
