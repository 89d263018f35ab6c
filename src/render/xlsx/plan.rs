//! The figures of a form as tables: boxes and arrows, which a picture does not give back.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::page::{self, HeadRows};
use super::style;
use crate::document::tree::{Block, Document, Flow, FlowArrowKind, Meta, Paper, PlannedZone};

/// Name of the sheet.
pub const PLAN_SHEET: &str = "図の内容";
/// Its header. A box fills the columns from 名称 to 囲み, an arrow those from 手順 on.
pub const PLAN_HEADER: [&str; 12] =
    ["図", "行", "記号", "名称", "区分", "列", "段", "囲み", "手順", "から", "まで", "経由・種類"];
/// Widths of its columns.
const WIDTHS: [f64; 12] = [40.0, 7.0, 14.0, 26.0, 10.0, 5.0, 5.0, 18.0, 9.0, 14.0, 14.0, 26.0];

/// What a zone is called in the table.
#[must_use]
pub fn zone_word(zone: PlannedZone) -> &'static str {
    match zone {
        PlannedZone::Internal => "内部",
        PlannedZone::External => "外部",
        PlannedZone::Person => "人",
    }
}

/// What an arrow's kind is called in the table.
#[must_use]
pub fn kind_word(kind: FlowArrowKind) -> &'static str {
    match kind {
        FlowArrowKind::Link => "データ連携",
        FlowArrowKind::Collect => "本人収集",
        FlowArrowKind::Other => "その他情報",
    }
}

/// Adds the sheet, if the document has figures.
pub(super) fn fill(workbook: &mut Workbook, document: &Document) -> Result<(), XlsxError> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let flows: Vec<&Flow> =
        blocks.filter_map(|block| if let Block::Flow(flow) = block { Some(flow) } else { None }).collect();
    if flows.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(PLAN_SHEET)?;
    // For the way back; no page of the form.
    sheet.set_hidden(true);
    for (column, (label, width)) in (0_u16..).zip(PLAN_HEADER.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, label, &style::header())?;
    }
    let mut row = 1;
    for flow in flows {
        for cells in rows(flow) {
            let mut texts = Vec::new();
            for (column, (text, width)) in (0_u16..).zip(cells.iter().zip(WIDTHS)) {
                sheet.write_string_with_format(row, column, text, &style::body())?;
                texts.push((text.as_str(), width));
            }
            sheet.set_row_height(row, style::row_height(&texts))?;
            row += 1;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u16::try_from(WIDTHS.len()).expect("a dozen") - 1;
    let meta = Meta { paper: Paper::A4Landscape, ..document.meta.clone() };
    page::set(sheet, &meta, Some(HeadRows { first: 0, last: 0 }), (row - 1, last))
}

/// A figure's boxes, then its arrows.
fn rows(flow: &Flow) -> Vec<[String; 12]> {
    let mut rows = Vec::new();
    let nothing = String::new;
    for node in &flow.plan.boxes {
        rows.push([
            flow.path.to_string(),
            "枠".to_owned(),
            node.id.to_string(),
            node.label.clone(),
            zone_word(node.zone).to_owned(),
            node.column.to_string(),
            node.row.to_string(),
            node.host.clone(),
            nothing(),
            nothing(),
            nothing(),
            nothing(),
        ]);
    }
    for arrow in &flow.plan.arrows {
        let kind = kind_word(arrow.kind);
        let via = if arrow.via.is_empty() { kind.to_owned() } else { format!("{}・{kind}", arrow.via) };
        let empty = || std::array::from_fn::<String, 6, _>(|_| String::new());
        let [a, b, c, d, e, f] = empty();
        rows.push([
            flow.path.to_string(),
            "矢印".to_owned(),
            a,
            b,
            c,
            d,
            e,
            f,
            arrow.step.clone(),
            arrow.from.to_string(),
            arrow.to.to_string(),
            via,
        ]);
    }
    rows
}
