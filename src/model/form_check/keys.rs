//! Keys of an item that mean something only for some kinds（種類ごとに働くキー）.

use crate::model::manifest::{ItemDef, ItemKind};

use ItemKind::{Band, Checks, Choice, Cluster, Date, Fixed, Group, Line, Number, Text};

/// A key, whether an item has it, and the kinds that heed it.
struct Key {
    name: &'static str,
    is_written: fn(&ItemDef) -> bool,
    kinds: &'static [ItemKind],
}

const WRITTEN: &[ItemKind] = &[Text, Line, Choice, Checks, Number, Date];

const KEYS: &[Key] = &[
    Key { name: "options", is_written: |item| item.options.is_some(), kinds: &[Choice, Checks] },
    Key { name: "options-columns", is_written: |item| item.options_columns.is_some(), kinds: &[Choice] },
    Key { name: "columns", is_written: |item| item.columns.is_some(), kinds: &[Checks] },
    Key { name: "text", is_written: |item| item.text.is_some(), kinds: &[Fixed] },
    Key { name: "title-item", is_written: |item| item.title_item.is_some(), kinds: &[Group] },
    Key { name: "ticks", is_written: |item| !item.ticks.is_empty(), kinds: &[Band] },
    Key { name: "inline", is_written: |item| item.inline, kinds: &[Number, Line, Date] },
    Key { name: "pattern", is_written: |item| item.pattern.is_some(), kinds: &[Number, Line, Date] },
    Key { name: "max-chars", is_written: |item| item.max_chars.is_some(), kinds: WRITTEN },
    Key { name: "from", is_written: |item| item.from.is_some(), kinds: WRITTEN },
    Key { name: "register", is_written: |item| item.register.is_some(), kinds: WRITTEN },
    Key { name: "repeats", is_written: |item| item.repeats.is_some(), kinds: &[Choice, Text, Line] },
    Key { name: "required", is_written: |item| item.required.is_some(), kinds: WRITTEN },
    Key {
        name: "items",
        is_written: |item| !item.items.is_empty(),
        kinds: &[Band, Cluster, Group, Text, Line, Choice, Checks, Number, Date, Fixed],
    },
];

/// The keys of an item that its kind does not heed, each with the kinds that do.
pub(super) fn idle(item: &ItemDef) -> impl Iterator<Item = (&'static str, String)> {
    let kind = item.kind;
    KEYS.iter().filter(move |key| !key.kinds.contains(&kind)).filter(|key| (key.is_written)(item)).map(|key| {
        let kinds: Vec<String> = key.kinds.iter().map(|kind| format!("kind = \"{}\"", kind.name())).collect();
        (key.name, kinds.join("、"))
    })
}
