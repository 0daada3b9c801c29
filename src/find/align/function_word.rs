//! Words that carry grammar rather than meaning: a person who quotes from memory drops and swaps
//! them without noticing.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use foldhash::fast::RandomState;

type Table = HashSet<&'static str, RandomState>;

/// The function words of the languages that have a table, by their ISO 639-1 codes.
static TABLES: LazyLock<HashMap<&str, Table>> = LazyLock::new(|| {
    let languages = [
        ("de", GERMAN),
        ("en", ENGLISH),
        ("es", SPANISH),
        ("fr", FRENCH),
        ("it", ITALIAN),
        ("nl", DUTCH),
        ("pt", PORTUGUESE),
    ];
    languages.map(|(code, words)| (code, words.iter().copied().collect())).into()
});

/// Tells the function words of one language from its other words.
#[derive(Clone, Copy, Debug)]
pub(super) struct FunctionWords(Option<&'static Table>);

impl FunctionWords {
    /// Those of a language, by its ISO 639-1 code.
    pub(super) fn of(language: &str) -> Self {
        Self(TABLES.get(language))
    }

    /// Whether a folded word is one. In a language without a table, words of one or two letters
    /// are; a pair of characters of a script without spaces never is.
    pub(super) fn contains(self, word: &str) -> bool {
        match self.0 {
            Some(table) => word.len() <= LONGEST && table.contains(word),
            None => {
                word.len() <= 4
                    && word.chars().count() <= 2
                    && word.chars().all(|c| c.is_alphabetic() && c < '\u{E00}')
            }
        }
    }
}

/// Bytes of the longest word of the tables.
const LONGEST: usize = 8;

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "actually", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "being", "but", "by", "can", "cannot", "could", "did", "do", "does", "else", "even", "for",
    "from", "had", "has", "have", "having", "he", "her", "here", "him", "his", "i", "if", "in",
    "into", "is", "it", "its", "just", "kind", "know", "like", "may", "me", "might", "must", "my",
    "no", "not", "of", "off", "oh", "on", "or", "our", "out", "quite", "really", "shall", "she",
    "should", "so", "some", "sort", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "to", "too", "uh", "um", "up", "us", "very", "was",
    "we", "well", "were", "what", "when", "where", "which", "who", "will", "with", "would", "yeah",
    "yes", "you", "your",
];

#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "aber", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "bin", "bist", "da", "das",
    "dass", "dem", "den", "der", "des", "die", "doch", "du", "ein", "eine", "einem", "einen",
    "einer", "eines", "er", "es", "fur", "haben", "hat", "ich", "ihr", "im", "in", "ist", "ja",
    "man", "mit", "nach", "noch", "nur", "oder", "schon", "sehr", "sein", "sich", "sie", "sind",
    "so", "um", "und", "uns", "vom", "von", "vor", "war", "waren", "wenn", "wie", "wir", "wird",
    "zu", "zum", "zur",
];

#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "a", "al", "como", "con", "de", "del", "el", "ella", "ellos", "en", "era", "es", "esa", "ese",
    "eso", "esta", "este", "esto", "fue", "ha", "han", "hay", "la", "las", "le", "les", "lo",
    "los", "mas", "me", "mi", "muy", "no", "nos", "o", "para", "pero", "por", "porque", "pues",
    "que", "se", "si", "sin", "son", "su", "sus", "te", "tu", "un", "una", "uno", "y", "ya", "yo",
];

#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "a", "alors", "au", "aux", "avec", "ce", "ces", "cet", "cette", "dans", "de", "des", "donc",
    "du", "elle", "elles", "en", "est", "et", "etait", "il", "ils", "je", "la", "le", "les",
    "leur", "lui", "mais", "me", "meme", "moi", "mon", "ne", "nos", "nous", "on", "ont", "ou",
    "par", "pas", "plus", "pour", "que", "qui", "sa", "se", "ses", "si", "son", "sont", "sur",
    "ta", "te", "toi", "tres", "tu", "un", "une", "vous", "y",
];

#[rustfmt::skip]
const ITALIAN: &[&str] = &[
    "a", "ai", "al", "alla", "anche", "che", "ci", "come", "con", "cosi", "da", "dal", "dei",
    "del", "della", "di", "e", "era", "gli", "ha", "hanno", "ho", "i", "il", "in", "io", "la",
    "le", "lei", "lo", "loro", "lui", "ma", "mi", "molto", "ne", "nel", "nella", "noi", "non",
    "o", "per", "piu", "quello", "questa", "questo", "se", "si", "sono", "su", "ti", "tu", "un",
    "una", "uno",
];

#[rustfmt::skip]
const DUTCH: &[&str] = &[
    "aan", "al", "als", "bij", "dan", "dat", "de", "die", "dit", "door", "dus", "een", "en", "er",
    "haar", "had", "heb", "heeft", "het", "hij", "hoe", "ik", "in", "is", "ja", "je", "maar",
    "me", "met", "mij", "naar", "niet", "nog", "nu", "of", "om", "ook", "op", "te", "toch", "tot",
    "uit", "van", "voor", "was", "wat", "we", "wel", "wij", "ze", "zich", "zij", "zijn", "zo",
];

#[rustfmt::skip]
const PORTUGUESE: &[&str] = &[
    "a", "ao", "aos", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "ela", "ele",
    "em", "era", "essa", "esse", "esta", "este", "eu", "foi", "ha", "isso", "ja", "la", "lhe",
    "mais", "mas", "me", "meu", "muito", "na", "nao", "nas", "no", "nos", "o", "os", "ou", "para",
    "pela", "pelo", "por", "que", "se", "sem", "ser", "seu", "sua", "te", "tem", "um", "uma",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_table_is_found() {
        for table in [ENGLISH, GERMAN, SPANISH, FRENCH, ITALIAN, DUTCH, PORTUGUESE] {
            assert!(table.is_sorted_by(|a, b| a < b), "{}", table[0]);
            assert_eq!(table.iter().map(|word| word.len()).max().max(Some(LONGEST)), Some(LONGEST));
        }
        assert!(FunctionWords::of("en").contains("actually"));
        assert!(!FunctionWords::of("en").contains("drummer"));
    }

    #[test]
    fn a_language_without_a_table_goes_by_length() {
        let russian = FunctionWords::of("ru");
        assert!(russian.contains("на") && !russian.contains("дом"));
        assert!(!FunctionWords::of("ja").contains("音楽"));
        assert!(!FunctionWords::of("xx").contains("10"));
    }
}
