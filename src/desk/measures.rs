//! The measures of a checklist（対策）written, added, put in another order, removed; all else in the file stays as its author wrote it.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::model::manifest::{Category, MeasureState};
use crate::name::{MeasureId, SheetId};
use crate::source::id_fault;

/// What is done to the measures of a checklist（対策への操作）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeasureOrder {
    /// Its words become others; nothing: those of its shared text.
    Write {
        /// Id of the measure.
        id: MeasureId,
        /// The words.
        text: String,
    },
    /// It is of another kind.
    Set {
        /// Id of the measure.
        id: MeasureId,
        /// 区分.
        category: Category,
        /// Against the baseline; none: nothing is said.
        state: Option<MeasureState>,
        /// Path of the assessment's item it rests on; empty: none.
        item: String,
    },
    /// It comes last on a sheet.
    Add {
        /// Id of the sheet.
        sheet: SheetId,
        /// Id of the measure, which it keeps for good.
        id: MeasureId,
        /// The words.
        text: String,
        /// 区分.
        category: Category,
        /// Against the baseline; none: nothing is said.
        state: Option<MeasureState>,
    },
    /// It goes, and its answer with it.
    Remove {
        /// Id of the measure.
        id: MeasureId,
    },
    /// It stands at another place of its sheet, counted from 0.
    Move {
        /// Id of the measure.
        id: MeasureId,
        /// The place.
        to: usize,
    },
}

/// Why it cannot be done（できない理由）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureFault {
    /// There is no such sheet or measure.
    Unknown,
    /// The id cannot be one.
    Id,
    /// The id is another measure's.
    IdTaken,
    /// A measure says something.
    NoText,
    /// The file cannot be read as it is, or its measures stand in a list of one line.
    Unreadable,
}

/// The text of a checklist's file after an order.
///
/// # Errors
/// What is wrong with the order.
pub fn with_measure(text: &str, order: &MeasureOrder) -> Result<String, MeasureFault> {
    let mut document: DocumentMut = text.parse().map_err(|_| MeasureFault::Unreadable)?;
    let sheets = document.get_mut("sheet").and_then(Item::as_array_of_tables_mut).ok_or(MeasureFault::Unreadable)?;
    match order {
        MeasureOrder::Write { id, text } => write(find(sheets, id)?, text.trim())?,
        MeasureOrder::Set { id, category, state, item } => {
            let measure = find(sheets, id)?;
            put(measure, "category", Some(category.label()));
            put(measure, "state", state.map(MeasureState::label));
            put(measure, "item", Some(item.trim()).filter(|item| !item.is_empty()));
        }
        MeasureOrder::Add { sheet, id, text, category, state } => {
            if id_fault(id).is_some() {
                return Err(MeasureFault::Id);
            }
            if place_of(sheets, id).is_some() {
                return Err(MeasureFault::IdTaken);
            }
            if text.trim().is_empty() {
                return Err(MeasureFault::NoText);
            }
            let mut new = Table::new();
            new.decor_mut().set_prefix("\n");
            new.insert("id", value(id.as_str()));
            put(&mut new, "category", Some(category.label()));
            put(&mut new, "text", Some(text.trim()));
            put(&mut new, "state", state.map(MeasureState::label));
            let is_it = |known: &&mut Table| known.get("id").and_then(Item::as_str) == Some(sheet.as_str());
            let sheet = sheets.iter_mut().find(is_it).ok_or(MeasureFault::Unknown)?;
            let list = sheet.entry("measure").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
            list.as_array_of_tables_mut().ok_or(MeasureFault::Unreadable)?.push(new);
        }
        MeasureOrder::Remove { id } => {
            let (sheet, at) = place_of(sheets, id).ok_or(MeasureFault::Unknown)?;
            list_of(sheets, sheet)?.remove(at);
        }
        MeasureOrder::Move { id, to } => {
            let (sheet, at) = place_of(sheets, id).ok_or(MeasureFault::Unknown)?;
            let list = list_of(sheets, sheet)?;
            let mut all: Vec<Table> = list.iter().cloned().collect();
            let moved = all.remove(at);
            all.insert((*to).min(all.len()), moved);
            *list = all.into_iter().collect();
            // Tables stand in a file by number; without numbers they stand in the order of their lists.
            sheets.iter_mut().for_each(unnumbered);
        }
    }
    Ok(document.to_string())
}

/// The number of a measure's sheet, and its own there.
fn place_of(sheets: &ArrayOfTables, id: &MeasureId) -> Option<(usize, usize)> {
    sheets.iter().enumerate().find_map(|(number, sheet)| {
        let measures = sheet.get("measure").and_then(Item::as_array_of_tables)?;
        let at = measures.iter().position(|measure| measure.get("id").and_then(Item::as_str) == Some(id.as_str()))?;
        Some((number, at))
    })
}

fn list_of(sheets: &mut ArrayOfTables, sheet: usize) -> Result<&mut ArrayOfTables, MeasureFault> {
    let sheet = sheets.get_mut(sheet).ok_or(MeasureFault::Unknown)?;
    sheet.get_mut("measure").and_then(Item::as_array_of_tables_mut).ok_or(MeasureFault::Unreadable)
}

fn find<'t>(sheets: &'t mut ArrayOfTables, id: &MeasureId) -> Result<&'t mut Table, MeasureFault> {
    let (sheet, at) = place_of(sheets, id).ok_or(MeasureFault::Unknown)?;
    list_of(sheets, sheet)?.get_mut(at).ok_or(MeasureFault::Unknown)
}

