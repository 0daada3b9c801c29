//! Front matter: what a file says about itself above its text.
//!
//! YAML between lines of `---`, or TOML between lines of `+++`. Read are `title`, `date`, `url`
//! (also `link`, `media`, `video`, `audio`, `source`), `authors` (also `author`, `by`), `language`
//! (also `lang`) and `kind` (also `type`); everything else is left alone, `speakers` too: who speaks
//! is what the text says.
//!
//! Front matter that does not parse is a warning. What can be told from its single lines
//! (`title: A: B` is the usual mistake) is taken all the same.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    read::{authors, lines::lines, single_line::single_line},
    transcript::{Date, Metadata, Warning},
};

/// What front matter says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// What is known about the document.
    pub metadata: Metadata,
    /// How many lines of the file it takes.
    pub lines: usize,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

/// The names of the fields that tell the authors.
const AUTHORS: [&str; 3] = ["authors", "author", "by"];

/// The values of fields by their names.
type Fields = BTreeMap<String, String>;

/// Whether a text opens with front matter.
#[must_use]
pub fn opens(head: &str) -> bool {
    let mut lines = head.lines();
    let fence = lines.next().map(str::trim_end);
    let first = lines.find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    match fence {
        Some("---") => first.is_some_and(|line| field(line, ':').is_some()),
        Some("+++") => first.is_some_and(|line| field(line, '=').is_some()),
        _ => false,
    }
}

/// Reads the front matter of a file, if it has one.
#[must_use]
pub fn read(source: &str) -> FrontMatter {
    let none = FrontMatter::default();
    if !opens(source) {
        return none;
    }
    let is_yaml = source.starts_with("---");
    let mut inside = lines(source).enumerate().skip(1);
    let is_fence = |line: &str| {
        if is_yaml { line == "---" || line == "..." } else { line == "+++" }
    };
    let Some((last, close)) = inside.find(|(_, line)| is_fence(line.text.trim_end())) else {
        let warning = Warning::at(1, "the front matter is never closed; it was read as text");
        return FrontMatter { warnings: vec![warning], ..none };
    };
    let start = lines(source).nth(1).map_or(0, |line| line.start);
    let written = &source[start..close.start];
    let mut warnings = Vec::new();
    let fields = if is_yaml { yaml(written) } else { toml(written) };
    let fields = fields.unwrap_or_else(|(line, reason)| {
        let name = if is_yaml { "YAML" } else { "TOML" };
        let message = format!("the front matter is no valid {name} ({reason})");
        warnings.push(Warning::at(line + 1, message));
        single_lines(written, if is_yaml { ':' } else { '=' })
    });
    let metadata = metadata(&fields, written, &mut warnings);
    FrontMatter { metadata, lines: last + 1, warnings }
}

fn metadata(fields: &Fields, written: &str, warnings: &mut Vec<Warning>) -> Metadata {
    let first = |names: &[&str]| names.iter().find_map(|name| fields.get(*name));
    let mut metadata = Metadata {
        title: first(&["title"]).map(|title| single_line(title)).filter(|it| !it.is_empty()),
        ..Metadata::default()
    };
    let is_url = |url: &&&String| url.contains("://");
    let urls = ["url", "link", "media", "video", "audio", "source", "source_url", "canonical_url"];
    let url = urls.iter().filter_map(|name| fields.get(*name)).collect::<Vec<_>>();
    metadata.url = url.iter().find(is_url).map(|url| single_line(url));
    let line = |name: &str| {
        let at = written.lines().position(|line| line.trim_start().starts_with(name));
        u32::try_from(at.unwrap_or_default() + 2).unwrap_or(u32::MAX)
    };
    for name in AUTHORS.iter().filter_map(|name| fields.get(*name)) {
        authors::add(&mut metadata.authors, name);
    }
    if let Some(date) = first(&["date"]).filter(|date| !date.is_empty()) {
        match date.parse::<Date>() {
            Ok(date) => metadata.date = Some(date),
            Err(message) => warnings.push(Warning::at(line("date"), message)),
        }
    }
    if let Some(name) = first(&["language", "lang"]) {
        metadata.language = language(name);
        if metadata.language.is_none() {
            let message = format!("`{name}` is no code of a language: use one such as `en`");
            warnings.push(Warning::at(line("lang"), message));
        }
    }
    if let Some(kind) = fields.get("kind") {
        match kind.parse() {
            Ok(kind) => metadata.kind = Some(kind),
            Err(message) => warnings.push(Warning::at(line("kind"), message)),
        }
    } else if let Some(kind) = fields.get("type") {
        // Site generators use `type` for purposes of their own.
        metadata.kind = kind.parse().ok();
    }
    metadata
}

