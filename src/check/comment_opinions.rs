//! Each opinion came in within the period, in a known way, is answered by a group, and tells nobody who sent it in.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Phrase, Span, nearest};
use crate::model::Comments;
use crate::model::manifest::OpinionToml;
use crate::source::Located;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::OpinionOutside,
        Code::OpinionUngrouped,
        Code::CommentGroupUnknown,
        Code::WayUnknown,
        Code::OpinionPersonal,
    ],
    look,
    explanation: None,
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for comments in subject.cases().filter_map(|case| case.comments.as_ref()) {
        for way in &comments.settings.hearing.way {
            known_way(comments, &way.way, diagnostics);
        }
        for opinion in &comments.settings.opinion {
            known_way(comments, &opinion.way, diagnostics);
            received(comments, opinion, diagnostics);
            grouped(comments, opinion, diagnostics);
            let written = subject.text(comments.file).get(opinion.text.range.clone()).unwrap_or_default();
            let place = Span::new(comments.file, opinion.text.range.clone());
            personal(&opinion.text.value, (written, place), diagnostics);
        }
        for group in &comments.settings.group {
            let place = Span::new(comments.file, group.id.range.clone());
            personal(&group.heading, ("", place), diagnostics);
            personal(&group.summary, ("", place), diagnostics);
        }
    }
}

fn known_way(comments: &Comments, way: &Located<String>, diagnostics: &mut Diagnostics) {
    let ways = &comments.words.ways;
    if ways.is_empty() || ways.contains(&way.value) {
        return;
    }
    let near = nearest(&way.value, ways.iter().map(String::as_str)).unwrap_or_default();
    diagnostics.push(
        Diagnostic::new(Code::WayUnknown, span(comments.file, way))
            .with("word", &way.value)
            .with("valid", ways.join("、"))
            .with("near", near),
    );
}

fn received(comments: &Comments, opinion: &OpinionToml, diagnostics: &mut Diagnostics) {
    let place = span(comments.file, &opinion.received);
    let Ok(day) = opinion.received.value.parse::<jiff::civil::Date>() else {
        diagnostics.push(
            Diagnostic::new(Code::WrongType, place)
                .with("found", &opinion.received.value)
                .said("expected", Phrase::said("「2023-08-15」の形の日付", "a date such as 2023-08-15")),
        );
        return;
    };
    // A period that ends before it begins is another rule's.
    let Some((from, to)) = comments.period.filter(|(from, to)| from <= to) else { return };
    if day < from || to < day {
        diagnostics.push(
            Diagnostic::new(Code::OpinionOutside, place)
                .with("number", opinion.number.value.to_string())
                .with("received", day.to_string())
                .with("from", from.to_string())
                .with("to", to.to_string())
                .related(span(comments.file, &comments.settings.hearing.to)),
        );
    }
}

fn grouped(comments: &Comments, opinion: &OpinionToml, diagnostics: &mut Diagnostics) {
    let groups = &comments.settings.group;
    let Some(group) = opinion.group.as_ref().filter(|group| !group.value.is_empty()) else {
        let place = Span::new(comments.file, opinion.number.range.clone());
        let open = Diagnostic::new(Code::OpinionUngrouped, place);
        diagnostics.push(open.with("number", opinion.number.value.to_string()));
        return;
    };
    if groups.iter().all(|known| known.id.value != group.value) {
        let near = nearest(&group.value, groups.iter().map(|known| known.id.value.as_str())).unwrap_or_default();
        let unknown = Diagnostic::new(Code::CommentGroupUnknown, span(comments.file, group));
        diagnostics.push(unknown.with("id", &group.value).with("near", near));
    }
}

/// Reports what looks like an address or a number at which a person is reached.
///
/// `written` is the text as it stands in the file from the place on; where it holds the words, they alone are pointed at.
fn personal(text: &str, (written, place): (&str, Span), diagnostics: &mut Diagnostics) {
    let mail = mail(text).map(|word| (word, Phrase::said("メールアドレス", "an e-mail address")));
    let phone = phone(text).map(|word| (word, Phrase::said("電話番号", "a telephone number")));
    for (word, kind) in mail.into_iter().chain(phone) {
        let at = written.find(word.as_str()).map(|at| place.start + at);
        let place = at.map_or(place, |at| Span::new(place.file, at..at + word.len()));
        diagnostics.push(Diagnostic::new(Code::OpinionPersonal, place).said("kind", kind).with("word", word));
    }
}

/// The first e-mail address of a text.
fn mail(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let is_part = |character: char| plain(character).is_ascii_alphanumeric() || "._%+-".contains(plain(character));
    let ats = (0..characters.len()).filter(|at| plain(characters[*at]) == '@');
    ats.into_iter().find_map(|at| {
        let before = characters[..at].iter().rev().take_while(|character| is_part(**character)).count();
        let after = characters[at + 1..].iter().take_while(|character| is_part(**character)).count();
        let domain: String = characters[at + 1..=at + after].iter().copied().map(plain).collect();
        let named = before > 0 && domain.trim_matches('.').contains('.');
        named.then(|| characters[at - before..=at + after].iter().collect())
    })
}

/// The first telephone number of a text: ten or eleven digits that begin with 0, with or without signs between them.
fn phone(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let is_part = |character: char| plain(character).is_ascii_digit() || matches!(plain(character), '-' | '(' | ')');
    let mut at = 0;
    while at < characters.len() {
        let length = characters[at..].iter().take_while(|character| is_part(**character)).count();
        let found: String = characters[at..at + length].iter().collect();
        let found = found.trim_matches(|character| !plain(character).is_ascii_digit());
        let digits: String = found.chars().map(plain).filter(char::is_ascii_digit).collect();
        if digits.starts_with('0') && matches!(digits.len(), 10 | 11) {
            return Some(found.to_owned());
        }
        at += length.max(1);
    }
    None
}

/// A letter, a digit or a sign of full width as a plain one; any dash as `-`.
fn plain(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' => '-',
        other => other,
    }
}

fn span<T>(file: FileId, located: &Located<T>) -> Span {
    Span::new(file, located.range.clone())
}

#[cfg(test)]
mod tests {
    use super::{mail, phone};

    #[test]
    fn what_reaches_a_person_is_seen_in_any_width() {
        assert_eq!(mail("連絡は taro.example@example.jp まで").as_deref(), Some("taro.example@example.jp"));
        assert_eq!(mail("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐへ").as_deref(), Some("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ"));
        assert_eq!(phone("（電話03-0000-0000）").as_deref(), Some("03-0000-0000"));
        assert_eq!(phone("０９０－００００－００００です").as_deref(), Some("０９０－００００－００００"));
        assert_eq!(phone("0300000000").as_deref(), Some("0300000000"));
        assert_eq!(phone("03(0000)0000").as_deref(), Some("03(0000)0000"));
    }

    #[test]
    fn other_numbers_and_signs_are_left_alone() {
        for text in [
            "番号法第28条第1項",
            "令和5年5月1日",
            "2023-05-01",
            "1234567890",
            "@ホーム",
            "a@b",
            "10-20-30",
            "3,000,000,000円",
        ] {
            assert_eq!((mail(text), phone(text)), (None, None), "{text}");
        }
    }
}
