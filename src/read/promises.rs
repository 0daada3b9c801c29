//! What every reader promises, whatever the file: places that are right, turns that are clean, and
//! no panic. Held by property tests; there is nothing here but tests.

use proptest::prelude::*;
use serde_json::Value;

use crate::{
    place::LineColumn,
    read::{Document, Options, encoding, read},
    text::TextSpan,
    transcript::Turn,
};

mod documents;
mod markup;

use self::markup::markup;

fn same_but_for_white_space(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .all(|(a, b)| a == b || (a.is_ascii_whitespace() && b.is_ascii_whitespace()))
}

/// Where a byte stands. A line ends with `\n`, `\r\n` or `\r`.
fn line_and_column(decoded: &str, byte: usize) -> LineColumn {
    let before = decoded[..byte].replace("\r\n", "\0\n").replace('\r', "\n");
    LineColumn::START.after(&before.replace('\0', "\r"))
}

/// Whether a turn may have the speaker of the one before: an article of a feed, a speech of nobody,
/// words after a long silence or after a break.
fn stands_apart(document: &Document, at: usize, decoded: &str) -> bool {
    let [before, turn] = [at - 1, at].map(|at| &document.transcript.turns[at]);
    let time = |turn: &Turn| turn.text.place(TextSpan::new(0, turn.text.len())).time;
    let is_after_silence = time(before).zip(time(turn)).is_some_and(|(before, now)| {
        let (start, end) = (before.start.min(now.start), before.end.max(now.end));
        end.0 >= start.0 + 60_000
    });
    let is_article = turn.speaker.is_none() && ["feed", "play"].contains(&document.format);
    is_article || is_after_silence || decoded.contains("Break")
}

/// What every reader of text promises.
fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(document) = read(name, bytes, &Options::default()) else {
        return Ok(());
    };
    // A file that is no text has no places in it.
    // Of a binary file nothing has a place in the file.
    let decoded = encoding::decode(bytes, None).map(|it| it.text).unwrap_or_default();
    let turns = &document.transcript.turns;
    for (at, turn) in turns.iter().enumerate() {
        let text = turn.text.as_str();
        prop_assert!(!text.is_empty());
        prop_assert_eq!(text, text.trim());
        prop_assert!(
            at == 0
                || turns[at - 1].speaker != turn.speaker
                || stands_apart(&document, at, &decoded)
        );
        let parts = turn.text.parts();
        prop_assert_eq!(parts[0].start, 0);
        let mut reached = 0;
        for (at, part) in parts.iter().enumerate() {
            let end = parts.get(at + 1).map_or(text.len(), |next| next.start);
            prop_assert!(part.start < end);
            if let Some(time) = part.place.time {
                prop_assert!(time.start <= time.end);
            }
            let Some(source) = part.place.source else {
                continue;
            };
            let sorts = [
                "scc",
                "substation",
                "ttml",
                "lrc",
                "elan",
                "exmaralda",
                "textgrid",
                "stm",
                "ctm",
                "rttm",
            ]
            .contains(&document.format);
            prop_assert!(sorts || source.start >= reached, "{:?}", turn.text);
            reached = source.end;
            let copied = &text[part.start..end];
            if source.len() == copied.len() {
                let original = decoded.get(source.start..source.end);
                let same = original.is_some_and(|it| same_but_for_white_space(it, copied));
                prop_assert!(same, "{copied:?} is not {original:?} of {decoded:?}");
                for (start, _) in copied.match_indices(|it: char| !it.is_whitespace()) {
                    let (start, end) = (part.start + start, end);
                    let place = turn.text.place(TextSpan { start, end }).source;
                    let there = place.map(|it| (it.start, it.at));
                    let expected = source.start + start - part.start;
                    let at = line_and_column(&decoded, expected);
                    prop_assert_eq!(there, Some((expected, at)), "{:?} of {:?}", copied, decoded);
                }
            }
        }
    }
    Ok(())
}

