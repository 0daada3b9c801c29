//! What `check` promises, from the corpus to the verdict: sentences of the corpus in another
//! typography pass, and the same sentences with another word do not.

use proptest::{prelude::*, sample};
use pullquote::{
    check::{Options, check},
    index::Index,
    quote::Verdict,
    words::Words,
};
use tempfile::TempDir;

use super::made::{Made, in_one_run};

/// Words of the corpus.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "tape", "room", "desk", "rumour", "winter", "baker's", "don't", "not", "never", "the", "of",
    "and", "café", "seventeen", "quiet", "archive", "label", "witness", "carpet", "singer",
    "louder", "basement", "forty-one", "song", "water", "kettle", "morning", "letter",
];
/// Words that it has not.
const OTHERS: &[&str] = &["elephant", "purple", "twelve", "nobody", "isn't", "hardly"];

/// Words with the marks behind them.
type Sentence = Vec<String>;
/// The sentences of each passage.
type Passages = Vec<Vec<Sentence>>;

fn sentence() -> impl Strategy<Value = Sentence> {
    let mark = sample::select(&["", "", "", "", ",", " -", ";"][..]);
    let end = sample::select(&[".", "?", "!"][..]);
    (prop::collection::vec((sample::select(WORDS), mark), 5..12), end).prop_map(|(words, end)| {
        let mut words: Sentence =
            words.into_iter().map(|(word, mark)| format!("{word}{mark}")).collect();
        let capital = words[0][..1].to_uppercase();
        words[0].replace_range(..1, &capital);
        let last = words.last_mut().unwrap();
        *last = format!("{}{end}", last.trim_end_matches([',', ' ', '-', ';']));
        words
    })
}

/// The documents of a corpus.
fn corpus() -> impl Strategy<Value = Vec<Passages>> {
    let passage = prop::collection::vec(sentence(), 3);
    prop::collection::vec(prop::collection::vec(passage, 4), 3)
}

fn written(corpus: &[Passages]) -> (TempDir, Index) {
    let said = |sentences: &Vec<Sentence>| (Some("Host"), sentences.concat().join(" "));
    let document = |passages: &Passages| Made { passages: passages.iter().map(said).collect() };
    in_one_run(&corpus.iter().map(document).collect::<Vec<_>>())
}

/// Which sentences of which document, as far as it has them.
#[derive(Clone, Debug)]
struct Slice {
    document: sample::Index,
    first: sample::Index,
    sentences: usize,
}

fn slice() -> impl Strategy<Value = Slice> {
    (any::<sample::Index>(), any::<sample::Index>(), 1..4_usize)
        .prop_map(|(document, first, sentences)| Slice { document, first, sentences })
}

impl Slice {
    fn words(&self, corpus: &[Passages]) -> Sentence {
        let sentences = self.document.get(corpus).concat();
        let first = self.first.index(sentences.len());
        sentences[first..(first + self.sentences).min(sentences.len())].concat()
    }
}