fn write(measure: &mut Table, words: &str) -> Result<(), MeasureFault> {
    if !words.is_empty() {
        put(measure, "text", Some(words));
        return Ok(());
    }
    // Without words of its own it says those of its shared text.
    if measure.contains_key("fragment") {
        measure.remove("text");
        return Ok(());
    }
    Err(MeasureFault::NoText)
}

/// Gives a key another word, the comment beside it left; none: the key goes.
fn put(table: &mut Table, key: &str, word: Option<&str>) {
    let Some(word) = word else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if old.as_str() == Some(word) => {}
        Some(old) => {
            let mut new = toml_edit::Value::from(word);
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, value(word))),
    }
}

fn unnumbered(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => unnumbered(inner),
            Item::ArrayOfTables(all) => all.iter_mut().for_each(unnumbered),
            Item::Value(_) | Item::None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# 一覧\ntitle = \"別紙\"\n\n[[sheet]]\nid = \"town\"\n\n# 一つ目\n[[sheet.measure]]\nid = \"a\" # 変えない\ncategory = \"運用上\"\ntext = \"限る。\" # 確認済み\n[sheet.measure.answer]\nstate = \"○\"\n\n[[sheet.measure]]\nid = \"b\"\ncategory = \"システム上\"\nfragment = \"cloud\"\nanswer = { state = \"×\" }\n\n[[sheet]]\nid = \"vendor\"\n";

    fn done(order: &MeasureOrder) -> Result<String, MeasureFault> {
        with_measure(LIST, order)
    }

    fn words(id: &str, text: &str) -> MeasureOrder {
        MeasureOrder::Write { id: id.into(), text: text.to_owned() }
    }

    fn added(sheet: &str, id: &str, text: &str) -> MeasureOrder {
        let (sheet, id, text) = (sheet.into(), id.into(), text.to_owned());
        MeasureOrder::Add { sheet, id, text, category: Category::Operation, state: Some(MeasureState::New) }
    }

    #[test]
    fn words_are_written_and_all_else_stays() {
        let after = LIST.replace("\"限る。\"", "\"職員を限る。\"");
        assert_eq!(done(&words("a", " 職員を限る。\n")).as_deref(), Ok(after.as_str()));
        let written = done(&words("b", "自らの文")).expect("it can be written");
        assert!(written.contains("text = \"自らの文\"\n"), "{written}");
        assert_eq!(with_measure(&written, &words("b", "")).as_deref(), Ok(LIST), "back to the shared text");
        assert_eq!(done(&words("a", " ")), Err(MeasureFault::NoText));
        assert_eq!(done(&words("c", "文")), Err(MeasureFault::Unknown));
        let lines = done(&words("a", "一行目\n「二」\\行目")).expect("it can be written");
        let read: toml::Table = lines.parse().expect("it is TOML");
        assert_eq!(read["sheet"][0]["measure"][0]["text"].as_str(), Some("一行目\n「二」\\行目"), "{lines}");
    }

    #[test]
    fn a_measure_comes_last_on_its_sheet_and_goes_with_its_answer() {
        let new = "\n[[sheet.measure]]\nid = \"c\"\ncategory = \"運用上\"\ntext = \"記録する。\"\nstate = \"新規\"\n";
        let after = LIST.replace("\n[[sheet]]\nid = \"vendor\"", &format!("{new}\n[[sheet]]\nid = \"vendor\""));
        assert_eq!(done(&added("town", "c", "記録する。")).as_deref(), Ok(after.as_str()));
        assert_eq!(done(&added("vendor", "c", "記録する。")).as_deref(), Ok(format!("{LIST}{new}").as_str()));
        assert_eq!(with_measure(&after, &MeasureOrder::Remove { id: "c".into() }).as_deref(), Ok(LIST));
        assert_eq!(done(&added("town", "b", "記録する。")), Err(MeasureFault::IdTaken));
        assert_eq!(done(&added("town", "対策", "記録する。")), Err(MeasureFault::Id));
        assert_eq!(done(&added("none", "c", "記録する。")), Err(MeasureFault::Unknown));
        assert_eq!(done(&added("town", "c", "\n")), Err(MeasureFault::NoText));
    }

    #[test]
    fn a_measure_moves_with_its_comment_and_its_answer() {
        let moved = |id: &str, to| MeasureOrder::Move { id: id.into(), to };
        let after = done(&moved("a", 1)).expect("it can be moved");
        let (b, a) = (after.find("id = \"b\"").expect("it is there"), after.find("# 一つ目").expect("it is there"));
        let (answer, vendor) =
            (after.find("state = \"○\"").expect("it is there"), after.find("vendor").expect("it is there"));
        assert!(b < a && a < answer && answer < vendor, "{after}");
        assert_eq!(with_measure(&after, &moved("a", 0)).as_deref(), Ok(LIST));
        let set = MeasureOrder::Set {
            id: "a".into(),
            category: Category::System,
            state: Some(MeasureState::Kept),
            item: "basic/storage".to_owned(),
        };
        let after = done(&set).expect("it can be set");
        assert!(
            after.contains(
                "category = \"システム上\"\ntext = \"限る。\" # 確認済み\nstate = \"継続\"\nitem = \"basic/storage\"\n"
            ),
            "{after}"
        );
    }
}
