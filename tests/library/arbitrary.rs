//! Corpora and queries of every kind, for property tests.

use proptest::prelude::*;
use pullquote::words::Counting;

use super::made::Made;

const SPEAKERS: &[&str] = &["Host", "Ada Engineer"];
/// Words of such corpora and queries: forms of one, spellings, scripts.
pub const WORDS: &[&str] = &[
    "tape",
    "tapes",
    "taped",
    "Tape",
    "TAPES",
    "tepe",
    "room",
    "the",
    "The",
    "of",
    "don't",
    "don’t",
    "café",
    "cafe",
    "Café",
    "音楽",
    "楽",
    "がく",
    "かく",
    "10:30",
    "ไทย",
    "ລາວ",
    "ខ្មែរ",
    "မြန်မာ",
    "中文书",
    "한국의",
    "عربي",
];

/// Small documents of few words in any order.
pub fn made() -> impl Strategy<Value = Vec<Made>> {
    let word = prop::sample::select(WORDS);
    let passage = prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "));
    let speaker = prop::option::of(prop::sample::select(SPEAKERS));
    let document = prop::collection::vec((speaker, passage), 1..6);
    prop::collection::vec(document.prop_map(|passages| Made { passages }), 1..4)
}

/// A line as someone may type it.
pub fn query() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS).prop_map(str::to_owned);
    let phrase = prop::collection::vec(prop::sample::select(WORDS), 1..5)
        .prop_map(|words| format!("\"{}\"", words.join(" ")));
    let near = (prop::collection::vec(prop::sample::select(WORDS), 2..4), 0_u32..6)
        .prop_map(|(words, distance)| format!("\"{}\"~{distance}", words.join(" ")));
    let other = prop::sample::select(vec![
        "tap*",
        "*ape",
        "t?pe",
        "tope~",
        "/t.pe/",
        "=tape",
        "speaker:host",
        "speaker:engineer",
        "path:0",
        "path:talks/*.md",
        "kind:review",
        "lang:en",
        "has:speaker",
        "楽*",
        "T*",
        "?*é",
        "sounds:tape",
        "sounds:teip",
        "\"the t?pe\"",
        "\"tap* room~\"",
        "\"sounds:tap the\"~2",
        "t* NEAR/3 *e",
        "(ta* BEFORE/2 \"the r*\")",
        "ทย",
        "မာ",
    ])
    .prop_map(str::to_owned);
    let leaf = prop_oneof![4 => word.clone(), 4 => phrase.clone(), 2 => near, 2 => other];
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let place = prop_oneof![word.clone(), phrase.clone()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("NOT ({part})")),
            (place.clone(), 0_u32..5, place.clone())
                .prop_map(|(a, distance, b)| format!("({a} NEAR/{distance} {b})")),
            (place.clone(), 0_u32..5, place)
                .prop_map(|(a, distance, b)| format!("({a} BEFORE/{distance} {b})")),
        ]
    })
}

/// What counts: mostly nothing, as it is.
pub fn counting() -> impl Strategy<Value = Counting> {
    let counts = |case, accents| Just(Counting { case, accents });
    prop_oneof![
        3 => counts(false, false),
        1 => counts(true, false),
        1 => counts(false, true),
        1 => counts(true, true),
    ]
}

/// Passages of which many say nearly the same.
pub fn repetitive() -> impl Strategy<Value = Vec<Made>> {
    const NOTICE: &[&str] =
        &["this", "tape", "was", "made", "in", "the", "old", "room", "of", "a", "boat", "house"];
    let change = prop::option::of((0..NOTICE.len(), prop::sample::select(WORDS)));
    let passage = change.prop_map(|change| {
        let mut words = NOTICE.to_vec();
        if let Some((at, word)) = change {
            words[at] = word;
        }
        (None, words.join(" "))
    });
    let document = prop::collection::vec(passage, 1..20);
    prop::collection::vec(document.prop_map(|passages| Made { passages }), 1..4)
}
