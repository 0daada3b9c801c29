//! The paths on which time is spent: finding words, splitting, matching, aligning, reading.
//!
//! ```sh
//! cargo bench
//! ```

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on is of no use")]

use std::{fs, hint::black_box};

use divan::{Bencher, counter::BytesCount};
use pullquote::{
    find::{
        self, Reading, Vocabulary,
        align::{Quotation, align},
    },
    passage, query,
    query::filter::Facts,
    read,
    words::{Words, each_word, sentences::sentences},
};

fn main() {
    divan::main();
}

/// The shipped talks and the review, one after the other, often enough to be worth measuring.
fn prose() -> String {
    let names = ["tapes-in-the-basement.md", "the-defiant-ones.md", "what-a-producer-hears.txt"];
    let all: String =
        names.iter().map(|name| fs::read_to_string(format!("corpus/{name}")).unwrap()).collect();
    all.repeat(20)
}

#[divan::bench]
fn words_of_prose(bencher: Bencher<'_, '_>) {
    let text = prose();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut count = 0;
        each_word(black_box(&text), |_, word| count += word.len());
        count
    });
}

#[divan::bench]
fn sentences_of_prose(bencher: Bencher<'_, '_>) {
    let text = prose();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| sentences(black_box(&text)).len());
}

#[divan::bench(args = ["tapes-in-the-basement.md", "the-sound-of-a-room.vtt", "cutting-a-documentary.srt"])]
fn reading(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = fs::read(format!("corpus/{name}")).unwrap();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| read::read(name, black_box(&bytes), &read::Options::default()).unwrap());
}

#[divan::bench]
fn splitting(bencher: Bencher<'_, '_>) {
    let text = prose();
    let document = read::read("a.md", text.as_bytes(), &read::Options::default()).unwrap();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| passage::split(black_box(&document.transcript.turns)).len());
}

#[divan::bench(args = ["tape", "\"the label is a rumour\"", "tape NEAR/9 witness", "tap* -drum"])]
fn matching(bencher: Bencher<'_, '_>, typed: &str) {
    let text = prose();
    let words = Words::of(&text);
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(&text, "en");
    let plan = find::plan(&query::parse(typed).unwrap(), &vocabulary);
    bencher.bench_local(|| {
        let reading = Reading { text: &text, words: black_box(&words), own: words.len() };
        find::matches(&plan, reading, &Facts::default())
    });
}

#[divan::bench]
fn aligning(bencher: Bencher<'_, '_>) {
    let text = fs::read_to_string("corpus/tapes-in-the-basement.md").unwrap();
    let words = Words::of(&text);
    let mut quotation = Quotation::new("a label is a rumor and the tape is the whitness", "en");
    bencher.bench_local(|| align(&mut quotation, black_box(&words)));
}
