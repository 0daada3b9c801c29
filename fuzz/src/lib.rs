//! What the fuzz targets share.

use pullquote::read::{self, Options};

/// Reads bytes as a file of one of some names, chosen by the first byte, and checks what every
/// reader promises: turns without white space at their ends, parts in order, times that do not run
/// backwards.
pub fn read_as(names: &[&str], bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let name = names[usize::from(*choice) % names.len()];
    let Ok(document) = read::read(name, bytes, &Options::default()) else { return };
    for turn in &document.transcript.turns {
        let text = turn.text.as_str();
        assert!(!text.is_empty() && text == text.trim(), "{text:?}");
        let mut last = None;
        for part in turn.text.parts() {
            assert!(last.is_none_or(|last| last < part.start) && text.is_char_boundary(part.start));
            assert!(part.place.time.is_none_or(|time| time.start <= time.end));
            last = Some(part.start);
        }
    }
}
