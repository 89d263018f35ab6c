//! Diagnostics in SARIF 2.1.0, for code hosts and review tools（`--format sarif`）.
//!
//! **Source**: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020: 3.14.17
//! columnKind, 3.27 result, 3.30 region, 3.35 suppression. Columns count UTF-16 code units from 1. Only the members that a reader needs
//! are written, so the object is put together here and not with a crate of all of SARIF's types.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Code, Diagnostics, Explanation, Lang, Position, ReportedDiagnostic, SourceMap, report};

/// What a path may not hold in a URI; `/` parts its folders.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A SARIF log of one run. Accepted warnings are results with a suppression that gives their reason.
#[must_use]
pub fn sarif(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang) -> String {
    let report = report(diagnostics, sources, lang);
    let all = report.diagnostics.iter().chain(report.accepted.iter().map(|accepted| &accepted.diagnostic));
    let mut codes: Vec<&str> = all.map(|found| found.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .filter_map(|id| Code::find(id))
        .map(|code| rule(code, diagnostics.explanation(code), lang))
        .collect();
    let mut results: Vec<Value> = report.diagnostics.iter().map(|found| result(found, &codes)).collect();
    results.extend(report.accepted.iter().map(|accepted| {
        let mut result = result(&accepted.diagnostic, &codes);
        result["suppressions"] = json!([{
            "kind": "inSource",
            "status": "accepted",
            "justification": accepted.reason,
            "location": location(&accepted.accepted_at.path, Some((accepted.accepted_at.start, accepted.accepted_at.end))),
        }]);
        result
    }));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": match lang { Lang::Ja => "ja-JP", Lang::En => "en-US" },
                "rules": rules,
            } },
            "language": match lang { Lang::Ja => "ja-JP", Lang::En => "en-US" },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("strings, numbers and lists");
    text.push('\n');
    text
}

fn rule(code: Code, explanation: Option<Explanation>, lang: Lang) -> Value {
    let what = explanation.map_or(code.wording(lang).title, |explanation| explanation.what.text(lang));
    let mut rule = json!({
        "id": code.id(),
        "shortDescription": { "text": what },
        "defaultConfiguration": { "level": code.severity().word() },
    });
    if let Some(explanation) = explanation {
        rule["fullDescription"] = json!({ "text": explanation.why.text(lang) });
        rule["help"] = json!({ "text": explanation.text(lang) });
    }
    rule
}

fn result(found: &ReportedDiagnostic, codes: &[&str]) -> Value {
    let text = [found.message.as_str(), found.help.as_str()].join("\n");
    let mut result = json!({
        "ruleId": found.code,
        "ruleIndex": codes.binary_search(&found.code.as_str()).expect("every code was collected"),
        "level": found.level.word(),
        "message": { "text": text.trim_end() },
    });
    if let Some(path) = &found.path {
        result["locations"] = json!([location(path, found.start.zip(found.end))]);
    }
    if !found.related.is_empty() {
        let places = found.related.iter().enumerate().map(|(id, place)| {
            let mut related = location(&place.path, Some((place.start, place.end)));
            related["id"] = json!(id);
            related["message"] = json!({ "text": place.label });
            related
        });
        result["relatedLocations"] = places.collect();
    }
    result
}

fn location(path: &str, region: Option<(Position, Position)>) -> Value {
    let uri = utf8_percent_encode(path, PATH).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some((start, end)) = region {
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column_utf16,
            "endLine": end.line,
            "endColumn": end.column_utf16,
        });
    }
    json!({ "physicalLocation": physical })
}
