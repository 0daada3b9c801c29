//! Every line of JSON against `docs/schema.json`.

use std::fs;

use serde_json::Value;

use super::program::{corpus, indexed, run, twice};

#[test]
fn every_line_of_json_is_as_the_schema_says() {
    let place = indexed(&twice(corpus()));
    fs::write(
        place.path().join("essay.md"),
        "The Archivist says: “The label is a rumor, the tape is the witness.” And “too short”.\n",
    )
    .unwrap();
    fs::write(place.path().join("queries.txt"), "tape\nkind:novel\nlabel rumour\ntaape\n").unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema.json")).unwrap();
    let mut types = Vec::new();
    for arguments in [
        "search tape -n 3 -C 1 --json",
        "search \"lined the\" -n 3 --json",
        "search submarine --json",
        "search taape --json",
        "search --explain --no-fold -n 50 --json tape OR \"lined the\" OR room",
        "search --explain --json tape NEAR/9 room -speaker:host kind:transcript",
        "search --queries queries.txt",
        "search --queries queries.txt --format csv",
        "search tape --count --json",
        "search tape --count --by speaker --json",
        "search tape --count --by year --json",
        "search tape --count --by source --json",
        "search tape --concordance --json",
        "show basement#p=4 --json",
        "show basement#p=4 --cite apa --json",
        "quote the.label.is.a.rumor --cite bibtex --json",
        "quote the.label.is.a.rumor --json",
        "quote --from queries.txt",
        "check essay.md --json",
        "read corpus/the-sound-of-a-room.vtt --json",
        "sources --json",
        "index --json",
        "doctor --corpus corpus --json",
    ] {
        let written = run(place.path(), &arguments.split(' ').collect::<Vec<_>>());
        assert!(!written.is_empty(), "{arguments}");
        for line in written.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            types.push(value["type"].as_str().unwrap_or("none").to_owned());
            let alternatives = schema["anyOf"].as_array().unwrap();
            let errors: Vec<String> = alternatives
                .iter()
                .filter_map(|it| invalid(&schema, it, &value, "").err())
                .collect();
            assert!(
                errors.len() < alternatives.len(),
                "{arguments}: {line}\n{}",
                errors.join("\n")
            );
        }
    }
    for wanted in [
        "begin",
        "understood",
        "hit",
        "end",
        "count",
        "line",
        "finding",
        "document",
        "turn",
        "source",
    ] {
        assert!(types.iter().any(|it| it == wanted), "no line of type {wanted} was looked at");
    }
}

/// The part of JSON Schema that docs/schema.json uses. An object that names its fields may have no
/// others here, so that the schema cannot fall behind.
fn invalid(schema: &Value, rule: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(name) = rule["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        assert!(schema["$defs"][name].is_object(), "there is no {name}");
        return invalid(schema, &schema["$defs"][name], value, at);
    }
    let wrong = |what: &str| Err(format!("{at}: {value} {what}"));
    if let Some(rules) = rule["anyOf"].as_array() {
        let any = rules.iter().any(|it| invalid(schema, it, value, at).is_ok());
        return if any { Ok(()) } else { wrong("is none of these") };
    }
    let types: Vec<&str> = match &rule["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().map(|name| name.as_str().unwrap()).collect(),
        _ => Vec::new(),
    };
    let is = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is not looked at"),
    };
    if !types.is_empty() && !types.iter().any(is) {
        return wrong("has another type");
    }
    if rule.get("const").is_some_and(|it| it != value) {
        return wrong("is another value");
    }
    if rule["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        return wrong("is none of the values");
    }
    if let (Some(least), Some(number)) = (rule["minimum"].as_f64(), value.as_f64())
        && number < least
    {
        return wrong("is too small");
    }
    for item in value.as_array().into_iter().flatten() {
        invalid(schema, &rule["items"], item, at)?;
    }
    let Some(fields) = value.as_object() else { return Ok(()) };
    for name in rule["required"].as_array().into_iter().flatten() {
        if !fields.contains_key(name.as_str().unwrap()) {
            return wrong(&format!("lacks {name}"));
        }
    }
    for (name, field) in fields {
        let rule = if rule["properties"][name].is_object() {
            &rule["properties"][name]
        } else {
            &rule["additionalProperties"]
        };
        if !rule.is_object() {
            return Err(format!("{at}: there is no field {name} in the schema"));
        }
        invalid(schema, rule, field, &format!("{at}/{name}"))?;
    }
    Ok(())
}
