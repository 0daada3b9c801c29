//! The measure that pullquote is held against: tantivy used as its own examples use it.
//!
//! One `en_stem` field with positions, the text stored, its query parser and its snippets; passages
//! come as JSON Lines with `path` and `text`. See docs/benchmarks.md.
//!
//! ```text
//! bare_tantivy index PASSAGES.jsonl DIR
//! bare_tantivy search DIR QUERY
//! ```

#![allow(clippy::print_stdout, reason = "it is a program")]

use std::{
    env,
    error::Error,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use serde::Deserialize;
use tantivy::{
    Index, TantivyDocument,
    collector::{Count, TopDocs},
    query::QueryParser,
    schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value},
    snippet::SnippetGenerator,
};

#[derive(Deserialize)]
struct Passage {
    path: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", passages, directory] => index(Path::new(passages), Path::new(directory)),
        ["search", directory, query] => search(Path::new(directory), query),
        _ => Err("usage: bare_tantivy index PASSAGES DIR | search DIR QUERY".into()),
    }
}

fn index(passages: &Path, directory: &Path) -> Result<(), Box<dyn Error>> {
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing).set_stored();
    let text = schema.add_text_field("text", options);
    fs::create_dir_all(directory)?;
    let index = Index::create_in_dir(directory, schema.build())?;
    let mut writer = index.writer::<TantivyDocument>(300_000_000)?;
    for line in BufReader::new(File::open(passages)?).lines() {
        let passage: Passage = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        document.add_text(path, &passage.path);
        document.add_text(text, &passage.text);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn search(directory: &Path, query: &str) -> Result<(), Box<dyn Error>> {
    let index = Index::open_in_dir(directory)?;
    let schema = index.schema();
    let (path, text) = (schema.get_field("path")?, schema.get_field("text")?);
    let searcher = index.reader()?.searcher();
    let query = QueryParser::for_index(&index, vec![text]).parse_query(query)?;
    let (hits, total) =
        searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
    let snippets = SnippetGenerator::create(&searcher, &*query, text)?;
    for (score, address) in hits {
        let document: TantivyDocument = searcher.doc(address)?;
        let path = document.get_first(path).and_then(|value| value.as_str()).unwrap_or_default();
        println!("{score:.2} {path}\n{}\n", snippets.snippet_from_doc(&document).to_html());
    }
    println!("{total} passages");
    Ok(())
}
