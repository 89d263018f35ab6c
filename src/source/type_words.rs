//! Types of TOML values in the words of both languages.

use serde_json::Value;
use toml::de::DeValue;

use crate::diagnostic::Phrase;

/// What a schema asks for; none where it is nothing that could be written.
pub(super) fn expected(schema: &Value) -> Option<Phrase> {
    let name = match schema.get("type") {
        Some(Value::String(one)) => one.as_str(),
        Some(Value::Array(several)) => several.first().and_then(Value::as_str).unwrap_or_default(),
        _ => "",
    };
    Some(match name {
        "string" => Phrase::said("文字列（\"…\"）", "a string (\"…\")"),
        "integer" => Phrase::said("整数", "a whole number"),
        "number" => Phrase::said("数", "a number"),
        "boolean" => Phrase::said("true か false", "true or false"),
        "array" => Phrase::said("一覧（[ … ]）", "a list ([ … ])"),
        "object" => Phrase::said("表（{ … } か [見出し]）", "a table ({ … } or [heading])"),
        "null" => return None,
        _ => Phrase::said("値", "a value"),
    })
}

/// What was written.
pub(super) fn found_name(value: &DeValue<'_>) -> Phrase {
    match value {
        DeValue::String(_) => Phrase::said("文字列", "a string"),
        DeValue::Integer(_) => Phrase::said("整数", "a whole number"),
        DeValue::Float(_) => Phrase::said("小数", "a fraction"),
        DeValue::Boolean(_) => Phrase::Same("true/false".to_owned()),
        DeValue::Datetime(_) => Phrase::said("日時", "a date and time"),
        DeValue::Array(_) => Phrase::said("一覧", "a list"),
        DeValue::Table(_) => Phrase::said("表", "a table"),
    }
}
