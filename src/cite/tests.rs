use std::num::NonZeroU32;

use proptest::prelude::*;

use super::*;
use crate::{
    index::Record,
    passage::Passage,
    place::{LineColumn, Page, Place, SourceSpan, Time, TimeSpan},
    search::{Address, Join, Match, Spot},
    text::{Text, TextSpan},
    transcript::{Kind, Speaker},
};

/// A hit of which nothing is known but the path of its document.
fn hit(path: &str, words: &str) -> Hit {
    let mut text = Text::default();
    let source = SourceSpan { start: 0, end: words.len(), at: LineColumn { line: 7, column: 1 } };
    text.push(words, Place { source: Some(source), ..Place::default() });
    Hit {
        rank: 1,
        score: 1.0,
        source: Record {
            path: path.to_owned(),
            title: None,
            authors: Vec::new(),
            date: None,
            url: None,
            kind: Kind::Transcript,
            language: None,
            format: "text".to_owned(),
            key: String::new(),
            bytes: 0,
            passages: 1,
            words: 1,
            speakers: Vec::new(),
            renamed: [].into(),
            container: None,
            warnings: Vec::new(),
        },
        address: Address { path: path.to_owned(), spot: Spot::Passage(NonZeroU32::MIN) },
        passage: Passage { number: 0, speaker: None, text },
        joins: Vec::new(),
        matches: Vec::new(),
        alike: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
    }
}

/// What was said in an episode of a podcast: it has a date, a title, an address and times.
fn episode(seconds: u64) -> Hit {
    let mut hit = hit("talks/ep39.vtt", "");
    hit.source.title = Some("Tapes & glue in the basement".to_owned());
    hit.source.date = Some("2026-11-20".to_owned());
    hit.source.url = Some("https://example.org/39".to_owned());
    hit.source.language = Some("en".to_owned());
    hit.passage.speaker = Some(Speaker("Engineer".to_owned()));
    let start = Time(seconds * 1000);
    let time = Some(TimeSpan { start, end: start });
    hit.passage.text = Text::default();
    hit.passage.text.push("The *tape* hisses.", Place { time, ..Place::default() });
    hit
}

/// A review with an author and without a time.
fn review() -> Hit {
    let mut hit = hit("reviews/salt.html", "It holds, and it is warm.");
    hit.source.title = Some("The 100% warm tape".to_owned());
    hit.source.authors = vec!["Ana King".to_owned(), "{Salt Review}".to_owned()];
    hit.source.date = Some("2026".to_owned());
    hit.source.url = Some("https://example.org/salt_1".to_owned());
    hit.source.language = Some("en".to_owned());
    hit
}

/// A document with pages.
fn paper() -> Hit {
    let mut hit = hit("papers/old.pdf", "");
    hit.source.title = Some("On old tapes".to_owned());
    hit.source.authors = vec!["King, Ana".to_owned()];
    hit.source.date = Some("2026-11".to_owned());
    hit.source.language = Some("en".to_owned());
    let page = NonZeroU32::new(12).map(Page);
    hit.passage.text = Text::default();
    hit.passage.text.push("Glue fails first.", Place { page, ..Place::default() });
    hit
}

/// The passage in every style, each part on a line of its own.
fn in_every_style(hit: &Hit) -> String {
    let mut all = String::new();
    for style in Style::ALL {
        let processor = Processor::new(style);
        let Citation { entry, in_text } =
            processor.citation(Cited { hit, wording: Wording::Passage });
        all.push_str(&entry);
        all.push('\n');
        all.extend(in_text.map(|it| it + "\n"));
    }
    all
}

#[test]
fn every_style_is_found_by_each_of_its_names() {
    for style in Style::ALL {
        for name in style.names() {
            assert_eq!(Style::named(name), Some(style), "{name}");
        }
    }
    assert_eq!(Style::named("harvard"), None);
}

