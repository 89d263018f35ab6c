//! Placed contents as entry files: values, texts, records.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::content::{self, Chosen, joined};
use super::history::history;
use super::normal::normal;
use super::script::{Script, ScriptSection};
use super::walk::{Bit, Unplaced, Walked};
use super::{EntryFile, Imported, flow, ledger, lines};
use crate::check::another_day;
use crate::diagnostic::{Code, Diagnostic};
use crate::markup::{Text, print};
use crate::model::ItemPath;
use crate::model::manifest::{FormDef, ItemDef, ItemKind, OptionList, SectionLayout};
use crate::name::{ItemId, PersonalFileId, RecordId, SectionId};
use crate::render::{BULLET, TITLE_PART};
use crate::source::Workbook;

/// The entry files of what the walk placed.
pub(super) fn entries(
    book: &Workbook,
    script: &Script<'_>,
    walked: Walked,
    known: &[(PersonalFileId, String)],
) -> Imported {
    let ids = FileIds::new(script, &walked, known);
    let mut writer = Writer {
        form: script.form,
        placed: &walked.placed,
        imported: Imported {
            unplaced: walked.unplaced.clone(),
            near: walked.near.clone(),
            said: walked.said.clone(),
            ..Imported::default()
        },
    };
    for section in &script.sections {
        match section.def.layout {
            SectionLayout::Contents => {}
            SectionLayout::Changes => {
                let (rows, unplaced) = history(&walked.listed, &section.def.columns);
                writer.imported.history.extend(rows);
                writer.imported.unplaced.extend(unplaced);
            }
            SectionLayout::Flows => {
                let flows = flow::flows(book, &section.def.id.value, &walked.placed);
                writer.imported.unplaced.extend(flows.unplaced);
                writer.imported.flows.extend(flows.files);
            }
            SectionLayout::Records => writer.lists(section, &ids),
            SectionLayout::Cover | SectionLayout::SubmissionCover | SectionLayout::Table | SectionLayout::Prose => {
                writer.section(section, &ids);
            }
        }
    }
    writer.imported.files = ids.files;
    let lost = ledger::lost(script, &walked, &writer.imported);
    let mut imported = writer.imported;
    imported.unplaced.extend(lost);
    imported
}

/// Ids of the 特定個人情報ファイル: those of the workbook or of the case where there are such, else numbers.
struct FileIds {
    /// Final id and name, in print order.
    files: Vec<(PersonalFileId, String)>,
    /// Final id of each file as the walk calls it, by section.
    ids: BTreeMap<(SectionId, String), PersonalFileId>,
}

impl FileIds {
    fn new(script: &Script<'_>, walked: &Walked, known: &[(PersonalFileId, String)]) -> Self {
        let mut found = Self { files: Vec::new(), ids: BTreeMap::new() };
        if script.sections.iter().all(|section| !section.repeats()) {
            // A form that says nothing of files leaves them as they are.
            found.files = known.to_vec();
        }
        for section in script.sections.iter().filter(|section| section.repeats()) {
            let own = ItemPath::of(&section.def.id.value);
            let mut seen: Vec<String> = Vec::new();
            for (path, bits) in &walked.placed {
                let Some(inside) = path.below(&own) else { continue };
                let file = inside.first();
                if !bits.is_empty() && !seen.iter().any(|seen| seen == file) {
                    seen.push(file.to_owned());
                }
            }
            for (order, file) in seen.into_iter().enumerate() {
                let name = name(section, &file, walked);
                let id = found.id(&file, &name, order, known);
                found.ids.insert((section.def.id.value.clone(), file), id);
            }
        }
        found
    }

