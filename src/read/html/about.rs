//! What a page says about itself: its title, authors, date, language and address.
//!
//! Sources: the HTML Living Standard for `<title>`, `lang` and `rel=canonical`; the Open Graph
//! protocol for `og:title` and `article:published_time`; schema.org for `datePublished`.

use serde_json::Value;

use crate::{
    read::{
        authors, front_matter,
        html::tree::{Node, Tree},
        single_line::single_line,
    },
    transcript::{Date, Metadata},
};

/// What a page says about itself.
#[must_use]
pub fn about(tree: &Tree<'_>) -> Metadata {
    let nodes = &tree.nodes;
    let named =
        |name: &'static str| nodes.iter().enumerate().filter(move |(_, it)| it.name == name);
    let text = |at: usize| {
        let written = single_line(&text_of(tree, at));
        (!written.is_empty()).then_some(written)
    };
    let canonical = named("link").find(|(_, it)| tree.has(it, "rel", &["canonical"]));
    let url = canonical.and_then(|(_, it)| tree.attribute(it, "href"));
    let url = url.or_else(|| meta(tree, &["og:url"])).map(single_line);
    let lang = named("html").chain(named("body")).find_map(|(_, it)| tree.attribute(it, "lang"));
    Metadata {
        title: meta(tree, &["og:title"])
            .map(single_line)
            .filter(|it| !it.is_empty())
            .or_else(|| named("h1").find_map(|(at, _)| text(at)))
            .or_else(|| named("title").find_map(|(at, _)| text(at))),
        authors: authors_of(tree),
        date: date(tree),
        url: url.filter(|it| it.contains("://")),
        language: lang.and_then(front_matter::language),
        ..Metadata::default()
    }
}

fn authors_of(tree: &Tree<'_>) -> Vec<String> {
    const NAMES: &[&str] =
        &["author", "citation_author", "dc.creator", "dcterms.creator", "article:author"];
    let mut names = Vec::new();
    for written in metas(tree, NAMES) {
        authors::add(&mut names, &crate::read::xml::decoded(written));
    }
    names
}

fn date(tree: &Tree<'_>) -> Option<Date> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "datePublished",
        "date",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.issued",
    ];
    let written = |written: &str| written.parse::<Date>().ok();
    let structured = || tree.nodes.iter().enumerate().find_map(|(at, it)| published(tree, at, it));
    let times = || tree.nodes.iter().filter(|it| it.name == "time");
    let time = |it: &Node| tree.attribute(it, "datetime").and_then(written);
    let marked = || times().filter(|it| tree.attribute(it, "itemprop") == Some("datePublished"));
    meta(tree, NAMES)
        .and_then(written)
        .or_else(structured)
        .or_else(|| marked().find_map(time))
        .or_else(|| times().find_map(time))
}

/// The content of the first `<meta>` of one of some names.
fn meta<'t>(tree: &'t Tree<'_>, names: &'t [&str]) -> Option<&'t str> {
    metas(tree, names).next()
}

/// The contents of every `<meta>` of one of some names.
fn metas<'t>(tree: &'t Tree<'_>, names: &'t [&str]) -> impl Iterator<Item = &'t str> {
    let metas = tree.nodes.iter().filter(|node| node.name == "meta");
    metas.filter_map(|node| {
        let keys = ["property", "name", "itemprop"].iter();
        let mut keys = keys.filter_map(|key| tree.attribute(node, key));
        let is_named = keys.any(|key| names.iter().any(|name| name.eq_ignore_ascii_case(key)));
        tree.attribute(node, "content").filter(|_| is_named)
    })
}

/// The date in a script of JSON-LD.
fn published(tree: &Tree<'_>, at: usize, node: &Node) -> Option<Date> {
    let is_data =
        node.name == "script" && tree.attribute(node, "type") == Some("application/ld+json");
    if !is_data {
        return None;
    }
    let value: Value = serde_json::from_str(&text_of(tree, at)).ok()?;
    find_date(&value)
}

fn find_date(value: &Value) -> Option<Date> {
    match value {
        Value::Object(fields) => {
            let date = fields.get("datePublished").and_then(Value::as_str);
            let date = date.and_then(|date| date.parse().ok());
            date.or_else(|| fields.values().find_map(find_date))
        }
        Value::Array(values) => values.iter().find_map(find_date),
        _ => None,
    }
}

/// The text of an element, with the characters that titles have decoded.
fn text_of(tree: &Tree<'_>, at: usize) -> String {
    let inside = &tree.nodes[at..tree.nodes[at].end];
    let is_script = tree.nodes[at].name == "script";
    let mut text = String::new();
    for node in inside {
        let written = &tree.source.text[node.text.clone()];
        if is_script {
            text.push_str(written);
        } else {
            text.push_str(&crate::read::xml::decoded(written));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Metadata {
        about(&Tree::read(page))
    }

    #[test]
    fn the_title_is_that_of_the_text_before_that_of_the_window() {
        let title = |page| read(page).title;
        let page = "<title>A | Site</title><meta property=og:title content='A talk'><h1>B</h1>";
        assert_eq!(title(page), Some("A talk".into()));
        assert_eq!(
            title("<title>A</title><h1>On\n <i>old</i> &amp; new</h1>"),
            Some("On old & new".into())
        );
        assert_eq!(title("<title> A </title><h1> </h1>"), Some("A".into()));
        assert_eq!(title("<p>A"), None);
    }

    #[test]
    fn the_date_is_found_in_all_its_places() {
        for page in [
            "<meta property='article:published_time' content='2024-03-02T10:00:00Z'>",
            "<meta name=DC.Date content=2024-03-02>",
            "<script type='application/ld+json'>{\"@graph\": [{\"datePublished\": \"2024-03-02\"}]}</script>",
            "<p><time datetime='2024-03-02'>March</time>",
        ] {
            assert_eq!(read(page).date, "2024-03-02".parse().ok(), "{page}");
        }
        assert_eq!(read("<meta name=date content=soon><time>10:30</time>").date, None);
    }

    #[test]
    fn authors_are_found_each_once() {
        let page = "<meta name=author content='Ana King'><meta name=dc.creator content='Ana King'>\
            <meta name=citation_author content='Low, Bo'>\
            <meta property='article:author' content='https://example.org/ana'>";
        assert_eq!(read(page).authors, ["Ana King", "Low, Bo"]);
    }

    #[test]
    fn language_and_address_are_found() {
        let page = "<html lang=en-GB><link rel=canonical href='https://example.org/tape'>";
        let about = read(page);
        assert_eq!(about.language, Some("en".into()));
        assert_eq!(about.url, Some("https://example.org/tape".into()));
        assert_eq!(read("<link rel=canonical href='/tape'>").url, None);
    }
}
