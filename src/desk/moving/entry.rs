//! One entry file moved: its values and texts, each left where it is, called by another id, or taken into the archive.

use toml_edit::{DocumentMut, Item, Table};

use crate::diagnostic::{Diagnostics, SourceMap};
use crate::source::split;

/// What becomes of an item（項目の行き先）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It has its place in the new form.
    Stays,
    /// It has another id there.
    Renamed(String),
    /// It has none.
    Archived,
}

/// An entry file after the move（移した記載ファイル）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Moved {
    /// Its text; `None`: nothing is left of it.
    pub(super) text: Option<String>,
    /// What the archive keeps of it; none: nothing.
    pub(super) archive: Option<String>,
    /// How many items kept their place.
    pub(super) kept: usize,
    /// Old and new ids.
    pub(super) renamed: Vec<(String, String)>,
    /// Ids of what the archive keeps.
    pub(super) dropped: Vec<String>,
}

/// Moves an entry file: every value and every text is afterwards in it or in the archive.
pub(super) fn moved(text: &str, fate: &dyn Fn(&str) -> Fate) -> Moved {
    let file = SourceMap::default().add("", text);
    let parts = split(file, text, &mut Diagnostics::new()).expect("the file was read before");
    let mut result = Moved::default();
    let mut front: DocumentMut = text[parts.front.clone()].parse().expect("the file was read before");
    let mut archived_front = DocumentMut::new();
    for name in ["values", "groups"] {
        table(&mut front, &mut archived_front, name, fate, &mut result);
    }
    lists(&mut front, fate);
    let (mut body, mut archived_body) = (String::new(), String::new());
    for block in blocks(&text[parts.body.clone()]) {
        let (head, rest) = block.split_once('\n').map_or((block, ""), |(head, rest)| (head, rest));
        let Some(words) = head.strip_prefix("## ") else {
            body.push_str(block);
            continue;
        };
        let id = words.split_whitespace().next().unwrap_or_default();
        match fate(id) {
            Fate::Stays => {
                result.kept += 1;
                body.push_str(block);
            }
            Fate::Renamed(new) => {
                body.push_str(&format!("{}\n{rest}", head.replacen(id, &new, 1)));
                result.renamed.push((id.to_owned(), new));
            }
            Fate::Archived => {
                result.dropped.push(id.to_owned());
                archived_body.push_str(block);
            }
        }
    }
    let is_empty = |front: &DocumentMut, body: &str| front.to_string().trim().is_empty() && body.trim().is_empty();
    let had_front = !parts.front.is_empty() || text.starts_with("+++");
    let whole = |front: &DocumentMut, body: &str| {
        if had_front { format!("+++\n{front}+++\n{body}") } else { body.to_owned() }
    };
    if !result.dropped.is_empty() {
        result.archive = Some(format!("+++\n{archived_front}+++\n\n{}", archived_body.trim_start()));
    }
    // A file of which nothing is left goes; one that was there without a word stays.
    result.text = if is_empty(&front, &body) && !result.dropped.is_empty() { None } else { Some(whole(&front, &body)) };
    result
}

/// Moves the keys of a table of the front matter.
fn table(
    front: &mut DocumentMut,
    archive: &mut DocumentMut,
    name: &str,
    fate: &dyn Fn(&str) -> Fate,
    result: &mut Moved,
) {
    let Some(values) = front.get_mut(name).and_then(Item::as_table_mut) else { return };
    let keys: Vec<String> = values.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        match fate(&key) {
            Fate::Stays => result.kept += usize::from(name == "values"),
            Fate::Renamed(new) => {
                // In its place among the others: the order of the author stays.
                let all: Vec<String> = values.iter().map(|(key, _)| key.to_owned()).collect();
                for known in all {
                    let Some((own, item)) = values.remove_entry(&known) else { continue };
                    if known == key {
                        let decor = own.leaf_decor().clone();
                        values.insert_formatted(&toml_edit::Key::new(&new).with_leaf_decor(decor), item);
                    } else {
                        values.insert_formatted(&own, item);
                    }
                }
                result.renamed.push((key, new));
            }
            Fate::Archived => {
                let Some((own, item)) = values.remove_entry(&key) else { continue };
                let kept = archive.entry(name).or_insert(Item::Table(Table::new()));
                if let Some(kept) = kept.as_table_mut() {
                    kept.insert_formatted(&own, item);
                }
                if !result.dropped.contains(&key) {
                    result.dropped.push(key);
                }
            }
        }
    }
    if values.is_empty() {
        front.remove(name);
    }
}

/// Lists of ids: what has no place any more is not named, what was renamed is named by its new id.
fn lists(front: &mut DocumentMut, fate: &dyn Fn(&str) -> Fate) {
    for name in ["omit", "withhold"] {
        let Some(list) = front.get_mut(name).and_then(Item::as_array_mut) else { continue };
        let ids: Vec<String> = list.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect();
        for (at, id) in ids.iter().enumerate().rev() {
            match fate(id) {
                Fate::Stays => {}
                Fate::Renamed(new) => _ = list.replace(at, new),
                Fate::Archived => _ = list.remove(at),
            }
        }
        if list.is_empty() {
            front.remove(name);
        }
    }
}

/// The texts of a body, each from its heading to the next one; what stands before the first is a block of its own.
fn blocks(body: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.starts_with("## ") && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(body.len());
    starts.windows(2).map(|pair| &body[pair[0]..pair[1]]).filter(|block| !block.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(id: &str) -> Fate {
        match id {
            "old" => Fate::Renamed("new".to_owned()),
            "gone" | "gone-text" => Fate::Archived,
            _ => Fate::Stays,
        }
    }

    #[test]
    fn every_word_is_in_the_file_or_in_the_archive() {
        let text = "+++\nomit = [\"gone\", \"here\"]\n\n[values]\n# 前の名\nold = \"あ\"\ngone = \"い\"\nhere = \"う\"\n+++\n\n## gone-text\n\nえ\n\n## here +\n\nお\n";
        let moved = moved(text, &fate);
        assert_eq!(
            moved.text.as_deref(),
            Some(
                "+++\nomit = [ \"here\"]\n\n[values]\n# 前の名\nnew = \"あ\"\nhere = \"う\"\n+++\n\n## here +\n\nお\n"
            )
        );
        assert_eq!(moved.archive.as_deref(), Some("+++\n[values]\ngone = \"い\"\n+++\n\n## gone-text\n\nえ\n\n"));
        assert_eq!(moved.renamed, [("old".to_owned(), "new".to_owned())]);
        assert_eq!((moved.kept, moved.dropped), (2, vec!["gone".to_owned(), "gone-text".to_owned()]));
    }

    #[test]
    fn a_file_of_which_nothing_stays_goes_into_the_archive() {
        let moved = moved("## gone\n\nあ\n", &fate);
        assert_eq!(moved.text, None);
        assert_eq!(moved.archive.as_deref(), Some("+++\n+++\n\n## gone\n\nあ\n"));
    }
}
