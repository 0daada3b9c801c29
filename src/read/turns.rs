//! Puts turns together out of pieces of a file.
//!
//! Keeps what every [`Transcript`](crate::transcript::Transcript) promises: no white space at the
//! ends of a turn, no empty turn, no two neighbours with one speaker, unless the file sets them apart.

use crate::{
    place::{Place, SourceSpan, TimeSpan},
    read::pieces::{Gap, Pieces},
    text::Text,
    transcript::{Speaker, Turn},
};

/// Turns in the making.
#[derive(Debug)]
pub struct Turns<'a> {
    done: Vec<Turn>,
    /// Whether the open turn stands apart from the one before, whoever speaks in both.
    stands_apart: bool,
    speaker: Option<Speaker>,
    pieces: Pieces<'a>,
}

impl<'a> Turns<'a> {
    /// No turns yet, of a decoded file. Give an empty string where pieces have no place in one.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        Self { done: Vec::new(), stands_apart: false, speaker: None, pieces: Pieces::new(source) }
    }

    /// From here on someone speaks, or nobody in particular.
    pub fn begin(&mut self, speaker: Option<&str>) {
        if self.speaker.as_ref().map(|it| it.0.as_str()) != speaker {
            self.close();
            self.speaker = speaker.map(|name| Speaker(name.to_owned()));
        }
    }

    /// What follows stands apart from what was said so far, even where the same speaker goes on: the
    /// next article, the speech of somebody who is not named, words after a long silence.
    pub fn end(&mut self) {
        let speaker = self.speaker.clone();
        self.close();
        self.speaker = speaker;
        self.stands_apart = true;
    }

    /// Parts what follows from what was said; the widest gap asked for counts.
    pub fn part(&mut self, gap: Gap) {
        self.pieces.part(gap);
    }

    /// Appends a piece that copies the file: see [`Pieces::copy`].
    pub fn copy(&mut self, piece: &'a str, source: SourceSpan, time: Option<TimeSpan>) {
        self.pieces.copy(piece, source, time);
    }

    /// Appends a character that stands for other bytes: see [`Pieces::decoded`].
    pub fn decoded(&mut self, character: char, source: SourceSpan, time: Option<TimeSpan>) {
        self.pieces.decoded(character, source, time);
    }

    /// Appends a text that was put together elsewhere: see [`Pieces::append`].
    pub fn append(&mut self, text: &Text) {
        self.pieces.append(text);
    }

    /// The turns.
    #[must_use]
    pub fn finish(mut self) -> Vec<Turn> {
        self.close();
        self.done
    }

    fn close(&mut self) {
        let text = self.pieces.take();
        let speaker = self.speaker.take();
        if text.is_empty() {
            return;
        }
        let stands_apart = std::mem::take(&mut self.stands_apart);
        let goes_on = |last: &&mut Turn| last.speaker == speaker && !stands_apart;
        match self.done.last_mut().filter(goes_on) {
            Some(last) => {
                // The turn between the two came to nothing.
                last.text.push(Gap::Paragraph.as_str(), Place::default());
                last.text.append(&text);
            }
            None => self.done.push(Turn { speaker, text, ..Turn::default() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lines::lines;

    #[test]
    fn a_turn_without_words_leaves_no_trace() {
        let source = "one\n \ntwo";
        let mut turns = Turns::new(source);
        for (line, speaker) in lines(source).zip(["A", "B", "A"]) {
            turns.begin(Some(speaker));
            turns.copy(line.text, line.span(0..line.text.len()), None);
        }
        let turns = turns.finish();
        assert_eq!(turns.len(), 1);
        assert_eq!(turns[0].text.as_str(), "one\n\ntwo");
    }

    #[test]
    fn what_the_file_sets_apart_is_a_turn_of_its_own() {
        let source = "one\ntwo\n \nthree";
        let mut turns = Turns::new(source);
        for line in lines(source) {
            turns.end();
            turns.copy(line.text, line.span(0..line.text.len()), None);
        }
        let texts: Vec<_> = turns.finish().into_iter().map(|turn| turn.text).collect();
        assert_eq!(texts.iter().map(Text::as_str).collect::<Vec<_>>(), ["one", "two", "three"]);
    }
}