    fn id(&mut self, written: &str, name: &str, order: usize, known: &[(PersonalFileId, String)]) -> PersonalFileId {
        let same = |other: &str| !name.is_empty() && normal(other) == normal(name);
        let of_known = known.iter().find(|(id, known)| id == written || same(known));
        if let Some((id, known)) = of_known {
            if self.files.iter().all(|(other, _)| other != id) {
                self.files.push((id.clone(), known.clone()));
            }
            return id.clone();
        }
        if let Some((id, _)) = self.files.iter().find(|(id, other)| id == written || same(other)) {
            return id.clone();
        }
        // A list without a name belongs to the file that stands as far down as it.
        if written.starts_with('#') && name.is_empty() && order < self.files.len() {
            return self.files[order].0.clone();
        }
        let id = match written.strip_prefix('#') {
            Some(_) => format!("file-{}", self.files.len() + 1).into(),
            None => PersonalFileId::from(written),
        };
        self.files.push((id.clone(), if name.is_empty() { id.to_string() } else { name.to_owned() }));
        id
    }

    fn of<'s>(&'s self, section: &'s ScriptSection<'_>) -> impl Iterator<Item = (&'s str, &'s str)> {
        let wanted = &section.def.id.value;
        self.ids.iter().filter(move |((id, _), _)| id == wanted).map(|((_, file), id)| (file.as_str(), id.as_str()))
    }
}

/// Name of a file: what its heading says, else the first item of its section.
fn name(section: &ScriptSection<'_>, file: &str, walked: &Walked) -> String {
    let first = section.labels.iter().find(|label| label.is_item() && label.group.is_none());
    let path = first.map(|label| ItemPath::of(&section.def.id.value).join(file).join(&label.item.id.value));
    let is_line = first.is_some_and(|label| label.item.kind == ItemKind::Line);
    let written = path.and_then(|path| walked.placed.get(&path)).filter(|_| is_line).map(|bits| joined(bits));
    let written = walked.file_names.get(file).cloned().or(written).unwrap_or_default();
    let rest = written.trim().trim_start_matches(['（', '(']);
    match rest.split_once(['）', ')']) {
        Some((number, name)) if number.chars().all(char::is_numeric) && !number.is_empty() => name.trim().to_owned(),
        _ => written.trim().to_owned(),
    }
}

struct Writer<'w> {
    form: &'w FormDef,
    placed: &'w IndexMap<ItemPath, Vec<Bit>>,
    imported: Imported,
}