#[test]
fn a_podcast_is_cited_with_its_time_and_its_speaker_is_no_author() {
    assert_eq!(in_every_style(&episode(724)), "\
Tapes & glue in the basement. (2026, November 20). [Recording]. https://example.org/39
(Tapes & Glue in the Basement, 2026, 00:12:04)
Tapes & Glue in the Basement. 20 Nov. 2026, https://example.org/39.
(Tapes & Glue in the Basement 00:12:04)
Tapes & Glue in the Basement. November 20, 2026. https://example.org/39.
Tapes & Glue in the Basement, November 20, 2026, at 00:12:04, https://example.org/39.
@misc{tapes-glue-in-the-basement-2026-789629,
  title = {{Tapes \\& glue in the basement}},
  year = {2026},
  month = nov,
  day = {20},
  howpublished = {\\url{https://example.org/39}},
  note = {Engineer, 00:12:04},
}
@audio{tapes-glue-in-the-basement-2026-789629,
  title = {{Tapes \\& glue in the basement}},
  langid = {english},
  date = {2026-11-20},
  url = {https://example.org/39},
  note = {Engineer, 00:12:04},
}
TY  - SOUND
ID  - tapes-glue-in-the-basement-2026-789629
TI  - Tapes & glue in the basement
PY  - 2026
DA  - 2026/11/20
UR  - https://example.org/39
LA  - en
N1  - Engineer, 00:12:04
ER  -\x20
{\"URL\":\"https://example.org/39\",\"id\":\"tapes-glue-in-the-basement-2026-789629\",\"issued\":{\"date-parts\":[[2026,11,20]]},\"language\":\"en\",\"note\":\"Engineer, 00:12:04\",\"title\":\"Tapes & glue in the basement\",\"type\":\"song\"}
> The \\*tape\\* hisses.
>
> — Engineer, *Tapes \\& glue in the basement* (2026-11-20), 00:12:04, <https://example.org/39>
");
}

#[test]
fn a_review_is_cited_by_its_authors() {
    assert_eq!(in_every_style(&review()), "\
King, A., & Salt Review. (2026). The 100% warm tape. https://example.org/salt_1
(King & Salt Review, 2026)
King, Ana, and Salt Review. The 100% Warm Tape. 2026, https://example.org/salt_1.
(King and Salt Review)
King, Ana, and Salt Review. “The 100% Warm Tape.” 2026. https://example.org/salt_1.
Ana King and Salt Review, “The 100% Warm Tape,” 2026, https://example.org/salt_1.
@misc{the-100-warm-tape-2026-559d4a,
  author = {King, Ana and {Salt Review}},
  title = {{The 100\\% warm tape}},
  year = {2026},
  howpublished = {\\url{https://example.org/salt_1}},
}
@online{the-100-warm-tape-2026-559d4a,
  author = {King, Ana and {Salt Review}},
  title = {{The 100\\% warm tape}},
  langid = {english},
  date = {2026},
  url = {https://example.org/salt_1},
}
TY  - ELEC
ID  - the-100-warm-tape-2026-559d4a
AU  - King, Ana
AU  - Salt Review
TI  - The 100% warm tape
PY  - 2026
UR  - https://example.org/salt_1
LA  - en
ER  -\x20
{\"URL\":\"https://example.org/salt_1\",\"author\":[{\"family\":\"King\",\"given\":\"Ana\"},{\"literal\":\"Salt Review\"}],\"id\":\"the-100-warm-tape-2026-559d4a\",\"issued\":{\"date-parts\":[[2026]]},\"language\":\"en\",\"title\":\"The 100% warm tape\",\"type\":\"webpage\"}
> It holds, and it is warm.
>
> — Ana King, Salt Review, *The 100% warm tape* (2026), <https://example.org/salt_1>
");
}

#[test]
fn a_pdf_is_cited_with_its_page() {
    assert_eq!(in_every_style(&paper()), "\
King, A. (2026, November). On old tapes.
(King, 2026, p. 12)
King, Ana. On Old Tapes. Nov. 2026.
(King 12)
King, Ana. “On Old Tapes.” November 2026.
Ana King, “On Old Tapes,” November 2026, 12.
@misc{on-old-tapes-2026-98cd86,
  author = {King, Ana},
  title = {{On old tapes}},
  year = {2026},
  month = nov,
  note = {page 12},
}
@misc{on-old-tapes-2026-98cd86,
  author = {King, Ana},
  title = {{On old tapes}},
  langid = {english},
  date = {2026-11},
  note = {page 12},
}
TY  - GEN
ID  - on-old-tapes-2026-98cd86
AU  - King, Ana
TI  - On old tapes
PY  - 2026
DA  - 2026/11/
LA  - en
N1  - page 12
ER  -\x20
{\"author\":[{\"family\":\"King\",\"given\":\"Ana\"}],\"id\":\"on-old-tapes-2026-98cd86\",\"issued\":{\"date-parts\":[[2026,11]]},\"language\":\"en\",\"note\":\"page 12\",\"title\":\"On old tapes\",\"type\":\"document\"}
> Glue fails first.
>
> — Ana King, *On old tapes* (2026-11), page 12
");
}

#[test]
fn a_document_of_which_nothing_is_known_is_cited_by_its_file() {
    assert_eq!(in_every_style(&hit("notes/interview-03.txt", "I kept all of it.")), "\
interview-03.txt. (n.d.).
(interview-03.txt, n.d., Line 7)
interview-03.txt.
(interview-03.txt)
“interview-03.txt.”
“interview-03.txt,” line 7.
@misc{interview-03-txt-2df1cd,
  title = {{interview-03.txt}},
  note = {line 7},
}
@misc{interview-03-txt-2df1cd,
  title = {{interview-03.txt}},
  note = {line 7},
}
TY  - GEN
ID  - interview-03-txt-2df1cd
TI  - interview-03.txt
N1  - line 7
ER  -\x20
{\"id\":\"interview-03-txt-2df1cd\",\"note\":\"line 7\",\"title\":\"interview-03.txt\",\"type\":\"document\"}
> I kept all of it.
>
> — *interview-03.txt*, line 7
");
}

#[test]
fn a_bibliography_has_each_document_once_with_all_its_places() {
    let hits = [episode(910), paper(), episode(724), episode(910)];
    let cited: Vec<_> = hits.iter().map(|hit| Cited { hit, wording: Wording::Passage }).collect();
    let of = |style| Processor::new(style).bibliography(&cited);
    assert_eq!(
        of(Style::Biblatex),
        "\
@audio{tapes-glue-in-the-basement-2026-789629,
  title = {{Tapes \\& glue in the basement}},
  langid = {english},
  date = {2026-11-20},
  url = {https://example.org/39},
  note = {Engineer, 00:12:04; Engineer, 00:15:10},
}

@misc{on-old-tapes-2026-98cd86,
  author = {King, Ana},
  title = {{On old tapes}},
  langid = {english},
  date = {2026-11},
  note = {page 12},
}"
    );
    assert_eq!(
        of(Style::CslJson),
        "\
[
  {
    \"URL\": \"https://example.org/39\",
    \"id\": \"tapes-glue-in-the-basement-2026-789629\",
    \"issued\": {
      \"date-parts\": [
        [
          2026,
          11,
          20
        ]
      ]
    },
    \"language\": \"en\",
    \"note\": \"Engineer, 00:12:04; Engineer, 00:15:10\",
    \"title\": \"Tapes & glue in the basement\",
    \"type\": \"song\"
  },
  {
    \"author\": [
      {
        \"family\": \"King\",
        \"given\": \"Ana\"
      }
    ],
    \"id\": \"on-old-tapes-2026-98cd86\",
    \"issued\": {
      \"date-parts\": [
        [
          2026,
          11
        ]
      ]
    },
    \"language\": \"en\",
    \"note\": \"page 12\",
    \"title\": \"On old tapes\",
    \"type\": \"document\"
  }
]"
    );
    assert_eq!(Processor::new(Style::CslJson).bibliography(&[]), "[]");
    assert_eq!(Processor::new(Style::Ris).bibliography(&[]), "");
}

#[test]
fn two_documents_with_one_title_have_two_keys() {
    let (mut one, mut two) = (review(), review());
    two.source.path = "reviews/pepper.html".to_owned();
    let key = |hit: &Hit| Reference::of(Cited { hit, wording: Wording::Passage }).key;
    assert_ne!(key(&one), key(&two));
    one.source.title = None;
    two.source.title = Some("音楽".to_owned());
    assert_eq!([key(&one), key(&two)], ["salt-html-2026-559d4a", "document-2026-e6a0fe538cfc"]);
}

#[test]
fn a_quotation_in_markdown_is_what_matched_and_names_who_says_what() {
    let mut hit = hit("talk.md", "One two.\n\nThree four.");
    hit.passage.speaker = Some(Speaker("Host".to_owned()));
    let join = |speaker: &str| vec![Join { start: 10, speaker: Some(Speaker(speaker.to_owned())) }];
    hit.joins = join("Engineer");
    hit.matches = vec![Match { span: TextSpan { start: 4, end: 15 }, place: Place::default() }];
    let quoted = |hit: &Hit| markdown::quotation(Cited { hit, wording: Wording::Matched });
    assert_eq!(quoted(&hit), "> **Host:** two.\n>\n> **Engineer:** Three\n>\n> — *talk.md*");
    hit.joins = join("Host");
    assert_eq!(quoted(&hit), "> two.\n>\n> Three\n>\n> — Host, *talk.md*");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_document_is_too_odd_to_be_cited(
        title in any::<String>(),
        author in any::<String>(),
        url in any::<String>(),
    ) {
        let mut hit = paper();
        hit.source.title = Some(title);
        hit.source.authors = vec![author];
        hit.source.url = Some(url);
        let entry = |style| {
            Processor::new(style).citation(Cited { hit: &hit, wording: Wording::Passage }).entry
        };
        for style in [Style::Mla, Style::Markdown] {
            prop_assert!(!entry(style).is_empty());
        }
        for style in [Style::Bibtex, Style::Biblatex] {
            let entry = entry(style);
            let count = |brace| entry.matches(brace).count();
            prop_assert_eq!(count('{'), count('}'), "{}", entry);
            prop_assert!(entry.ends_with(",\n}"), "{}", entry);
        }
        let ris = entry(Style::Ris);
        let is_field = |line: &str| line.get(2..6) == Some("  - ");
        prop_assert!(ris.lines().all(is_field), "{}", ris);
        let json = serde_json::from_str::<serde_json::Value>(&entry(Style::CslJson)).unwrap();
        prop_assert!(ris.contains(&format!("\nID  - {}\n", json["id"].as_str().unwrap())), "{}", ris);
    }
}