/// Fields that readers of JSON care about, with values of any kind.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<f64>().prop_map(Value::from),
        (-2_i64..5000).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            " ",
            "a",
            "a b",
            " a",
            "Ana: hi",
            "é.",
            ",",
            "1.5",
            "2s",
            "00:01,5",
            "word",
            "punctuation",
            "Success",
            "en",
        ])
        .prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "segments",
        "words",
        "text",
        "start",
        "end",
        "word",
        "speaker",
        "body",
        "startTime",
        "endTime",
        "transcription",
        "offsets",
        "from",
        "to",
        "tokens",
        "items",
        "alternatives",
        "content",
        "type",
        "start_time",
        "end_time",
        "channels",
        "utterances",
        "transcript",
        "punctuated_word",
        "audio_url",
        "timestamps",
        "speaker_labels",
        "recognizedPhrases",
        "nBest",
        "display",
        "offsetInTicks",
        "phrases",
        "offsetMilliseconds",
        "monologues",
        "elements",
        "value",
        "ts",
        "end_ts",
        "events",
        "segs",
        "utf8",
        "tStartMs",
        "tOffsetMs",
        "name",
        "time",
        "duration",
        "results",
        "speakers",
        "captions",
        "seconds",
        "nanos",
        "transcript",
        "sections",
        "turns",
        "text_blocks",
        "stop",
        "blocks",
        "entityMap",
        "data",
        "paragraph",
        "line",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..7).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(name, it)| (name.to_owned(), it)).collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_reader_breaks_a_promise_on_markup(text in markup()) {
        for name in ["a.txt", "a.md", "a.srt", "a.vtt", "a.tex"] {
            check(name, text.as_bytes())?;
        }
    }

    #[test]
    fn no_reader_breaks_a_promise_on_other_captions(text in markup()) {
        for (name, head) in [
            ("a.ass", "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,Ana,0,0,0,,"),
            ("a.sbv", "0:00:01.000,0:00:02.000\n"),
            ("a.lrc", "[00:01.00]"),
            ("a.smi", "<SAMI><SYNC start=1000><P>"),
            ("a.ttml", "<tt><body><p begin='1s' end='2s'>"),
            ("a.sub", "{1}{25}"),
            ("a.sub", "[SUBTITLE]\n00:00:01.00,00:00:02.00\n"),
            ("a.srv1", "<transcript><text start='1' dur='1'>"),
            ("a.scc", "Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420 "),
            ("a.stl", "00:00:01:00,00:00:02:00,"),
            ("a.txt", "1.000000\t2.000000\ta\n"),
            ("a.fountain", "Title: x\n\nADA\n"),
            ("a.srv3", "<timedtext><body><p t='1' d='1000'>"),
            ("a.eaf", "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='a' TIME_VALUE='5'/></TIME_ORDER><TIER TIER_ID='A'><ALIGNABLE_ANNOTATION TIME_SLOT_REF1='a' TIME_SLOT_REF2='b'><ANNOTATION_VALUE>"),
            ("a.TextGrid", "\"ooTextFile\" \"TextGrid\" 0 9 <exists> 1 \"IntervalTier\" \"A\" 0 9 1 0 9 \""),
            ("a.exb", "<basic-transcription><tli id='T0' time='1'/><tier type='t'><event start='T0'>"),
            ("a.tei", "<TEI><text><timeline><when xml:id='T0' interval='1'/></timeline><u start='#T0'>"),
            ("a.xml", "<PLAY><SPEECH><LINE>"),
            ("a.cha", "@Begin\n@Participants:\tCHI Ana\n*CHI:\t"),
            ("a.stm", "t 1 Ana 1.0 2.0 <o> "),
            ("a.ctm", "t 1 1.0 2.0 "),
            ("a.rss", "<rss><channel><title>x</title><item><title>a</title><description>"),
            ("a.nlp", "token|speaker|ts|endTs|punctuation|case|tags\na|1|1.0|2.0|.|LC|[]\n"),
            ("a.csv", "start,end,speaker,text\n1,2,Ana,"),
            ("a.csv", "start;text\n"),
            ("a.tsv", "1\t2\ta\n3\t4\t"),
            ("a.jsonl", "{\"start\": 1, \"title\": \"x\\ny\", \"text\": \"a\\u00e9 \\n\\n \\\"b\"}\n{\"text\": \"c\"}\n"),
            ("a.ipynb", "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"a\\n\", \""),
            ("a.rttm", "LEXEME t 1 1.0 2.0 a lex Ana <NA>\nLEXEME t 1 1.0 2.0 "),
        ] {
            check(name, format!("{head}{text}").as_bytes())?;
            check(name, format!("{head}{text}\n{head}{text}").as_bytes())?;
        }
    }

    #[test]
    fn no_reader_breaks_a_promise_on_captions(text in markup()) {
        check("a.vtt", format!("WEBVTT\n\n00:01.000 --> 00:09.000\n{text}").as_bytes())?;
        check("a.srt", format!("1\n00:01,000 --> 00:09,000\n{text}").as_bytes())?;
    }

    #[test]
    fn no_reader_breaks_a_promise_on_json(value in json_value()) {
        for value in [value.clone(), serde_json::json!({ "results": value.clone() }), serde_json::json!([value])] {
            check("a.json", value.to_string().as_bytes())?;
        }
    }

    #[test]
    fn no_reader_breaks_a_promise_on_blocks_of_subtitles(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut file = b"850STL25.01".to_vec();
        file.resize(1024, b'0');
        file.extend(bytes);
        check("a.stl", &file)?;
    }

    #[test]
    fn no_reader_breaks_a_promise_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in
            ["a.txt", "a.md", "a.srt", "a.vtt", "a.ass", "a.sbv", "a.lrc", "a.smi", "a.ttml", "a.sub", "a.srv3", "a.json", "a.scc", "a.stl", "a.fountain", "a.html", "a.rtf", "a.docx", "a.odt", "a.epub", "a.pdf", "a.tex", "a"]
        {
            check(name, &bytes)?;
        }
    }
}
