//! SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"): what code hosts show beside the
//! lines of a change.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Report, line, summary};
use crate::{
    check::{Checked, Outcome, Policy},
    quote::Verdict,
};

/// Writes the quotations that do not pass, those that are accepted as suppressed.
///
/// # Errors
/// When it cannot be written.
pub fn report(out: &mut dyn Write, reports: &[Report], policy: &Policy) -> io::Result<()> {
    let results: Vec<Value> = reports
        .iter()
        .flat_map(|report| {
            let findings = report.findings.iter();
            findings.filter_map(|checked| result(&report.file, checked, policy.outcome(checked)))
        })
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "pullquote",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            }},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// A rule for each verdict that may fail.
fn rules() -> Vec<Value> {
    let rule = |(verdict, text): &(Verdict, &str)| json!({ "id": verdict.as_str(), "shortDescription": { "text": text } });
    RULES.iter().map(rule).collect()
}

const RULES: &[(Verdict, &str)] = &[
    (Verdict::Altered, "The source has something like the quotation, in other words."),
    (Verdict::Reordered, "The parts of the quotation stand in another order in the source."),
    (Verdict::Spliced, "The parts of the quotation are from several places."),
    (Verdict::Misattributed, "Someone else said the words."),
    (Verdict::Absent, "Nothing like the quotation was found."),
    (Verdict::Unchecked, "The quotation is too short or too long to tell."),
];

fn result(file: &str, checked: &Checked, outcome: Outcome) -> Option<Value> {
    let level = match outcome {
        Outcome::Passes | Outcome::Allowed => return None,
        Outcome::Unchecked => "note",
        Outcome::Accepted | Outcome::Fails => "error",
    };
    let region = line(checked).map(|line| json!({ "startLine": line }));
    let mut location = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(region) = region {
        location["region"] = region;
    }
    let mut result = json!({
        "ruleId": checked.verdict.as_str(),
        "level": level,
        "message": { "text": summary(checked) },
        "locations": [{ "physicalLocation": location }],
    });
    if outcome == Outcome::Accepted {
        result["suppressions"] = json!([{ "kind": "inSource" }]);
    }
    Some(result)
}

/// A path as the reference that SARIF wants (RFC 3986): what is not plain is percent-encoded.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("a b/50%–é.md"), "a%20b/50%25%E2%80%93%C3%A9.md");
    }
}
