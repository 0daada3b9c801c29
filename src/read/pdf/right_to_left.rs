//! Lines that are read from right to left.
//!
//! A page is put together by where its characters lie, from left to right. Hebrew and Arabic then
//! stand in the order of the eye, not of reading. Here the order of reading is restored, after the
//! main rule of the Unicode Bidirectional Algorithm (UAX #9): stretches of such letters are turned
//! round, and the stretches themselves where the line as a whole runs from right to left. Numbers
//! keep their order.

use std::borrow::Cow;

/// Whether a character belongs to a script that is written from right to left.
#[must_use]
pub fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && !character.is_numeric()
}

/// The direction of a character; `None` takes that of what stands around it.
fn is_backward(character: char) -> Option<bool> {
    if is_right_to_left(character) {
        Some(true)
    } else if character.is_alphanumeric() {
        Some(false)
    } else {
        None
    }
}

/// A line in the order of reading, of one that stands in the order of the eye.
#[must_use]
pub fn in_order_of_reading(line: &str) -> Cow<'_, str> {
    let backward = line.chars().filter(|it| is_right_to_left(*it)).count();
    if backward == 0 {
        return Cow::Borrowed(line);
    }
    let is_forward = |it: &char| it.is_alphabetic() && !is_right_to_left(*it);
    let forward = line.chars().filter(is_forward).count();
    let base = backward >= forward;
    let characters: Vec<char> = line.chars().collect();
    let mut stretches: Vec<(bool, Vec<char>)> = Vec::new();
    for (at, character) in characters.iter().copied().enumerate() {
        let direction = is_backward(character).unwrap_or_else(|| {
            // Between two stretches of one direction it has that direction.
            let before = characters[..at].iter().rev().find_map(|it| is_backward(*it));
            let after = characters[at..].iter().find_map(|it| is_backward(*it));
            if before == after { before.unwrap_or(base) } else { base }
        });
        match stretches.last_mut().filter(|(last, _)| *last == direction) {
            Some((_, stretch)) => stretch.push(character),
            None => stretches.push((direction, vec![character])),
        }
    }
    if base {
        stretches.reverse();
    }
    let mut read = String::with_capacity(line.len());
    for (direction, stretch) in stretches {
        if direction {
            read.extend(stretch.into_iter().rev().map(mirrored));
        } else {
            read.extend(stretch);
        }
    }
    Cow::Owned(read)
}

/// Brackets that open towards the other side.
fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_left_to_right_is_left_alone() {
        assert!(matches!(in_order_of_reading("A reading room (1961)."), Cow::Borrowed(_)));
    }

    #[test]
    fn hebrew_in_the_order_of_the_eye_is_turned_round() {
        let line: String = "שלום לכולם (היום).".chars().rev().map(mirrored).collect();
        assert_eq!(in_order_of_reading(&line), "שלום לכולם (היום).");
    }

    #[test]
    fn numbers_and_latin_words_inside_keep_their_order() {
        assert_eq!(in_order_of_reading("הנש 60 ירחא"), "אחרי 60 שנה");
        assert_eq!(in_order_of_reading("VHS 1961 םולש"), "שלום VHS 1961");
        assert_eq!(in_order_of_reading("the word םולש is old"), "the word שלום is old");
    }
}
