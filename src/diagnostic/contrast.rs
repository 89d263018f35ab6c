//! Two texts as one message shows them: each on one line, and never alike where they are not.

/// As many characters of a text are shown in a message.
const SHOWN: usize = 60;
/// As many characters that both have stand before the first that differs.
const BEFORE: usize = 20;

/// The beginnings of two texts on a line each; of long ones that begin alike, the part from a little before they differ.
#[must_use]
pub fn contrast(one: &str, other: &str) -> (String, String) {
    let (mut first, mut second) = (on_a_line(one), on_a_line(other));
    if first == second && one != other {
        (first, second) = (with_breaks(one), with_breaks(other));
    }
    let (first, second): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    let alike = first.iter().zip(&second).take_while(|(one, other)| one == other).count();
    let is_long = first.len().max(second.len()) > SHOWN;
    let from = if is_long && first != second && alike + BEFORE / 2 > SHOWN { alike - BEFORE } else { 0 };
    (part(&first, from), part(&second, from))
}

fn on_a_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// With signs for what is only seen as a gap.
fn with_breaks(text: &str) -> String {
    text.replace('\n', "⏎").replace('\t', "⇥")
}

fn part(text: &[char], from: usize) -> String {
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    shown.extend(text.iter().skip(from).take(SHOWN));
    if text.len() > from + SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_seen() {
        let long = |end: &str| format!("{}{end}", "同".repeat(70));
        for (one, other) in [
            ("甲", "乙"),
            ("一\n二", "一 二"),
            ("", "一"),
            (long("甲").as_str(), long("乙").as_str()),
            (long("").as_str(), long("乙").as_str()),
            (&long("甲")[15..], &long("乙")[15..]),
        ] {
            let (first, second) = contrast(one, other);
            assert_ne!(first, second, "{one} {other}");
            assert!(first.chars().count() <= SHOWN + 2 && second.chars().count() <= SHOWN + 2);
        }
        assert_eq!(contrast(&long("甲"), ""), (format!("{}…", "同".repeat(60)), String::new()));
        assert_eq!(contrast("甲\n乙", "丙"), ("甲 乙".to_owned(), "丙".to_owned()));
    }
}
