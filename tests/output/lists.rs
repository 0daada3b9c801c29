//! Lists of hits: their pages, orders and counts, what they fold, and concordances.

use std::collections::BTreeSet;

use serde_json::Value;

use super::program::{corpus, indexed, json_hits, run, twice};

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
