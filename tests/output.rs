//! What the binary writes: every format, every order, links, colours, and what `show` opens.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// Words that are dangerous in one format or the other. Control characters: ESC, DEL, CSI, and a
/// mark that turns the direction of text around.
const HOSTILE: &str = "=cmd|' /C calc'!A0, said the <b>gull</b> \u{1b}[31m *to* [me](javascript:x) \
                       \u{7f}\u{9b}2J & \"you\" `code` \u{202e}txt\ttab";

#[test]
fn every_line_of_json_is_as_the_schema_says() {
    let place = indexed(&twice(corpus()));
    fs::write(
        place.path().join("essay.md"),
        "The Archivist says: “The label is a rumor, the tape is the witness.” And “too short”.\n",
    )
    .unwrap();
    fs::write(place.path().join("queries.txt"), "tape\nkind:novel\nlabel rumour\ntaape\n").unwrap();
    let schema: Value = serde_json::from_str(include_str!("../docs/schema.json")).unwrap();
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

#[test]
fn an_address_names_the_same_passage_when_other_documents_come_and_go() {
    let place = indexed(&corpus());
    let hits =
        |place: &Path| json_hits(place, &["search", "-n", "100", "--", "-zebra", "path:room.vtt"]);
    let before = hits(place.path());
    assert!(before.len() > 20);
    fs::remove_file(place.path().join("corpus/cutting-a-documentary.srt")).unwrap();
    fs::write(place.path().join("corpus/a.txt"), "Host: Something new.\n").unwrap();
    run(place.path(), &["index", "--quiet"]);
    for hit in &before {
        let address = hit["address"].as_str().unwrap();
        let shown = json_hits(place.path(), &["show", address, "-C0"]);
        assert_eq!(shown.len(), 1);
        for field in ["address", "passage", "text", "place", "source", "speaker"] {
            assert_eq!(shown[0][field], hit[field], "{address}");
        }
    }
}

#[test]
fn the_place_of_every_hit_can_be_shown_as_each_format_writes_it() {
    let place = indexed(&corpus());
    let hits = json_hits(place.path(), &["search", "tape OR sound", "-n", "50"]);
    let text = run(place.path(), &["search", "tape OR sound", "-n", "50"]);
    let vimgrep =
        run(place.path(), &["search", "tape OR sound", "-n", "50", "--format", "vimgrep"]);
    for hit in &hits {
        let address = hit["address"].as_str().unwrap();
        let (path, spot) = address.split_once('#').unwrap();
        let line = &hit["matches"][0]["place"]["line"];
        let written = format!("{path}:{line}#{spot}");
        assert!(text.contains(&written), "{written}");
        assert_eq!(json_hits(place.path(), &["show", &written])[0]["address"], hit["address"]);
        let column = &hit["matches"][0]["place"]["column"];
        let found = format!("{path}:{line}:{column}");
        assert!(vimgrep.contains(&found), "{found}");
        assert_eq!(json_hits(place.path(), &["show", &found])[0]["address"], hit["address"]);
    }
}

#[test]
fn pages_of_every_order_join_up() {
    let place = indexed(&corpus());
    let total: usize = run(place.path(), &["search", "the", "--count"]).trim().parse().unwrap();
    assert!(total > 30);
    for order in ["relevance", "time", "date", "path"] {
        let page = |limit: &str, offset: &str| {
            let arguments =
                ["search", "the", "--sort", order, "-n", limit, "--offset", offset, "--json"];
            json_hits(place.path(), &arguments)
        };
        let all = page("1000", "0");
        assert_eq!(all.len(), total, "{order}");
        let mut pages = Vec::new();
        for offset in (0..total).step_by(17) {
            pages.extend(page("17", &offset.to_string()));
        }
        assert_eq!(pages, all, "{order}");
        let key = |hit: &Value| match order {
            "time" => format!("{:020}", hit["place"]["time_start_ms"].as_u64().unwrap_or(u64::MAX)),
            "date" => hit["source"]["date"].as_str().unwrap_or("9999-99-99").to_owned(),
            "path" => hit["source"]["path"].to_string(),
            _ => String::new(),
        };
        let keys: Vec<String> = all.iter().map(key).collect();
        assert!(keys.is_sorted(), "{order}: {keys:?}");
    }
}

#[test]
fn counts_are_those_of_all_hits() {
    let place = indexed(&corpus());
    let hits = json_hits(place.path(), &["search", "the", "-n", "1000"]);
    let field = |by: &str, hit: &Value| match by {
        "speaker" => hit["speaker"].clone(),
        "source" => hit["source"]["path"].clone(),
        _ => hit["source"]["date"].as_str().map_or(Value::Null, |date| date[..4].into()),
    };
    for by in ["speaker", "source", "year"] {
        let written = run(place.path(), &["search", "the", "--count", "--by", by, "--json"]);
        let lines: Vec<Value> =
            written.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        let mut sum = 0;
        for line in lines.iter().filter(|line| line["type"] == "count") {
            let same = hits.iter().filter(|hit| field(by, hit) == line["value"]).count();
            assert_eq!(line["passages"], same, "{line}");
            sum += same;
        }
        assert_eq!(sum, hits.len(), "{by}");
        assert_eq!(lines.last().unwrap()["total"], hits.len());
    }
}

#[test]
fn case_and_accents_count_whatever_is_asked_for() {
    let place = indexed(&[
        ("corpus/a.txt", "Host: The reed is dry.\n\nGuest: Reed wrote it.\n"),
        ("corpus/b.txt", "Host: A résumé of the reed.\n\nGuest: We resume with Reed.\n"),
    ]);
    for (query, option, total) in [
        ("Reed", "--case", 2),
        ("reed", "--case", 2),
        ("résumé", "--accents", 1),
        ("reed -Reed", "--case", 2),
        ("reed", "--no-stem", 4),
    ] {
        let with = |extra: &[&'static str]| [&["search", query, option], extra].concat();
        let hits = json_hits(place.path(), &with(&[]));
        assert_eq!(hits.len(), total, "{query}: {hits:?}");
        let sorted = json_hits(place.path(), &with(&["--sort", "path"]));
        assert_eq!(sorted.len(), total, "{query}");
        let count = run(place.path(), &with(&["--count"]));
        assert_eq!(count, format!("{total}\n"), "{query}");
        let counts = run(place.path(), &with(&["--count", "--by", "speaker"]));
        assert!(counts.ends_with(&format!("{total}  in all\n")), "{query}: {counts}");
        let paths: BTreeSet<&str> =
            hits.iter().map(|hit| hit["source"]["path"].as_str().unwrap()).collect();
        let files = run(place.path(), &with(&["--files"]));
        assert_eq!(files.lines().collect::<BTreeSet<_>>(), paths, "{query}");
        for order in ["relevance", "left", "right"] {
            let lines = run(place.path(), &with(&["--concordance", "--sort", order]));
            assert_eq!(lines.lines().count(), total, "{query} {order}: {lines}");
        }
    }
}

#[test]
fn what_is_said_twice_is_folded_where_the_best_come_first_and_named_by_its_address() {
    let place = indexed(&twice(corpus()));
    let search = |extra: &[&str]| {
        json_hits(place.path(), &[&["search", "tape", "-n", "100"], extra].concat())
    };
    let total: usize = run(place.path(), &["search", "tape", "--count"]).trim().parse().unwrap();
    let folded = search(&[]);
    let alike: Vec<&Value> =
        folded.iter().filter_map(|hit| hit["alike"].as_array()).flatten().collect();
    assert!(!alike.is_empty());
    assert_eq!(folded.len() + alike.len(), total);
    for it in alike {
        let shown = json_hits(place.path(), &["show", it["address"].as_str().unwrap(), "-C0"]);
        assert_eq!(shown[0]["place"], it["place"], "{it}");
    }
    assert_eq!(search(&["--sort", "path"]).len(), total);
    assert_eq!(search(&["--no-fold"]).len(), total);
    let rows = run(place.path(), &["search", "tape", "-n", "100", "--format", "csv"]);
    assert_eq!(csv::Reader::from_reader(rows.as_bytes()).records().count(), total);
    for format in ["text", "markdown", "html"] {
        let written = run(place.path(), &["search", "tape", "-n", "100", "--format", format]);
        for hit in &folded {
            for it in hit["alike"].as_array().into_iter().flatten() {
                let (path, spot) = it["address"].as_str().unwrap().split_once('#').unwrap();
                assert!(written.contains(path), "{format}");
                assert!(written.contains(&format!("#{spot}")), "{format}");
            }
        }
    }
}

#[test]
fn a_concordance_is_sorted_by_its_sides_over_all_pages() {
    let place = indexed(&corpus());
    for order in ["left", "right"] {
        let page = |limit: &str, offset: &str| -> Vec<Value> {
            let arguments = ["search", "tape", "--concordance", "--sort", order, "-n", limit];
            let rest = ["--offset", offset, "--json"];
            let written = run(place.path(), &[&arguments[..], &rest[..]].concat());
            let lines = written.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
            lines.filter(|line| line["type"] == "line").collect()
        };
        let all = page("1000", "0");
        assert!(all.len() > 10);
        assert_eq!([page("7", "0"), page("1000", "7")].concat(), all);
        let side = |line: &Value| {
            let words = |text: &Value| text.as_str().unwrap().to_lowercase();
            if order == "right" {
                return words(&line["match"]);
            }
            let left = words(&line["left"]);
            let last = left.split_whitespace().next_back().unwrap_or_default().to_owned();
            last.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        };
        assert!(all.iter().map(side).is_sorted(), "{order}");
    }
}

#[test]
fn no_format_lets_a_document_speak_to_the_terminal() {
    let place = indexed(&[("corpus/hostile.txt", &format!("{HOSTILE}\n"))]);
    let raw = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    for (format, extra) in [
        ("text", "--color=never"),
        ("json", "--color=never"),
        ("markdown", "--color=never"),
        ("html", "--color=never"),
        ("vimgrep", "--color=never"),
        ("text", "--concordance"),
        ("json", "--concordance"),
        ("markdown", "--concordance"),
        ("html", "--concordance"),
    ] {
        let written = run(place.path(), &["search", "gull", "--format", format, extra]);
        assert!(written.contains("gull"), "{format}");
        assert!(!written.contains(raw), "{format}: {written:?}");
    }
    let html = run(place.path(), &["search", "gull", "--format", "html"]);
    assert!(html.contains("&lt;b&gt;<mark>gull</mark>&lt;/b&gt;"), "{html}");
    let markdown = run(place.path(), &["search", "gull", "--format", "markdown"]);
    assert!(markdown.contains(r"\<b\>**gull**\</b\>"), "{markdown}");
    assert!(markdown.contains(r"\[me\](javascript:x)"), "{markdown}");
}

#[test]
fn a_pipe_is_given_the_very_text() {
    let place = indexed(&[("corpus/hostile.txt", &format!("{HOSTILE}\n"))]);
    let json = json_hits(place.path(), &["search", "gull"]);
    assert_eq!(json[0]["text"], HOSTILE);
    let csv = run(place.path(), &["search", "gull", "--format", "csv"]);
    let cell = |csv: &str| {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let text = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
        reader.records().next().unwrap().unwrap()[text].to_owned()
    };
    assert_eq!(cell(&csv), HOSTILE);
    let safe = run(place.path(), &["search", "gull", "--format", "csv", "--spreadsheet"]);
    assert_eq!(cell(&safe), format!("'{HOSTILE}"));
    let tsv = run(place.path(), &["search", "gull", "--format", "tsv"]);
    assert_eq!(tsv.lines().count(), 2);
    let last = tsv.lines().nth(1).unwrap().split('\t').next_back().unwrap();
    assert_eq!(last.replace("\\t", "\t").replace("\\\\", "\\"), HOSTILE);
}

#[test]
fn links_and_colours_are_written_only_where_they_are_wanted() {
    let place = indexed(&[(
        "corpus/talk.md",
        "---\ntitle: A talk\nurl: https://youtu.be/a1?x=2\n---\n[00:01:05] Host: The gull walks.\n",
    )]);
    let with = |environment: &[(&str, &str)], extra: &[&str]| {
        let output = command(place.path(), &[&["search", "gull"], extra].concat())
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let (out, error) = (output.stdout, output.stderr);
        (String::from_utf8(out).unwrap(), String::from_utf8(error).unwrap())
    };
    let (plain, _) = with(&[("FORCE_HYPERLINK", "1"), ("TERM", "xterm-kitty")], &[]);
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let (linked, _) = with(&[("NO_COLOR", "1")], &["--hyperlink", "always"]);
    assert!(!linked.contains("\u{1b}["), "{linked:?}");
    assert!(
        linked.contains("\u{1b}]8;;https://youtu.be/a1?x=2&t=65\u{1b}\\00:01:05"),
        "{linked:?}"
    );
    assert!(
        linked.contains("/corpus/talk.md#5\u{1b}\\corpus/talk.md:5#t=65\u{1b}]8;;"),
        "{linked:?}"
    );
    let colors = [("PULLQUOTE_COLORS", "match=4:speaker=:hue=1")];
    let (colored, warning) = with(&colors, &["--color", "always"]);
    assert!(colored.contains("\u{1b}[4mgull\u{1b}[0m"), "{colored:?}");
    assert!(colored.contains(" Host "), "{colored:?}");
    assert!(warning.starts_with("warning: PULLQUOTE_COLORS: `hue=1` names no style"), "{warning}");
    let (json, _) = with(&colors, &["--color", "always", "--hyperlink", "always", "--json"]);
    assert!(!json.contains('\u{1b}'), "{json:?}");
}

#[test]
fn the_first_that_applies_decides_whether_there_are_colours() {
    let place = indexed(&[("corpus/talk.md", "The gull walks.\n")]);
    for (environment, color, is_colored) in [
        (&[][..], None, false),
        (&[("CLICOLOR_FORCE", "1")], None, true),
        (&[("CLICOLOR_FORCE", "")], None, false),
        (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], None, true),
        (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], Some("auto"), true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], None, false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], None, true),
        (&[("CLICOLOR_FORCE", "1")], Some("never"), false),
        (&[("NO_COLOR", "1"), ("TERM", "dumb")], Some("always"), true),
    ] {
        for command_line in ["search gull", "sources", "search gull --concordance"] {
            let mut arguments: Vec<&str> = command_line.split(' ').collect();
            arguments.extend(color.iter().flat_map(|color| ["--color", color]));
            let output = command(place.path(), &arguments)
                .envs(environment.iter().copied())
                .output()
                .unwrap();
            let has_codes = output.stdout.contains(&0x1b);
            assert_eq!(has_codes, is_colored, "{environment:?} {arguments:?}");
        }
    }
}

/// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_utf_8_is_given_back_byte_for_byte() {
    use std::os::unix::ffi::OsStrExt;

    let place = indexed(&[("corpus/plain.md", "The tern rests.\n")]);
    let name = b"corpus/caf\xe9.md";
    fs::write(place.path().join(OsStr::from_bytes(name)), "The gull walks.\n").unwrap();
    run(place.path(), &["index", "--quiet"]);
    let written = |arguments: &[&OsStr]| {
        let output = command(place.path(), arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let typed =
        |line: &str| -> Vec<u8> { written(&line.split(' ').map(OsStr::new).collect::<Vec<_>>()) };
    assert_eq!(typed("search gull --files"), [name, &b"\n"[..]].concat());
    assert_eq!(typed("search gull --files -0"), [name, &b"\0"[..]].concat());
    let matched = typed("search gull --format vimgrep");
    assert_eq!(matched, [name, &b":1:5:The gull walks.\n"[..]].concat());
    let place_of = |spot: &[u8]| [name, spot].concat();
    for spot in [&b"#p=1"[..], b":1", b""] {
        let spot = place_of(spot);
        let arguments = ["show", "--format", "vimgrep"].map(OsStr::new);
        let shown = written(&[&arguments[..], &[OsStr::from_bytes(&spot)]].concat());
        assert_eq!(shown, [name, &b":1:1:The gull walks.\n"[..]].concat());
    }
    let json = json_hits(place.path(), &["search", "gull"]);
    let address = json[0]["address"].as_str().unwrap().to_owned();
    assert_eq!(json_hits(place.path(), &["show", &address])[0]["address"], address.as_str());
    let linked = typed("search gull --hyperlink always");
    assert!(String::from_utf8(linked).unwrap().contains("/corpus/caf%E9.md#1"));
}

#[cfg(unix)]
mod opening {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const TALK: &str =
        "---\nurl: https://example.org/talk.mp3\n---\n\n[00:01:05] Host: The gull walks.\n";

    /// A folder with a program that writes its arguments to a file, one a line.
    fn with_program(place: &Path, name: &str) -> PathBuf {
        let folder = place.join("programs");
        fs::create_dir_all(&folder).unwrap();
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}/told'\n", place.display());
        fs::write(folder.join(name), script).unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        folder
    }

    fn told(place: &Path) -> Vec<String> {
        let told = fs::read_to_string(place.join("told")).unwrap();
        told.lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_editor_is_told_the_file_and_the_line() {
        let name = "corpus/a b; touch hacked.md";
        let place = indexed(&[(name, TALK)]);
        let programs = with_program(place.path(), "nano");
        let status = command(place.path(), &["show", "touch", "--open=editor"])
            .env("VISUAL", format!("{} --restricted", programs.join("nano").display()))
            .status()
            .unwrap();
        assert!(status.success());
        let file = place.path().canonicalize().unwrap().join(name);
        assert_eq!(told(place.path()), ["--restricted", "+5,18", &file.to_string_lossy()]);
        assert!(!place.path().join("hacked.md").exists());
    }

    #[test]
    fn a_recording_is_opened_at_its_second_by_the_system_or_by_the_players_own_arguments() {
        let place = indexed(&[("corpus/talk.md", TALK)]);
        let programs = with_program(place.path(), "xdg-open");
        with_program(place.path(), "player");
        let path = format!("{}:/usr/bin:/bin", programs.display());
        let open = |configuration: &Path| {
            command(place.path(), &["show", "talk.md", "--open"])
                .env("PATH", &path)
                .env("XDG_CONFIG_HOME", configuration)
                .status()
                .unwrap()
        };
        if cfg!(target_os = "linux") {
            assert!(open(&place.path().join("none")).success());
            assert_eq!(told(place.path()), ["https://example.org/talk.mp3#t=65"]);
        }
        let configuration = place.path().join("config");
        fs::create_dir_all(configuration.join("pullquote")).unwrap();
        fs::write(
            configuration.join("pullquote/config.toml"),
            "player = [\"player\", \"--start={seconds}\", \"{url}\"]\n",
        )
        .unwrap();
        assert!(open(&configuration).success());
        assert_eq!(told(place.path()), ["--start=65", "https://example.org/talk.mp3"]);
    }

    #[test]
    fn nothing_but_the_web_is_played_and_no_configuration_of_a_corpus_counts() {
        let talk = TALK.replace("https://example.org/talk.mp3", "file:///etc/passwd");
        let player = "player = [\"player\"]\n";
        let place = indexed(&[
            ("corpus/talk.md", talk.as_str()),
            ("config.toml", player),
            ("pullquote/config.toml", player),
            ("corpus/pullquote/config.toml", player),
        ]);
        let programs = with_program(place.path(), "player");
        let output = command(place.path(), &["show", "talk.md", "--open=player"])
            .env("PATH", programs)
            .env("XDG_CONFIG_HOME", ".")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        let expected =
            "error: `file:///etc/passwd` is no web address, and nothing else is opened\n";
        assert_eq!(error, expected);
        assert!(!place.path().join("told").exists());
    }
}

/// The files of the corpus that comes with pullquote.
fn corpus() -> Vec<(String, String)> {
    let files = fs::read_dir("corpus").unwrap().map(|file| file.unwrap().path());
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.to_str().unwrap().replace('\\', "/"), text)
    };
    files.map(named).collect()
}

/// The same files, and the first transcript once more under another name.
fn twice(mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    let (_, text) = files.iter().find(|(path, _)| path.ends_with("basement.md")).unwrap();
    files.push(("corpus/the-same-again.md".to_owned(), text.clone()));
    files
}

/// A folder with files and an index of its `corpus/`.
fn indexed(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = place.path().join(path.as_ref());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.as_ref()).unwrap();
    }
    run(place.path(), &["index", "--quiet"]);
    place
}

fn command(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.args(arguments).current_dir(folder);
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_HYPERLINK",
        "PULLQUOTE_COLORS",
        "PULLQUOTE_INDEX",
        "PULLQUOTE_HYPERLINK_FORMAT",
        "VISUAL",
        "EDITOR",
        "XDG_CONFIG_HOME",
        "HOME",
    ] {
        command.env_remove(name);
    }
    command
}

/// What a command writes. Nothing found is no failure.
fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> String {
    let output = command(folder, arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

fn json_hits(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let (first, rest) = arguments.split_first().unwrap();
    let json: &[&str] = if rest.contains(&"--json") { &[] } else { &["--json"] };
    let written = run(folder, &[&[*first], json, rest].concat());
    let lines = written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["type"] == "hit").collect()
}
