//! A composed document as items.

use std::sync::Arc;

use super::item::{Item, Line, escaped, inline, listed_path};
use crate::document::tree::{
    Block, Document, Flow, FlowArrowKind, Grid, GridRow, MarkLook, MarkShow, MarkStyle, Meta, Part, PlannedZone,
    RichBlock, Row, Run, Section, Tick,
};
use crate::model::ItemPath;
use crate::source::ByPlace;

/// Path of the item that holds what is true of a whole document.
pub(super) const HEAD: &str = "文書";

/// Everything that a reader sees of a document, item by item in print order（刷り上がり）; the head first.
///
/// Of figures it takes their words: all that is drawn follows from them.
#[must_use]
pub fn document_items(document: &Document) -> Vec<Arc<Item>> {
    let mut first = Item { path: ItemPath::of(HEAD), lines: head(&document.meta).into(), at: 0 };
    let sections: Vec<Arc<SectionItems>> = document.sections.iter().map(of_section).collect();
    // How marks look is seen where one is shown.
    if sections.iter().any(|section| section.marked) {
        let MarkStyle { inserted, deleted, compared: _ } = &document.meta.marks;
        let looks = format!("追記 {}、削除 {}", look(inserted), look(deleted));
        first.lines.push(Line::new("印の見せ方", escaped(&looks)));
    }
    let items = sections.iter().flat_map(|section| &section.items).cloned();
    std::iter::once(Arc::new(first)).chain(items).collect()
}

/// What a reader sees of a section.
#[derive(Debug)]
struct SectionItems {
    items: Vec<Arc<Item>>,
    /// Whether a mark is shown in it.
    marked: bool,
}

fn of_section(section: &Arc<Section>) -> Arc<SectionItems> {
    // What nobody else holds was made for this document alone.
    if Arc::strong_count(section) == 1 { Arc::new(read_off(section)) } else { remembered(&ByPlace(section.clone())).1 }
}

fn read_off(section: &Section) -> SectionItems {
    let mut items = Items { found: Vec::new(), marked: false };
    items.section(section);
    SectionItems { items: items.found, marked: items.marked }
}

#[comemo::memoize]
fn remembered(section: &ByPlace<Section>) -> (ByPlace<Section>, Arc<SectionItems>) {
    (section.clone(), Arc::new(read_off(&section.0)))
}

/// The word that stands for a setting in data.
fn word(setting: &impl serde::Serialize) -> String {
    match serde_json::to_value(setting) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("{other:?}"),
    }
}

