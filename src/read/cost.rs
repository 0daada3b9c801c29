//! How much memory it takes to read a file: an estimate from above, before it is read.
//!
//! What a reader builds grows with the bytes of a file, and with whatever makes a line, a cue, a row,
//! an element or a value in it, of which hostile files have one in every second byte. So these are
//! counted. What each costs was measured on files that hold nothing else.

use std::io::Cursor;

use zip::ZipArchive;

use super::{READERS, Read, archive, extension, json, reader_for};

/// What any file costs, in bytes.
const FIXED: u64 = 200_000;
/// What is set aside for any file at first, so that small ones of all kinds fit.
const FIRST: u64 = 2_000_000;

/// What the parts of a file cost, in bytes of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rates {
    /// Each byte of a usual file of the kind, with all that stands in it.
    usual: u64,
    /// Each byte for itself.
    byte: u64,
    /// Each line that is not empty.
    line: u64,
    /// What else opens or parts something, and what each of it costs.
    marks: &'static [(u8, u64)],
}

/// Running text.
const PROSE: Rates = Rates { usual: 6, byte: 3, line: 180, marks: &[(b':', 300), (b'[', 200)] };
/// Running text with markup of a character or two.
const MARKED: Rates = Rates {
    usual: 9,
    byte: 3,
    line: 300,
    marks: &[(b'*', 100), (b'_', 100), (b'&', 120), (b'[', 200), (b'<', 200), (b'\\', 320)],
};
/// Captions, and what is like them: a few lines for each cue.
const CUES: Rates =
    Rates { usual: 12, byte: 3, line: 250, marks: &[(b'<', 250), (b'[', 250), (b'{', 250)] };
/// A whole turn on each line.
const TURNS: Rates = Rates { usual: 12, byte: 3, line: 1_100, marks: &[] };
/// Tables.
const ROWS: Rates = Rates {
    usual: 16,
    byte: 3,
    line: 750,
    marks: &[(b',', 100), (b';', 100), (b'\t', 100), (b'|', 100)],
};
/// JSON, which is parsed as a whole.
const VALUES: Rates = Rates {
    usual: 22,
    byte: 3,
    line: 0,
    marks: &[(b'{', 900), (b'[', 150), (b':', 60), (b',', 60)],
};
/// XML and HTML.
const MARKUP: Rates =
    Rates { usual: 18, byte: 5, line: 50, marks: &[(b'<', 620), (b'&', 450), (b'=', 100)] };
/// The XML of word processors.
const OFFICE: Rates = Rates { usual: 8, byte: 3, line: 0, marks: &[(b'<', 170), (b'&', 170)] };
/// RTF.
const CONTROLS: Rates = Rates { usual: 15, byte: 5, line: 0, marks: &[(b'\\', 300), (b'{', 100)] };
/// What is packed or drawn.
const PACKED: Rates = Rates { usual: 60, byte: 12, line: 0, marks: &[] };

/// What it will take to read a file of so many bytes, as far as its name tells.
#[must_use]
pub fn usual(name: &str, bytes: u64) -> u64 {
    rates(name, "").usual.saturating_mul(bytes).saturating_add(FIRST)
}

/// The least that it will take to read a file of so many bytes.
#[must_use]
pub fn least(bytes: u64) -> u64 {
    PROSE.byte.saturating_mul(bytes)
}

/// The most bytes of a file that so much memory may be enough for.
#[must_use]
pub fn most_bytes(memory: u64) -> u64 {
    memory / PROSE.byte
}

/// What it will take to read a file.
#[must_use]
pub fn estimate(name: &str, bytes: &[u8]) -> u64 {
    let head = super::lossy_head(bytes);
    let rates = rates(name, &head);
    if archive::is_archive(&head) {
        return FIXED + length(bytes.len()) + of_archive(bytes);
    }
    let of_text = of_text(rates, bytes);
    // What is not UTF-8 is decoded first, to one and a half times its length at most.
    if std::str::from_utf8(bytes).is_ok() { of_text } else { of_text + 2 * length(bytes.len()) }
}

fn of_text(rates: Rates, bytes: &[u8]) -> u64 {
    let Rates { byte, line, marks, .. } = rates;
    let count = |mark: u8| length(memchr::memchr_iter(mark, bytes).count());
    let empty = length(memchr::memmem::find_iter(bytes, b"\n\n").count());
    // Few files end their lines in the old way.
    let lines = (count(b'\n') - empty).max(count(b'\r'));
    let marks: u64 = marks.iter().map(|(mark, cost)| cost * count(*mark)).sum();
    FIXED + byte * length(bytes.len()) + line * lines + marks
}

fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// What the texts of an archive cost. They have no more bytes than it says, of which there may be an
/// element in every few; where that would be much, they are counted.
fn of_archive(bytes: &[u8]) -> u64 {
    const MUCH: u64 = 10_000_000;
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let mut cost = 0_u64;
    for at in 0..parts.len() {
        let Ok(mut part) = parts.by_index(at) else { continue };
        let extension = part.name().map_or_else(|_| String::new(), |name| extension(&name));
        if ["gif", "jpeg", "jpg", "png", "ttf", "otf", "css", "js"].contains(&&*extension) {
            continue;
        }
        let at_most = part.size().min(archive::MOST_BYTES).saturating_mul(PACKED.usual);
        let rates = if extension == "xml" { OFFICE } else { MARKUP };
        let of_part = if at_most > MUCH { of_part(&mut part, rates) } else { at_most };
        cost = cost.saturating_add(of_part);
    }
    cost
}

/// What a part of an archive costs, by its elements.
fn of_part(part: &mut impl std::io::Read, rates: Rates) -> u64 {
    let mut cost = 0_u64;
    let mut piece = vec![0; 64 << 10];
    let mut left = archive::MOST_BYTES;
    while let Ok(read @ 1..) = part.read(&mut piece) {
        cost = cost.saturating_add(of_text(rates, &piece[..read]) - FIXED);
        left = left.saturating_sub(length(read));
        if left == 0 {
            break;
        }
    }
    cost
}

/// The rates of a file, by its name and its start.
fn rates(name: &str, head: &str) -> Rates {
    let reader = reader_for(name, head);
    let is_json = READERS.iter().any(|reader| {
        matches!(reader.read, Read::Json { .. }) && reader.extensions.contains(&&*extension(name))
    });
    match reader.map(|reader| (reader.format, reader.read)) {
        Some(("csv" | "tsv" | "json-lines", _)) => ROWS,
        Some(("chat" | "nlp" | "ctm" | "stm" | "scc" | "screenplay", _)) => TURNS,
        Some(("notebook", _) | (_, Read::Json { .. })) => VALUES,
        _ if is_json || json::may_be(head) => VALUES,
        Some(("rtf", _)) => CONTROLS,
        Some((_, Read::Bytes(_))) => PACKED,
        Some(("text", _)) | None => PROSE,
        Some(("markdown" | "latex", _)) => MARKED,
        Some((_, Read::Text(_))) if head.trim_start().starts_with('<') => MARKUP,
        Some(("html", _)) => MARKUP,
        Some((_, Read::Text(_))) => CUES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::archive::tests::pack;

    #[test]
    fn every_kind_of_file_has_its_rates() {
        let kinds = [
            ("a.txt", "words", PROSE),
            ("a.txt", "{\"segments\": []}", VALUES),
            ("a", "words", PROSE),
            ("a.md", "words", MARKED),
            ("a.srt", "words", CUES),
            ("a.txt", "WEBVTT\n\n", CUES),
            ("a.csv", "words", ROWS),
            ("a.jsonl", "{\"text\": \"a\"}", ROWS),
            ("a.json", "words", VALUES),
            ("a.ipynb", "{\"cells\": []}", VALUES),
            ("a.html", "words", MARKUP),
            ("a.ttml", "<tt>", MARKUP),
            ("a.xml", "<TEI>", MARKUP),
            ("a.cha", "@UTF8", TURNS),
            ("a.rtf", "{\\rtf1", CONTROLS),
            ("a.pdf", "%PDF", PACKED),
        ];
        for (name, head, expected) in kinds {
            assert_eq!(rates(name, head), expected, "{name} {head}");
        }
    }

    #[test]
    fn what_makes_structure_costs_more_than_what_makes_words() {
        let of = |name: &str, text: &str| estimate(name, text.repeat(100_000).as_bytes());
        assert!(of("a.txt", "aaaa") < of("a.txt", "a\n\na"));
        assert!(of("a.csv", "aaaa") * 20 < of("a.csv", "a\na\n"));
        assert!(of("a.html", "aaaa") * 5 < of("a.html", "<p>a"));
        assert!(estimate("a.txt", &[b'a'; 1_000]) < estimate("a.txt", &[0xE9; 1_000]));
    }

    #[test]
    fn what_an_archive_unpacks_to_is_what_counts() {
        let of = |bytes: usize| {
            let text = format!("<p>{}</p>", "so it is ".repeat(bytes / 9));
            estimate("a.docx", &pack(&[("word/document.xml", &text)]))
        };
        assert!(of(100_000) > 5_000_000);
        // Counted, and not guessed.
        assert!((50_000_000..80_000_000).contains(&of(20_000_000)), "{}", of(20_000_000));
    }

    #[test]
    fn no_estimate_is_below_the_least() {
        for name in ["a.txt", "a.srt", "a.csv", "a.json", "a.html", "a.pdf", "a.md", "a.cha"] {
            let bytes = [b' '; 5_000];
            assert!(estimate(name, &bytes) >= least(5_000) && usual(name, 5_000) >= least(5_000));
        }
    }
}
