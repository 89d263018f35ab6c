//! Settings of an author with one table more（設定の書き足し）; all else in the file stays as it was.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// A file with one more `[[key]]`, after the others; none where the file is no TOML or says something else by that key.
pub(super) fn with_table(before: &str, key: &str, mut table: Table) -> Option<String> {
    let mut document: DocumentMut = before.parse().ok()?;
    if document.get(key).and_then(Item::as_array).is_some_and(toml_edit::Array::is_empty) {
        document.remove(key);
    }
    let item = document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = item.as_array_of_tables_mut()?;
    let is_first = list.is_empty();
    if !is_first || !before.trim().is_empty() {
        table.decor_mut().set_prefix("\n");
    }
    if is_first {
        // At the end of the file, whatever tables stand there.
        table.set_position(None);
    }
    list.push(table);
    Some(document.to_string())
}

/// A table of strings; those that are empty are left out.
pub(super) fn table(keys: &[(&str, &str)]) -> Table {
    let mut table = Table::new();
    for (key, words) in keys.iter().filter(|(_, words)| !words.is_empty()) {
        table.insert(key, value(*words));
    }
    table
}

/// The settings of a municipality with one document more.
pub(super) fn with_document(before: &str, keys: &[(&str, &str)], formats: &[&str]) -> Option<String> {
    let mut document = table(keys);
    document.insert("formats", value(formats.iter().copied().collect::<toml_edit::Array>()));
    with_table(before, "document", document)
}

/// The settings of a municipality with words for terms, each with what it is for beside it.
pub(super) fn with_terms(before: &str, terms: &[(String, String)], words: &str) -> Option<String> {
    let mut document: DocumentMut = before.parse().ok()?;
    let table = document.entry("terms").or_insert_with(|| Item::Table(Table::new())).as_table_like_mut()?;
    for (name, comment) in terms {
        let mut word = toml_edit::Value::from(words);
        word.decor_mut().set_suffix(format!(" # {comment}"));
        table.insert(name, Item::Value(word));
    }
    Some(document.to_string())
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_stands_after_the_others_and_all_else_stays() {
        let change = || table(&[("id", "new"), ("note", "")]);
        let before = "# 頭\n[[change]] # 一\nid = \"a\"\n\n[[summary]]\nid = \"s\" # 二\n";
        let after = "# 頭\n[[change]] # 一\nid = \"a\"\n\n[[change]]\nid = \"new\"\n\n[[summary]]\nid = \"s\" # 二\n";
        assert_eq!(with_table(before, "change", change()).as_deref(), Some(after));
        assert_eq!(with_table("", "change", change()).as_deref(), Some("[[change]]\nid = \"new\"\n"));
        assert_eq!(with_table("change = 1\n", "change", change()), None);
        assert_eq!(with_table("[[change]\n", "change", change()), None);
        let named = "name = \"町\"\n\n[terms]\nown = \"本町\"\n";
        let after = format!("{named}\n[[change]]\nid = \"new\"\n");
        assert_eq!(with_table(named, "change", change()), Some(after.clone()));
        assert_eq!(
            with_table("change = []\nname = \"町\"\n\n[terms]\nown = \"本町\"\n", "change", change()),
            Some(after)
        );
    }

    #[test]
    fn a_term_tells_what_it_is_for() {
        let before = "name = \"町\"\n\n[[document]]\nid = \"a\"\n";
        let terms = [("own".to_owned(), "写し元では「本町」".to_owned())];
        let after = with_terms(before, &terms, "〇〇").expect("it is TOML");
        assert!(after.contains("[terms]\nown = \"〇〇\" # 写し元では「本町」\n"), "{after}");
        assert!(after.starts_with("name = \"町\"\n") && after.contains("[[document]]\nid = \"a\"\n"), "{after}");
    }
}