/// A look by the primitives that it has: `weight=bold face=gothic`.
fn look(look: &MarkLook) -> String {
    let Ok(serde_json::Value::Object(parts)) = serde_json::to_value(look) else { return String::new() };
    let parts = parts.into_iter().filter_map(|(name, value)| match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => None,
        serde_json::Value::String(word) if word == "none" || word == "regular" => None,
        serde_json::Value::Bool(true) => Some(name),
        serde_json::Value::String(word) => Some(format!("{name}={word}")),
        other => Some(format!("{name}={other}")),
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn head(meta: &Meta) -> Vec<Line> {
    let mut lines = vec![Line::new("題名", escaped(&meta.title))];
    lines.extend(meta.title_lines.iter().map(|line| Line::new("表題", escaped(line))));
    for (name, text) in [
        ("発行者", &meta.author),
        ("説明", &meta.description),
        ("言語", &meta.lang),
        ("フッター", &meta.footer),
        ("フッターの左", &meta.footer_left),
        ("ヘッダーの右", &meta.header_right),
        ("続きの表示", &meta.continued),
    ] {
        lines.push(Line::new(name, escaped(text)));
    }
    if !meta.version.is_empty() {
        lines.push(Line::new("版", escaped(&meta.version)));
    }
    lines.push(Line::new("書体", format!("{} {}pt", word(&meta.body), meta.size_pt)));
    lines.push(Line::new("用紙", word(&meta.paper)));
    lines
}

struct Items {
    found: Vec<Arc<Item>>,
    /// Whether a mark is shown anywhere.
    marked: bool,
}

impl Items {
    fn section(&mut self, section: &Section) {
        let path = &section.id;
        let page = if section.new_page { "改ページ" } else { "続けて" };
        self.add(path, Line::new("節", escaped(&section.heading)));
        self.add(path, Line::new("節の組み方", format!("{} {page}", word(&section.layout))));
        if !section.note.is_empty() {
            self.add(path, Line::new("注記", escaped(&section.note)));
        }
        for block in &section.blocks {
            self.block(path, block);
        }
    }

    /// Adds a line to the item at a path; to a new one, where another stands between.
    fn add(&mut self, path: &ItemPath, line: Line) {
        match self.found.last_mut() {
            Some(item) if item.path == *path => Arc::make_mut(item).lines.push(line),
            _ => self.found.push(Arc::new(Item { path: path.clone(), lines: vec![line].into(), at: 0 })),
        }
    }

    fn runs(&mut self, runs: &[Run]) -> String {
        let text = inline(runs);
        self.marked |= text.contains("{++") || text.contains("{--");
        text
    }

    fn block(&mut self, section: &ItemPath, block: &Block) {
        match block {
            Block::Band { level, label, important, ticks, path } => {
                let is_record = !path.is_nowhere();
                let path = if is_record { path } else { section };
                // A record's number follows from its place.
                let label = if is_record { unnumbered(label) } else { label.clone() };
                let text = self.runs(&label);
                self.add(path, Line::new(format!("見出し行 {level}"), format!("{text}{}", star(*important))));
                self.ticks(path, "見出し行", ticks, 1);
            }
            Block::Rows { rows } => rows.iter().for_each(|row| self.row(row)),
            Block::Rich { blocks } => self.rich(section, "", blocks),
            Block::Heading { level, runs } => {
                let text = self.runs(runs);
                self.add(section, Line::new(format!("見出し {level}"), text));
            }
            Block::Line { role, runs } => {
                let text = self.runs(runs);
                self.add(section, Line::new(format!("一行 {}", word(role)), text));
            }
            Block::Flow(flow) => self.flow(&flow.path, flow),
            Block::Records { title, columns, items, path, titled } => {
                let title = self.runs(title);
                let name = if *titled { "一覧の題" } else { "記録 題" };
                self.add(path, Line::new(name, title));
                self.add(path, Line::new("段", columns.to_string()));
                for item in items {
                    let text = self.runs(item);
                    self.add(path, Line::new("記録", text));
                }
            }
            Block::Grid(grid) => self.grid(section, grid),
        }
    }

    fn row(&mut self, row: &Row) {
        self.row_at(&row.path, "", row);
    }

    /// A row's label and cell; `lead` stands before each name, for rows inside of cells.
    fn row_at(&mut self, path: &ItemPath, lead: &str, row: &Row) {
        let label = self.runs(&row.label);
        let cluster = if row.cluster.is_empty() { String::new() } else { format!(" 〔{}〕", escaped(&row.cluster)) };
        let text = format!("{label}{}{cluster}", star(row.important));
        self.add(path, Line::new(format!("{lead}項目 {}", row.depth), text));
        for part in &row.cell {
            self.part(path, lead, part);
        }
    }

    fn part(&mut self, path: &ItemPath, lead: &str, part: &Part) {
        match part {
            Part::Rich { blocks } => self.rich(path, lead, blocks),
            Part::Line { runs } => {
                let text = self.runs(runs);
                self.add(path, Line::new(format!("行{}", tail(lead)), text));
            }
            Part::Choice { value, options, columns, count } => {
                let (value, count) = (self.runs(value), self.runs(count));
                self.add(path, Line::new(format!("選択{}", tail(lead)), value));
                let options: Vec<String> = options.iter().map(|option| escaped(option)).collect();
                self.add(path, Line::new(format!("{lead}選択肢 {columns}"), options.join(" | ")));
                if !count.is_empty() {
                    self.add(path, Line::new(format!("件数{}", tail(lead)), count));
                }
            }
            Part::Checks { options, columns } => self.ticks(path, lead, options, *columns),
            Part::Rows { rows } => rows.iter().for_each(|row| self.row_at(path, &format!("{lead}行中"), row)),
            Part::Band { label } => {
                let text = self.runs(label);
                self.add(path, Line::new(format!("{lead}見出し行"), text));
            }
            Part::Flow(flow) => self.flow(path, flow),
        }
    }

    fn ticks(&mut self, path: &ItemPath, lead: &str, ticks: &[Tick], columns: u8) {
        for (number, tick) in ticks.iter().enumerate() {
            let number = number + 1;
            self.add(path, Line::new(format!("{lead}欄 {number} {columns}"), escaped(&tick.label)));
            let text = tick.text.as_ref().map(|text| self.runs(text));
            let count = self.runs(&tick.count);
            let bare = text.is_none() && count.is_empty();
            if tick.on || !bare || tick.mark.is_some() {
                let on = if tick.on { "○" } else { "　" };
                let on = match tick.mark.as_ref().map(|mark| mark.show) {
                    Some(MarkShow::Ins) => format!("{{++{on}++}}"),
                    Some(MarkShow::Del) => format!("{{--{on}--}}"),
                    // An empty box whose mark is not shown is an empty box.
                    Some(MarkShow::None) | None if bare && !tick.on => continue,
                    Some(MarkShow::None) | None => on.to_owned(),
                };
                self.marked |= on.starts_with('{');
                let text = text.map_or_else(String::new, |text| format!("（{text}）"));
                self.add(path, Line::new(format!("記入 {number}{}", tail(lead)), format!("[{on}]{text}{count}")));
            }
        }
    }

    fn rich(&mut self, path: &ItemPath, lead: &str, blocks: &[RichBlock]) {
        for block in blocks {
            match block {
                RichBlock::Paragraph { runs } => {
                    let text = self.runs(runs);
                    self.add(path, Line::new(format!("本文{}", tail(lead)), text));
                }
                RichBlock::List { ordered, start, items } => {
                    let kind = if *ordered { format!("番号 {start} から") } else { "中点".to_owned() };
                    self.add(path, Line::new(format!("{lead}箇条書き"), format!("{kind} {} 件", items.len())));
                    for item in items {
                        let (first, more) = item.split_at(item.len().min(1));
                        self.rich(path, &format!("{lead}・"), first);
                        self.rich(path, &format!("{lead}－"), more);
                    }
                }
                RichBlock::Table { header, rows } => {
                    self.add(path, Line::new(format!("{lead}表"), format!("{} 行 {} 列", rows.len(), header.len())));
                    for cells in std::iter::once(header).chain(rows) {
                        let cells: Vec<String> = cells.iter().map(|cell| self.runs(cell)).collect();
                        self.add(path, Line::new(format!("表の行{}", tail(lead)), cells.join(" | ")));
                    }
                }
                RichBlock::Framed { blocks, .. } => {
                    self.marked = true;
                    self.add(path, Line::new(format!("{lead}太枠"), format!("{{++{} 件++}}", blocks.len())));
                    self.rich(path, &format!("{lead}□"), blocks);
                }
            }
        }
    }

    fn flow(&mut self, path: &ItemPath, flow: &Flow) {
        let title = self.runs(&flow.title);
        self.add(path, Line::new("図", title));
        for planned in &flow.plan.boxes {
            let label = self.runs(&planned.runs);
            let id = escaped(&planned.id);
            let text = self.shown(planned.show, &format!("{id} {label}"));
            self.add(path, Line::new("枠", text));
            let zone = match planned.zone {
                PlannedZone::Internal => "内",
                PlannedZone::External => "外",
                PlannedZone::Person => "人",
            };
            let place = format!("{id} {zone} {}列 {}行", planned.column, planned.row);
            self.add(path, Line::new("場所", place));
            if !planned.host.is_empty() {
                self.add(path, Line::new("囲み", format!("{id} {}", escaped(&planned.host))));
            }
        }
        for arrow in &flow.plan.arrows {
            let via = if arrow.via.is_empty() { String::new() } else { format!(" → {}", escaped(&arrow.via)) };
            let kind = match arrow.kind {
                FlowArrowKind::Link => "連携",
                FlowArrowKind::Collect => "収集",
                FlowArrowKind::Other => "その他",
            };
            let (step, from, to) = (escaped(&arrow.step), escaped(&arrow.from), escaped(&arrow.to));
            let text = self.shown(arrow.show, &format!("{step} {from}{via} → {to} {kind}"));
            self.add(path, Line::new("矢印", text));
        }
        for entry in &flow.legend {
            let kind = entry.kind.map(|kind| word(&kind)).or(entry.zone.map(|zone| word(&zone))).unwrap_or_default();
            self.add(path, Line::new(format!("凡例 {kind}"), escaped(&entry.label)));
        }
    }

    /// A text inside of its mark, where that is shown.
    fn shown(&mut self, show: Option<MarkShow>, text: &str) -> String {
        match show {
            Some(MarkShow::Ins) => {
                self.marked = true;
                format!("{{++{text}++}}")
            }
            Some(MarkShow::Del) => {
                self.marked = true;
                format!("{{--{text}--}}")
            }
            Some(MarkShow::None) | None => text.to_owned(),
        }
    }

    fn grid(&mut self, section: &ItemPath, grid: &Grid) {
        let header: Vec<String> = grid.header.iter().map(|label| escaped(label)).collect();
        self.add(section, Line::new("見出しの列", header.join(" | ")));
        let widths: Vec<String> = grid.widths.iter().map(ToString::to_string).collect();
        self.add(section, Line::new("列の幅", widths.join(" ")));
        for row in &grid.rows {
            let (item, marked) = of_grid_row(row, section);
            self.marked |= marked;
            match self.found.last_mut() {
                // One whose cells are all covered by those above shows nothing of its own.
                _ if item.lines.is_empty() => {}
                Some(last) if last.path == item.path => {
                    Arc::make_mut(last).lines.extend(item.lines.iter().cloned());
                }
                _ => self.found.push(item),
            }
        }
    }

    fn grid_row(&mut self, row: &GridRow) {
        let nowhere = ItemPath::nowhere();
        let sticky = if row.sticky { "次の行と同じ頁" } else { "" };
        if let Some(heading) = &row.heading {
            let text = self.runs(heading);
            return self.add(&nowhere, Line::new("見出し行", format!("{text}{sticky}")));
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let centre = if cell.centre { "中央" } else { "左" };
            let set = format!("{} {centre} {sticky}", cell.rowspan);
            self.add(&nowhere, Line::new(format!("列 {}", column + 1), set.trim_end()));
            for part in &cell.parts {
                self.part(&nowhere, "", part);
            }
        }
    }
}

/// What a reader sees of a row of a list, and whether a mark is shown in it; all of it stands at one path.
type RowItem = (Arc<Item>, bool);

fn of_grid_row(row: &Arc<GridRow>, list: &ItemPath) -> RowItem {
    // What nobody else holds was made for this document alone.
    if Arc::strong_count(row) == 1 { read_row(row, list) } else { remembered_row(&ByPlace(row.clone()), list).1 }
}

fn read_row(row: &GridRow, list: &ItemPath) -> RowItem {
    let mut items = Items { found: Vec::new(), marked: false };
    items.grid_row(row);
    let found = items.found.into_iter().map(Arc::unwrap_or_clone);
    let lines: Vec<Line> = found.flat_map(|item| item.lines.into_inner()).collect();
    let path = listed_path(list, &of_row(row));
    (Arc::new(Item { path, lines: lines.into(), at: 0 }), items.marked)
}

#[comemo::memoize]
fn remembered_row(row: &ByPlace<GridRow>, list: &ItemPath) -> (ByPlace<GridRow>, RowItem) {
    (row.clone(), read_row(&row.0, list))
}

/// What a row of a table is known by: what it tells of; else its words.
fn of_row(row: &GridRow) -> String {
    if !row.path.is_nowhere() {
        return row.path.to_string();
    }
    let first = row.cells.iter().flat_map(|cell| &cell.parts).find_map(|part| match part {
        Part::Line { runs } => Some(runs),
        Part::Rich { .. }
        | Part::Choice { .. }
        | Part::Checks { .. }
        | Part::Rows { .. }
        | Part::Band { .. }
        | Part::Flow(_) => None,
    });
    let words: String = row.heading.as_ref().or(first).into_iter().flatten().map(|run| run.text.as_str()).collect();
    words.replace('\n', " ")
}

/// What stands after a name for a thing inside of another.
fn tail(lead: &str) -> String {
    if lead.is_empty() { String::new() } else { format!(" {lead}") }
}

fn star(important: bool) -> &'static str {
    if important { " ※" } else { "" }
}

/// A record's label without its number: `システム2` and the title after it.
fn unnumbered(label: &[Run]) -> Vec<Run> {
    let mut label = label.to_vec();
    if let Some(first) = label.first_mut() {
        first.text = first.text.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned();
    }
    label
}
