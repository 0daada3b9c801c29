//! Keys of references: what `\cite{…}` names.

use unicode_normalization::UnicodeNormalization;

use crate::index::Record;

/// How many bytes of a title a key has at most.
const LONGEST: usize = 40;

/// The key of a document: of the words of its title, or of its file's name where it has none, its
/// year, and the hash of its path. All of it is ASCII: lower-case letters, digits and hyphens.
///
/// It depends on the document alone, so that it is the same on every run; the path tells two
/// documents with one title apart.
#[must_use]
pub fn key(record: &Record, title: &str) -> String {
    // Without words in it, only the path tells keys apart.
    let (mut key, digits) = match words(title) {
        key if key.is_empty() => ("document".to_owned(), 12),
        key => (key, 6),
    };
    if let Some(date) = &record.date {
        push(&mut key, date.split('-').next().unwrap_or_default());
    }
    push(&mut key, &blake3::hash(record.path.as_bytes()).to_hex()[..digits]);
    key
}

/// The first words of a title, as far as ASCII can write them.
fn words(title: &str) -> String {
    let plain: String = title.nfkd().filter(|c| c.is_ascii() || c.is_whitespace()).collect();
    let mut key = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'') {
        let word = word.replace('\'', "").to_ascii_lowercase();
        if !key.is_empty() && key.len() + word.len() >= LONGEST {
            break;
        }
        push(&mut key, &word[..word.len().min(LONGEST)]);
    }
    key
}

fn push(key: &mut String, part: &str) {
    if !part.is_empty() {
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_title_becomes_a_few_ascii_words() {
        for (title, key) in [
            ("Tapes in the basement", "tapes-in-the-basement"),
            ("“Ça va?” – don't ask", "ca-va-dont-ask"),
            (
                "A very long title that goes on and on without an end",
                "a-very-long-title-that-goes-on-and-on",
            ),
            ("音楽", ""),
            ("interview-03.srt", "interview-03-srt"),
        ] {
            assert_eq!(words(title), key, "{title}");
        }
    }
}
