//! Where the keys of a table stand.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The keys of a table at the top of a TOML text, each with its bytes in the whole text, quotation marks with them（表のキーの位置）; in no
/// order. Of a text that somebody is still typing those that can be read.
#[must_use]
pub fn toml_keys(text: &str, range: Range<usize>, table: &str) -> Vec<(String, Range<usize>)> {
    let start = range.start;
    let (tree, _) = DeTable::parse_recoverable(&text[range]);
    let inner = tree.get_ref().iter().find_map(|(key, value)| match value.get_ref() {
        DeValue::Table(inner) if key.get_ref() == table => Some(inner),
        _ => None,
    });
    let keys = inner.into_iter().flat_map(|inner| inner.keys());
    keys.map(|key| (key.get_ref().to_string(), start + key.span().start..start + key.span().end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_places_in_the_whole_text() {
        let text = "+++\n[values]\na = 1\n\"b c\" = \"二\"\n[other]\nd = 1\n+++\n";
        let keys = |table| {
            let mut keys = toml_keys(text, 4..text.len() - 4, table);
            keys.sort_by_key(|(_, range)| range.start);
            keys.into_iter().map(|(key, range)| (key, &text[range])).collect::<Vec<_>>()
        };
        assert_eq!(keys("values"), [("a".to_owned(), "a"), ("b c".to_owned(), "\"b c\"")]);
        assert_eq!(keys("nothing"), []);
        let typed = "[values]\na = \nb = 2\n";
        assert_eq!(toml_keys(typed, 0..typed.len(), "values").len(), 2, "what is being typed hides no other");
    }
}