/// How a manuscript sets what it quotes.
#[derive(Clone, Debug)]
struct Typography {
    marks: &'static str,
    apostrophe: &'static str,
    dash: &'static str,
    spaces: Vec<&'static str>,
    end: &'static str,
    recased: bool,
    left_out: Option<(sample::Index, usize, &'static str)>,
}

fn typography() -> impl Strategy<Value = Typography> {
    let left_out = (
        any::<sample::Index>(),
        1..4_usize,
        sample::select(&["…", "...", "[…]", ". . .", "[...]"][..]),
    );
    (
        sample::select(&["“”", "\"\"", "«»", "„“"][..]),
        sample::select(&["'", "’"][..]),
        sample::select(&["-", "–", "—"][..]),
        prop::collection::vec(sample::select(&[" ", " ", "  ", "\n", "\u{A0}"][..]), 40),
        sample::select(&["", ".", ",", "!", "?"][..]),
        any::<bool>(),
        prop::option::of(left_out),
    )
        .prop_map(|(marks, apostrophe, dash, spaces, end, recased, left_out)| Typography {
            marks,
            apostrophe,
            dash,
            spaces,
            end,
            recased,
            left_out,
        })
}

impl Typography {
    /// A paragraph that quotes some words.
    fn quote(&self, mut words: Sentence) -> String {
        if let Some((at, count, ellipsis)) = &self.left_out
            && words.len() > count + 5
        {
            let start = 2 + at.index(words.len() - count - 4);
            words.splice(start..start + count, [(*ellipsis).to_owned()]);
        }
        if self.recased {
            let small = format!("[{}]", words[0][..1].to_lowercase());
            words[0].replace_range(..1, &small);
        }
        let last = words.last_mut().unwrap();
        *last = format!("{}{}", last.trim_end_matches(['.', '?', '!']), self.end);
        let spaces = self.spaces.iter().cycle();
        let mut text: String =
            words.iter().zip(spaces).flat_map(|(word, space)| [word.as_str(), space]).collect();
        text.truncate(text.trim_end().len());
        let text = text.replace('\'', self.apostrophe).replace('-', self.dash);
        let (open, close) = self
            .marks
            .split_at(self.marks.len() - self.marks.chars().next_back().map_or(0, char::len_utf8));
        format!("It was so: {open}{text}{close} they say.\n\n")
    }
}

/// What is done to the words of a quotation that no mark tells.
#[derive(Clone, Debug)]
enum Change {
    Replace(sample::Index, &'static str),
    Drop(sample::Index),
    Add(sample::Index, &'static str),
    Swap(sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<sample::Index>;
    let word = || sample::select([WORDS, OTHERS].concat());
    prop_oneof![
        (at(), word()).prop_map(|(at, word)| Change::Replace(at, word)),
        at().prop_map(Change::Drop),
        (at(), word()).prop_map(|(at, word)| Change::Add(at, word)),
        at().prop_map(Change::Swap),
    ]
}

impl Change {
    fn apply(&self, words: &mut Sentence) {
        match self {
            Self::Replace(at, word) => {
                let at = at.index(words.len());
                (*word).clone_into(&mut words[at]);
            }
            Self::Drop(at) => {
                let at = at.index(words.len());
                words.remove(at);
            }
            Self::Add(at, word) => {
                let at = at.index(words.len());
                words.insert(at, (*word).to_owned());
            }
            Self::Swap(at) => {
                let at = at.index(words.len() - 1);
                words.swap(at, at + 1);
            }
        }
    }
}

/// Whether the words of a text stand in the corpus in a row, whatever is between them.
fn stands_in(corpus: &[Passages], words: &Sentence) -> bool {
    let folded = |text: &str| format!(" {} ", Words::of(text).iter().collect::<Vec<_>>().join(" "));
    let wanted = folded(&words.join(" "));
    corpus.iter().any(|it| folded(&it.concat().concat().join(" ")).contains(&wanted))
}

fn verdicts(index: &Index, manuscript: &str) -> Vec<(Verdict, String)> {
    let checks = check(index, "essay.txt", manuscript.as_bytes(), &Options::default()).unwrap();
    checks.findings.into_iter().map(|it| (it.verdict, it.quotation.text)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn sentences_of_the_corpus_pass_in_any_typography(
        corpus in corpus(),
        quoted in prop::collection::vec((slice(), typography()), 12),
    ) {
        let (_folder, index) = written(&corpus);
        let quote = |(slice, typography): &(Slice, Typography)| typography.quote(slice.words(&corpus));
        let manuscript: String = quoted.iter().map(quote).collect();
        let found = verdicts(&index, &manuscript);
        prop_assert_eq!(found.len(), quoted.len(), "{}", manuscript);
        for (verdict, text) in found {
            prop_assert!(verdict.passes(), "{:?}: {}", verdict, text);
        }
    }

    #[test]
    fn sentences_with_another_word_never_pass(
        corpus in corpus(),
        quoted in prop::collection::vec((slice(), change(), typography()), 12),
    ) {
        let (_folder, index) = written(&corpus);
        let mut manuscript = String::new();
        let mut count = 0;
        for (slice, change, typography) in &quoted {
            let mut words = slice.words(&corpus);
            change.apply(&mut words);
            if !stands_in(&corpus, &words) {
                let plain = Typography { recased: false, left_out: None, ..typography.clone() };
                manuscript.push_str(&plain.quote(words));
                count += 1;
            }
        }
        let found = verdicts(&index, &format!("So.\n\n{manuscript}"));
        prop_assert_eq!(found.len(), count, "{}", manuscript);
        for (verdict, text) in found {
            prop_assert!(!verdict.passes(), "{:?}: {}", verdict, text);
        }
    }
}

#[test]
fn a_phrase_that_many_documents_have_is_found_in_the_right_one() {
    let sentence = |text: &str| text.split(' ').map(str::to_owned).collect::<Sentence>();
    let document = |number: usize| {
        let middle = format!("Number {number} was a quiet winter.");
        let texts = ["Now let us get into the tapes.", &middle, "Water.", "A song.", "The desk."];
        let mut passages: Passages = texts.iter().map(|it| vec![sentence(it)]).collect();
        if number == 50 {
            passages.push(vec![sentence("The kettle was louder than the singer.")]);
        }
        passages
    };
    let corpus: Vec<Passages> = (0..60).map(document).collect();
    let (_folder, index) = written(&corpus);
    let manuscript = "So.\n\n“The kettle was louder than the singer. Now let us get into the tapes.”\n\n\
                      “Now let us get into the tapes. … The kettle was louder than the singer.”\n";
    let found: Vec<_> =
        verdicts(&index, manuscript).into_iter().map(|(verdict, _)| verdict).collect();
    assert_eq!(found, [Verdict::Reordered, Verdict::Marked]);
}
