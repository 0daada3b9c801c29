//! Keeps the layers that ARCHITECTURE.md draws true.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules from the bottom up. A module names only modules of lower layers.
const LAYERS: &[&[&str]] = &[
    &["place"],
    &["text", "ordered", "interrupt", "paths"],
    &["words"],
    &["transcript"],
    &["query"],
    &["read", "passage", "find"],
    &["corpus", "excerpt", "quote"],
    &["index"],
    &["update", "search"],
    &["check", "cite"],
    &["print"],
];

/// Crates, and the one module that may name each.
const OWNED: &[(&str, &str)] = &[
    ("tantivy", "index"),
    ("rust_stemmers", "words"),
    ("whatlang", "words"),
    ("rphonetic", "words"),
    ("encoding_rs", "read"),
    ("chardetng", "read"),
    ("html5gum", "read"),
    ("hayagriva", "cite"),
    ("hayro_cmap", "read"),
    ("hayro_font", "read"),
    ("hayro_syntax", "read"),
    ("ignore", "corpus"),
    ("lzma_rust2", "corpus"),
    ("zstd", "corpus"),
    ("regex", "query"),
    ("anstyle_ls", "print"),
];

/// Crates that only the command line may name.
const TERMINAL: &[&str] = &["clap", "anstream", "indicatif", "terminal_size"];

#[test]
fn modules_name_only_lower_layers() {
    for Source { module, path, code } in library() {
        for other in modules_named(&code) {
            assert!(
                other == module || layer(other) < layer(&module),
                "{}: `{module}` must not name `{other}`",
                path.display(),
            );
        }
    }
}

#[test]
fn each_crate_is_named_by_its_owner_alone() {
    for Source { module, path, code } in library() {
        for (name, owner) in OWNED {
            assert!(
                module == *owner || !names_crate(&code, name),
                "{}: only `{owner}` may name `{name}`",
                path.display(),
            );
        }
    }
}

#[test]
fn the_library_never_meets_the_terminal() {
    for Source { path, code, .. } in library() {
        for name in TERMINAL.iter().copied().chain(["std::env", "process::exit", "IsTerminal"]) {
            assert!(!names_crate(&code, name), "{}: `{name}` is for `cli`", path.display());
        }
    }
}

#[test]
fn only_corpus_and_index_touch_the_file_system() {
    for Source { module, path, code } in library() {
        let may = ["corpus", "index"].contains(&module.as_str());
        let touches = names_crate(&code, "std::fs") || code.contains("    fs,\n");
        assert!(may || !touches, "{}: `{module}` must not touch files", path.display());
    }
}

#[test]
fn no_file_of_the_library_has_more_than_400_lines_without_its_tests() {
    for Source { path, code, .. } in library() {
        let lines = code.lines().count();
        assert!(lines <= 400, "{} has {lines} lines: part it by idea", path.display());
    }
}

struct Source {
    module: String,
    path: PathBuf,
    code: String,
}

/// Every file of the library but its root, without line comments and tests.
fn library() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|name| name == "tests");
            if is_test {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let module = top_module(&path);
                if !["lib", "main", "cli"].contains(&module.as_str()) {
                    let code = code_alone(&fs::read_to_string(&path).unwrap());
                    sources.push(Source { module, path, code });
                }
            }
        }
    }
    assert!(sources.len() > 50, "the source files were not found");
    sources
}

fn top_module(path: &Path) -> String {
    let first = path.strip_prefix("src").unwrap().iter().next().unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

fn code_alone(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether code names a crate or a path, as `name::…` or `use name;`.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '`'));
        starts && (after.starts_with("::") || after.starts_with(';'))
    })
}

/// The top modules that code names, as `crate::a` or inside `crate::{a, b::c}`.
fn modules_named(code: &str) -> Vec<&'static str> {
    let mut named = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        if rest.starts_with('{') {
            let group = rest.split(';').next().unwrap();
            named.extend(members(group).filter_map(module));
        } else {
            named.extend(module(first_word(rest)));
        }
    }
    named
}

/// The first word of each member of `{a::x, b::{y, z}}`: `a` and `b`.
fn members(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let mut starts = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(c, '{' | ',') {
            starts.push(at + 1);
        }
    }
    starts.into_iter().map(|start| first_word(group[start..].trim_start()))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

fn module(word: &str) -> Option<&'static str> {
    LAYERS.iter().copied().flatten().find(|module| **module == word).copied()
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|modules| modules.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no layer: add it to LAYERS"))
}
