//! A checklist's workbook as items.

use std::sync::Arc;

use super::document::HEAD;
use super::item::{Item, Line, escaped, inline};
use crate::document::{ChecklistBook, MeasureRow};
use crate::model::{ItemKey, ItemPath};

/// Everything that a reader sees of a checklist: its head, its sheets, its measures by their ids（刷り上がり）.
#[must_use]
pub fn book_items(book: &ChecklistBook) -> Vec<Arc<Item>> {
    let mut head = vec![Line::new("題名", escaped(&book.title)), Line::new("発行者", escaped(&book.author))];
    let pairs =
        book.head.iter().map(|(label, text)| Line::new("頭書き", format!("{} | {}", escaped(label), escaped(text))));
    head.extend(pairs);
    head.push(Line::new("凡例", escaped(&book.legend)));
    let mut items = vec![Item { path: ItemPath::of(HEAD), lines: head.into(), at: 0 }];
    for sheet in &book.sheets {
        let lines = vec![
            Line::new("シート", escaped(&sheet.name)),
            Line::new("題", escaped(&sheet.title)),
            Line::new("属する表", escaped(&sheet.belongs_to)),
        ];
        items.push(Item { path: ItemKey::checklist().part(&sheet.id).whole().clone(), lines: lines.into(), at: 0 });
        items.extend(sheet.rows.iter().map(measure));
    }
    items.into_iter().map(Arc::new).collect()
}

fn measure(row: &MeasureRow) -> Item {
    let mut lines = vec![Line::new("区分", row.category), Line::new("対策", inline(&row.text))];
    for (name, text) in [
        ("回答", row.answer),
        ("内容", row.detail.as_str()),
        ("根拠", row.rests_on.as_str()),
        ("変更", row.state),
        ("備考", row.note.as_str()),
        ("理由", row.reason.as_str()),
    ] {
        if !text.is_empty() {
            lines.push(Line::new(name, escaped(text)));
        }
    }
    Item { path: ItemKey::checklist().join(&row.id).whole().clone(), lines: lines.into(), at: 0 }
}
