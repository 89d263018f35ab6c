//! A part of the municipalities, for a run that several machines share（分担）.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use crate::source::sha256;

/// One of several parts of all municipalities（分担）: `K/N`, the K-th of N, counted from 1.
///
/// A municipality's part follows from its 全国地方公共団体コード alone: the first 64 bits of the SHA-256 of the code, modulo N. So it stays in
/// its part when another municipality comes or goes, and what a machine has made of it stays true. Rejected: every N-th in the order
/// of the codes. It balances to one, but a municipality that comes moves all that follow it into another part, whose machine then makes
/// all of them again. The price of the hash is chance: parts of 18 on average hold between 6 and 29, so a part should not be much smaller than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: NonZeroU32,
    of: NonZeroU32,
}

/// Why a text is no part（分担の書き方の誤り）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShardFault {
    /// Not two numbers with a slash between them.
    #[error(
        "「3/40」（40分の3番目）のように、1から始まる番号で書いてください（write K/N, such as 3/40, counted from 1）"
    )]
    Shape,
    /// The number of a part that there is not.
    #[error("{of} 個に分けたうちの {number} 番目はありません（there is no part {number} of {of}）")]
    Beyond {
        /// What was asked for.
        number: NonZeroU32,
        /// How many parts there are.
        of: NonZeroU32,
    },
}

impl Shard {
    /// Whether the municipality of a code（or of a folder's name, where it has none）is in this part.
    #[must_use]
    pub fn has(self, code: &str) -> bool {
        let hash = sha256(code.as_bytes());
        let first = u64::from_str_radix(&hash[..16], 16).expect("a hash is written in hexadecimal digits");
        first % u64::from(self.of.get()) == u64::from(self.number.get() - 1)
    }
}

impl FromStr for Shard {
    type Err = ShardFault;

    fn from_str(text: &str) -> Result<Self, ShardFault> {
        let (number, of) = text.split_once('/').ok_or(ShardFault::Shape)?;
        // A sign is no digit here.
        let read = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<NonZeroU32>().ok()).flatten().ok_or(ShardFault::Shape)
        };
        let (number, of) = (read(number)?, read(of)?);
        if number > of {
            return Err(ShardFault::Beyond { number, of });
        }
        Ok(Self { number, of })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(text: &str) -> Shard {
        text.parse().expect("the test writes parts that there are")
    }

    /// As many codes as there are municipalities.
    fn codes() -> Vec<String> {
        (0..1_788).map(|number| format!("{number:05}0")).collect()
    }

    #[test]
    fn it_is_written_as_it_is_read() {
        for text in ["1/1", "3/40", "1788/1788"] {
            assert_eq!(shard(text).to_string(), text);
        }
        for text in [
            "",
            "3",
            "/",
            "3/",
            "/40",
            "0/40",
            "3/0",
            "-1/3",
            "+1/3",
            "1/3/5",
            "1.5/3",
            "３/４０",
            " 1/3",
            "1/99999999999",
        ] {
            assert_eq!(text.parse::<Shard>(), Err(ShardFault::Shape), "{text}");
        }
        let (number, of) = (NonZeroU32::new(4).unwrap(), NonZeroU32::new(3).unwrap());
        assert_eq!("4/3".parse::<Shard>(), Err(ShardFault::Beyond { number, of }));
    }

    #[test]
    fn every_code_is_in_one_part() {
        for of in [1, 2, 7, 40] {
            let all: Vec<Shard> = (1..=of).map(|number| shard(&format!("{number}/{of}"))).collect();
            for code in codes() {
                assert_eq!(all.iter().filter(|shard| shard.has(&code)).count(), 1, "{code} of {of}");
            }
        }
    }

    #[test]
    fn the_parts_are_about_as_large() {
        let count =
            |number: u32, of: u32| codes().iter().filter(|code| shard(&format!("{number}/{of}")).has(code)).count();
        let counts = |of| (1..=of).map(move |number| count(number, of));
        assert!(counts(10).all(|count| (140..=220).contains(&count)), "{:?}", counts(10).collect::<Vec<_>>());
        assert!(counts(100).all(|count| (6..=29).contains(&count)), "{:?}", counts(100).collect::<Vec<_>>());
    }

    /// What was made yesterday on one machine is not looked for on another today.
    #[test]
    fn a_part_is_the_same_tomorrow() {
        let third: Vec<String> = codes().into_iter().filter(|code| shard("3/40").has(code)).take(5).collect();
        assert_eq!(third, ["001120", "002340", "002350", "002770", "002860"]);
    }
}
