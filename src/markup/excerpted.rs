//! An author's own words for a message: short enough for one line.

/// Most characters of an author's text that a message repeats.
const SHOWN_MAX: usize = 60;

/// The text in one line; of a long one its beginning and its end.
pub(super) fn excerpted(text: &str) -> String {
    let text: String = text.trim().chars().filter(|character| !matches!(character, '\n' | '\r')).collect();
    let length = text.chars().count();
    if length <= SHOWN_MAX {
        return text;
    }
    let half = SHOWN_MAX / 2;
    let beginning: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(length - half).collect();
    format!("{beginning}…{end}")
}

/// The first line of a text.
pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_at_both_ends() {
        assert_eq!(excerpted(" 一\n二 "), "一二");
        let long = excerpted(&format!("始{}終", "中".repeat(100)));
        assert!(long.starts_with('始') && long.ends_with('終') && long.chars().count() == SHOWN_MAX + 1, "{long}");
        assert_eq!(first_line("一 \n二"), "一");
    }
}