/// The ISO 639-1 code of `en`, `en-US`, `EN_gb`.
#[must_use]
pub fn language(written: &str) -> Option<String> {
    let code = written.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

fn yaml(written: &str) -> Result<Fields, (u32, String)> {
    let parsed: Result<BTreeMap<String, Value>, _> = serde_saphyr::from_str(written);
    let values = parsed.map_err(|error| {
        let line = error.location().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
        (line.max(1), cause(&first_line(&error.to_string())))
    })?;
    Ok(values
        .into_iter()
        .filter_map(|(name, value)| {
            let name = name.to_lowercase();
            let is_list = AUTHORS.contains(&name.as_str());
            Some((name, if is_list { list(&value) } else { scalar(&value)? }))
        })
        .collect())
}

/// All scalars of a list, or of one that is none; of a table, its `name`.
fn list(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(list).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields.get("name").and_then(scalar).unwrap_or_default(),
        value => scalar(value).unwrap_or_default(),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().and_then(scalar),
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

fn toml(written: &str) -> Result<Fields, (u32, String)> {
    let table: toml::Table = written.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map_or(0, |span| span.start.min(written.len()));
        let line = memchr::memchr_iter(b'\n', &written.as_bytes()[..before]).count() + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), first_line(error.message()))
    })?;
    let string = |value: &toml::Value| match value {
        toml::Value::String(string) => Some(string.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        _ => None,
    };
    let list = |value: &toml::Value| match value {
        toml::Value::Array(values) => {
            values.iter().filter_map(string).collect::<Vec<_>>().join("; ")
        }
        value => string(value).unwrap_or_default(),
    };
    Ok(table
        .iter()
        .filter_map(|(name, value)| {
            let name = name.to_lowercase();
            let is_list = AUTHORS.contains(&name.as_str());
            Some((name, if is_list { list(value) } else { string(value)? }))
        })
        .collect())
}

/// What a message of the YAML parser says, without its place and its advice to programmers.
fn cause(message: &str) -> String {
    let without_place = message.strip_prefix("error: line ").and_then(|rest| rest.split_once(": "));
    let cause = without_place.map_or(message, |(_, cause)| cause);
    cause.split(", set ").next().unwrap_or(cause).to_owned()
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The fields of lines such as `title: A: B`, whatever stands around them.
fn single_lines(written: &str, mark: char) -> Fields {
    let fields = written.lines().filter_map(|line| field(line, mark));
    let unquoted = |value: &str| value.trim().trim_matches(['"', '\'']).to_owned();
    fields.map(|(name, value)| (name.to_lowercase(), unquoted(value))).collect()
}

fn field(line: &str, mark: char) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(mark)?;
    let name = name.trim_end();
    let is_key = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    let value_is_parted = mark == '=' || value.is_empty() || value.starts_with([' ', '\t', '\r']);
    (!name.is_empty() && name.chars().all(is_key) && value_is_parted).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Kind;

    #[test]
    fn yaml_front_matter_is_read() {
        let source = "---\ntitle: \"A: talk\"\nauthors: [Ana King, {name: Bo Low}]\nauthor: Ana King\ndate: 2018-12-11\ntags:\n  - x\nmedia: https://x.org/39\nlanguage: en-GB\nkind: review\n---\ntext";
        let front = read(source);
        assert_eq!(
            front.metadata,
            Metadata {
                title: Some("A: talk".into()),
                authors: vec!["Ana King".into(), "Bo Low".into()],
                date: "2018-12-11".parse().ok(),
                url: Some("https://x.org/39".into()),
                kind: Some(Kind::Review),
                language: Some("en".into()),
            }
        );
        assert_eq!((front.lines, front.warnings), (11, vec![]));
    }

    #[test]
    fn toml_front_matter_is_read() {
        let front = read(
            "+++\ntitle = \"A talk\"\nauthor = [\"Ana King\"]\ndate = 2018-12-11T10:00:00Z\n+++\n",
        );
        assert_eq!(front.metadata.title, Some("A talk".into()));
        assert_eq!(front.metadata.date, "2018-12-11".parse().ok());
        assert_eq!(front.metadata.authors, ["Ana King"]);
        assert_eq!((front.lines, front.warnings), (5, vec![]));
    }

    #[test]
    fn broken_front_matter_is_a_warning_and_its_plain_lines_are_taken() {
        let front = read("---\ntitle: A: B\ndate: 2018\n---\n");
        assert_eq!(front.metadata.title, Some("A: B".into()));
        assert_eq!(front.metadata.date, "2018".parse().ok());
        assert_eq!(front.lines, 4);
        let message =
            "the front matter is no valid YAML (mapping values are not allowed in this context)";
        assert_eq!(front.warnings, [Warning::at(2, message)]);
        let front = read("---\ntitle: A\ntitle: B\n---\n");
        let message = "the front matter is no valid YAML (duplicate mapping key: title)";
        assert_eq!(front.warnings, [Warning::at(3, message)]);
        let front = read("+++\ntitle = \"A\"\nx = = y\n+++\n");
        assert_eq!((front.metadata.title, front.warnings[0].line), (Some("A".into()), Some(3)));
    }

    #[test]
    fn a_date_that_is_none_is_a_warning_with_its_line() {
        let front = read("---\ntitle: A\ndate: last May\n---\n");
        assert_eq!(front.metadata.date, None);
        assert_eq!(front.warnings[0].line, Some(3));
    }

    #[test]
    fn a_title_is_one_line_without_control_characters() {
        let front = read("---\ntitle: |\n  A\n   talk\n---\n");
        assert_eq!(front.metadata.title, Some("A talk".into()));
        let front = read("---\ntitle: \"A\\e[31m \\n talk\"\n---\n");
        assert_eq!(front.metadata.title, Some("A [31m talk".into()));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(read("---\n\nSome prose.\n\n---\n"), FrontMatter::default());
        assert_eq!(read("---\ntitle: A\n\nprose").lines, 0);
    }
}