impl Writer<'_> {
    fn section(&mut self, section: &ScriptSection<'_>, ids: &FileIds) {
        let id = &section.def.id.value;
        let heading = section.def.heading();
        if !section.repeats() {
            let file = self.items(&section.def.items, &ItemPath::of(id), &heading);
            self.imported.entries.insert(id.to_string(), file);
            return;
        }
        for (written, file_id) in ids.of(section) {
            let file = self.items(&section.def.items, &ItemPath::of(id).join(written), &heading);
            self.imported.entries.insert(format!("{id}/{file_id}"), file);
        }
    }

    /// The entries of items and of all that stands below them.
    fn items(&mut self, items: &[ItemDef], above: &ItemPath, heading: &str) -> EntryFile {
        let mut file = EntryFile::default();
        self.gather(items, above, heading, &mut file);
        file
    }

    fn gather(&mut self, items: &[ItemDef], above: &ItemPath, heading: &str, file: &mut EntryFile) {
        for item in items {
            let missing = self.imported.missing.len();
            match item.kind {
                ItemKind::Band => {
                    self.ticks(item, above, file);
                    self.gather(&item.items, above, heading, file);
                }
                ItemKind::Cluster => self.gather(&item.items, above, heading, file),
                ItemKind::Group => self.group(item, above, file),
                ItemKind::Fixed => self.gather(&item.items, above, heading, file),
                _ if item.inline => {}
                _ => {
                    self.item(item, above, heading, file);
                    self.gather(&item.items, above, heading, file);
                }
            }
            if is_released(item, file) {
                self.imported.missing.truncate(missing);
            }
        }
    }

    /// The boxes of a bar.
    fn ticks(&mut self, band: &ItemDef, above: &ItemPath, file: &mut EntryFile) {
        if band.ticks.is_empty() {
            return;
        }
        let bits = self.placed.get(&above.join(&band.id.value).part("ticks")).map_or(&[][..], Vec::as_slice);
        let source: String = bits.iter().map(|bit| bit.text.as_str()).collect::<Vec<_>>().join(" ");
        let labels: Vec<&str> = band.ticks.iter().map(|tick| tick.label.as_str()).collect();
        let found = content::ticked(&source, &labels, |_| false);
        if found.is_empty() {
            bits.iter().for_each(|bit| self.not_understood(bit, &band.label));
        } else {
            self.strange_boxes(bits, content::strange_boxes(&source, &labels, |_| false), &band.label);
        }
        for tick in &band.ticks {
            if found.iter().any(|found| found.on && found.label == tick.label) {
                file.values.push((tick.id.value.clone(), "true".to_owned()));
            }
        }
    }

    fn item(&mut self, item: &ItemDef, above: &ItemPath, heading: &str, file: &mut EntryFile) {
        let path = above.join(&item.id.value);
        let bits = self.placed.get(&path).map_or(&[][..], Vec::as_slice);
        let before = (file.values.len(), file.texts.len());
        match item.kind {
            ItemKind::Text => {
                let all = joined(bits);
                let lines: Vec<&str> = all.lines().collect();
                let text = print(&lines::text(&lines));
                if !text.is_empty() {
                    file.texts.push((item.id.value.clone(), text));
                }
            }
            ItemKind::Choice => self.choice(item, bits, file),
            ItemKind::Checks => self.checks(item, bits, file),
            ItemKind::Tick => {
                let source = joined(bits);
                if !normal(&source).is_empty()
                    && content::ticked(&source, &[&item.label], |_| false).iter().all(|box_| box_.on)
                {
                    file.values.push((item.id.value.clone(), "true".to_owned()));
                }
            }
            _ => {
                let words = joined(bits);
                if item.kind == ItemKind::Date && another_day(&words).is_some() {
                    self.second_day(item, bits, &words);
                }
                if !words.trim().is_empty() {
                    file.values.push((item.id.value.clone(), value_of(item, words.trim_matches([' ', '\t', '\n']))));
                }
            }
        }
        if before != (file.values.len(), file.texts.len()) {
            self.imported.filled += 1;
        } else if item.is_required() {
            let label = if item.label.is_empty() { item.id.value.to_string() } else { item.label.clone() };
            self.imported.missing.push((heading.to_owned(), label));
        }
    }

    fn choice(&mut self, item: &ItemDef, bits: &[Bit], file: &mut EntryFile) {
        let Some(list) = self.list(item) else { return };
        let source = content::without_options(bits, list);
        let inner: Vec<&ItemDef> = item.items.iter().filter(|inner| inner.inline).collect();
        let inline: Vec<(&ItemDef, String)> =
            inner.into_iter().map(|inner| (inner, content::inline_value(&source, inner))).collect();
        match content::choice(bits, &inline, list) {
            Chosen::Nothing => {}
            Chosen::Option(option) => file.values.push((item.id.value.clone(), string(&option))),
            Chosen::Unknown(words, at) => self.not_understood(&Bit { text: words, ..bits[at].clone() }, &item.label),
        }
        for (inner, value) in inline {
            if !value.is_empty() {
                file.values.push((inner.id.value.clone(), value_of(inner, &value)));
            }
        }
    }

    fn checks(&mut self, item: &ItemDef, bits: &[Bit], file: &mut EntryFile) {
        let Some(list) = self.list(item) else { return };
        match content::boxes(bits, list) {
            Ok(boxes) => {
                let on = boxes.iter().filter(|found| found.on).map(|found| {
                    let text = if found.text.is_empty() { String::new() } else { format!("（{}）", found.text) };
                    string(&format!("{}{text}", found.label))
                });
                let on: Vec<String> = on.collect();
                if !on.is_empty() {
                    file.values.push((item.id.value.clone(), format!("[{}]", on.join(", "))));
                }
                self.strange_boxes(bits, content::boxes_without_option(bits, list), &item.label);
                let source = joined(bits);
                for inner in item.items.iter().filter(|inner| inner.inline) {
                    let after = normal_after(&source, &inner.label);
                    let value = after.map(|after| content::inline_value(after, inner)).unwrap_or_default();
                    if !value.is_empty() {
                        file.values.push((inner.id.value.clone(), value_of(inner, &value)));
                    }
                }
            }
            Err(_) => bits.iter().for_each(|bit| self.not_understood(bit, &item.label)),
        }
    }

    /// Names ticked boxes whose words the form does not have, each by the cell that holds them.
    fn strange_boxes(&mut self, bits: &[Bit], strange: Vec<String>, label: &str) {
        for words in strange {
            let holds = |bit: &&Bit| !bit.text.trim().is_empty() && normal(&bit.text).contains(&normal(&words));
            let begins =
                |bit: &&Bit| normal(&bit.text).chars().count() > 1 && normal(&words).starts_with(&normal(&bit.text));
            let bit = bits.iter().find(holds).or(bits.iter().find(begins)).or(bits.first());
            if let Some(bit) = bit.cloned() {
                self.not_understood(&Bit { text: words, ..bit }, label);
            }
        }
    }

    fn list(&self, item: &ItemDef) -> Option<&'_ OptionList> {
        item.options.as_ref().and_then(|id| self.form.option_list(&id.value))
    }

    /// Names a cell with more than the one date that it is for. All of it is taken over: which is right only a person knows.
    fn second_day(&mut self, item: &ItemDef, bits: &[Bit], words: &str) {
        let Some(bit) = bits.iter().find(|bit| another_day(&bit.text).is_some()).or(bits.last()) else { return };
        let second = Diagnostic::nowhere(Code::FormDaySecond).with("label", &item.label).with("sheet", &bit.sheet);
        let second = second.with("cell", bit.cell());
        self.imported.said.push(second.with("text", words.trim()));
    }

    fn not_understood(&mut self, bit: &Bit, label: &str) {
        self.imported.unplaced.push(Unplaced {
            sheet: bit.sheet.clone(),
            cell: bit.cell(),
            text: bit.text.trim().to_owned(),
            label: label.to_owned(),
        });
    }

    /// The records of a group: a file each, and the list of their ids.
    fn group(&mut self, group: &ItemDef, above: &ItemPath, file: &mut EntryFile) {
        let own = above.join(&group.id.value);
        let mut found: Vec<String> = Vec::new();
        for inside in self.placed.keys().filter_map(|path| path.below(&own)) {
            let id = inside.first();
            if !id.is_empty() && found.iter().all(|known| known != id) {
                found.push(id.to_owned());
            }
        }
        // Records without an id carry the number that is printed.
        found.sort_by_key(|id| id.strip_prefix('#').and_then(|number| number.parse::<usize>().ok()));
        let mut ids = Vec::new();
        for written in &found {
            let before = (self.imported.filled, self.imported.missing.len());
            let record = self.items(&group.items, &own.join(written), &group.label);
            if record == EntryFile::default() && written.starts_with('#') {
                self.imported.missing.truncate(before.1);
                continue;
            }
            let (id, is_new) = self.record(&group.id.value, written, record);
            if !is_new {
                self.imported.filled = before.0;
                self.imported.missing.truncate(before.1);
            }
            ids.push(string(&id));
        }
        if !ids.is_empty() {
            file.values.push((group.id.value.clone(), format!("[{}]", ids.join(", "))));
        }
    }

    /// The id of a record's file: two files of the assessment that hand out the same record share it.
    fn record(&mut self, group: &ItemId, written: &str, record: EntryFile) -> (RecordId, bool) {
        let prefix = format!("{group}/");
        let same = |entries: &BTreeMap<String, EntryFile>, id: &RecordId| {
            entries.get(&format!("{prefix}{id}")) == Some(&record)
        };
        let entries = &self.imported.entries;
        if written.starts_with('#') {
            let shared = entries.iter().find(|(path, entry)| path.starts_with(&prefix) && **entry == record);
            if let Some((path, _)) = shared {
                return (path[prefix.len()..].into(), false);
            }
        }
        let wanted = written.strip_prefix('#').map_or_else(|| written.to_owned(), |number| format!("{group}-{number}"));
        let ids = std::iter::once(wanted.clone()).chain((2..).map(|number| format!("{wanted}-{number}")));
        for id in ids.map(RecordId::from) {
            if same(entries, &id) {
                return (id, false);
            }
            if !entries.contains_key(&format!("{prefix}{id}")) {
                self.imported.entries.insert(format!("{prefix}{id}"), record);
                return (id, true);
            }
        }
        unreachable!("there are more numbers than records")
    }

    /// The item lists of 別添2.
    fn lists(&mut self, section: &ScriptSection<'_>, ids: &FileIds) {
        let id = &section.def.id.value;
        let own = ItemPath::of(id);
        let files: Vec<(ItemPath, String)> = if section.repeats() {
            ids.of(section).map(|(written, file)| (own.join(written), format!("{id}/{file}"))).collect()
        } else {
            vec![(own, id.to_string())]
        };
        for (above, target) in files {
            let mut file = EntryFile::default();
            for (path, bits) in self.placed.iter().filter(|(_, bits)| !bits.is_empty()) {
                let Some(list) = path.below(&above) else { continue };
                match list.without_part(TITLE_PART) {
                    Some(list) => file.groups.push((list.to_string().into(), joined(bits))),
                    None => file.texts.push((list.to_string().into(), print(&list_text(&joined(bits))))),
                }
            }
            for item in section.def.items.iter().filter(|item| item.is_required()) {
                if file.texts.iter().any(|(list, _)| *list == item.id.value) {
                    self.imported.filled += 1;
                } else {
                    self.imported.missing.push((section.def.heading(), target.clone()));
                }
            }
            self.imported.entries.insert(target, file);
        }
    }
}

