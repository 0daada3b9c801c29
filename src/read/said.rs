//! Who says what in turns, as the tests of readers compare it.

use crate::transcript::Turn;

/// Who speaks, if that is known, and what.
pub type Said = (Option<String>, String);

/// Who says what in each of some turns.
pub fn said_in(turns: Vec<Turn>) -> Vec<Said> {
    let said = |turn: Turn| (turn.speaker.map(|name| name.0), turn.text.as_str().to_owned());
    turns.into_iter().map(said).collect()
}

/// What someone says; nobody known where the name is empty.
pub fn turn(speaker: &str, text: &str) -> Said {
    ((!speaker.is_empty()).then(|| speaker.to_owned()), text.to_owned())
}