/// Whether the boxes that leave an item blank are ticked.
fn is_released(item: &ItemDef, file: &EntryFile) -> bool {
    let ticked = |id: &ItemPath| file.values.iter().any(|(known, value)| *id == **known && value == "true");
    let boxes = item.released_by.iter().filter(|release| release.choice.is_none() && !release.ticks.is_empty());
    boxes.into_iter().any(|release| release.ticks.iter().all(|tick| ticked(&tick.value)))
}

/// An item list: where no line is marked as an item, all are but those that look like a heading.
fn list_text(text: &str) -> Text {
    const HEADS: [char; 8] = ['＜', '<', '【', '■', '◆', '●', '［', '〔'];
    if text.lines().any(|line| line.starts_with(BULLET)) {
        return lines::text(&text.lines().collect::<Vec<_>>());
    }
    let item =
        |line: &str| if line.trim_start().starts_with(HEADS) { line.to_owned() } else { format!("{BULLET}{line}") };
    let marked: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(item).collect();
    lines::text(&marked.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The source behind a label.
fn normal_after<'s>(source: &'s str, label: &str) -> Option<&'s str> {
    source.find(label).map(|at| &source[at + label.len()..])
}

/// A value as TOML; a number in plain digits.
fn value_of(item: &ItemDef, written: &str) -> String {
    let digits = normal(written);
    let is_number =
        item.kind == ItemKind::Number && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        digits.parse::<u32>().map_or_else(|_| string(&digits), |number| number.to_string())
    } else {
        string(written)
    }
}

/// A TOML string whose characters are themselves: what would be a mark, a term or a period is escaped.
pub(super) fn string(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '{' | '}' | '~') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    toml_edit::Value::from(escaped).to_string()
}
