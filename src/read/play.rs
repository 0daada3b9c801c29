//! Plays in Jon Bosak's markup: `<PLAY>` with `<SPEECH>`, `<SPEAKER>` and `<LINE>`.
//!
//! Titles of acts and scenes, the list of persons and stage directions outside of a speech are
//! nobody's, and so is a speech without a name, which is a turn of its own; a stage direction inside a speech is put into square brackets. The title of the play
//! is that of the document. The front matter (`<FM>`), which tells about the file, is left out.

use std::ops::Range;

use crate::{
    read::{
        Read, Reader,
        pieces::{Gap, Pieces},
        single_line::single_line,
        turns::Turns,
        xml::{Piece, Source, pieces, root},
    },
    transcript::{Kind, Metadata, Transcript},
};

/// Plays in Jon Bosak's markup.
pub const READER: Reader =
    Reader { format: "play", extensions: &["xml"], version: 2, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    root(head) == Some("PLAY")
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut reader = PlayReader {
        source: &source,
        title: None,
        around: Vec::new(),
        speakers: Vec::new(),
        is_apart: false,
        pieces: Pieces::new(text),
        turns: Turns::new(text),
    };
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) => reader.start(tag.name),
            Piece::End(name) => reader.end(name),
            Piece::Text(bytes) => reader.text(bytes),
        }
    }
    reader.close();
    let metadata =
        Metadata { title: reader.title, kind: Some(Kind::Transcript), ..Metadata::default() };
    Transcript { metadata, turns: reader.turns.finish(), warnings: Vec::new() }
}

/// How far an end tag looks for its start tag.
const DEEPEST: usize = 32;

struct PlayReader<'a, 's> {
    source: &'s Source<'a>,
    title: Option<String>,
    around: Vec<&'a str>,
    speakers: Vec<String>,
    /// Whether a speech began or ended since the last paragraph.
    is_apart: bool,
    /// The open paragraph.
    pieces: Pieces<'a>,
    turns: Turns<'a>,
}

impl<'a> PlayReader<'a, '_> {
    fn is_in(&self, name: &str) -> bool {
        self.around.iter().rev().take(DEEPEST).any(|it| *it == name)
    }

    fn start(&mut self, name: &'a str) {
        match name {
            "SPEECH" => {
                self.close();
                self.speakers.clear();
                self.is_apart = true;
            }
            "LINE" => self.pieces.part(Gap::Line),
            "STAGEDIR" if self.is_in("SPEECH") => {
                if !self.is_in("LINE") {
                    self.pieces.part(Gap::Line);
                }
                let byte = name.as_ptr() as usize - self.source.text.as_ptr() as usize;
                self.pieces.decoded('[', self.source.point(byte), None);
            }
            "SPEAKER" => {}
            _ if !self.is_in("SPEECH") => self.close(),
            _ => {}
        }
        self.around.push(name);
    }

    fn end(&mut self, name: &str) {
        let Some(deep) = self.around.iter().rev().take(DEEPEST).position(|it| *it == name) else {
            return;
        };
        if name == "SPEECH" || !self.is_in("SPEECH") {
            self.close();
            self.is_apart |= name == "SPEECH";
        } else if name == "STAGEDIR" {
            let byte = name.as_ptr() as usize - self.source.text.as_ptr() as usize;
            self.pieces.decoded(']', self.source.point(byte), None);
        }
        self.around.truncate(self.around.len() - 1 - deep);
    }

    fn text(&mut self, bytes: Range<usize>) {
        let is_title = matches!(self.around.as_slice(), ["PLAY", "TITLE"]);
        if self.is_in("FM") {
            return;
        }
        if is_title || self.is_in("SPEAKER") {
            let mut pieces = Pieces::new(self.source.text);
            self.source.write(bytes, None, &mut pieces);
            let name = single_line(pieces.take().as_str());
            if is_title && self.title.is_none() && !name.is_empty() {
                self.title = Some(name);
            } else if !is_title && !name.is_empty() {
                self.speakers.push(name);
            }
            return;
        }
        self.source.write(bytes, None, &mut self.pieces);
    }

    /// Ends a paragraph, or a speech.
    fn close(&mut self) {
        let text = self.pieces.take();
        if text.is_empty() {
            return;
        }
        let speaker = self.speakers.join(", ");
        let speaker = Some(speaker.as_str()).filter(|it| self.is_in("SPEECH") && !it.is_empty());
        if std::mem::take(&mut self.is_apart) && speaker.is_none() {
            self.turns.end();
        }
        self.turns.begin(speaker);
        self.turns.part(Gap::Paragraph);
        self.turns.append(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    #[test]
    fn speeches_are_turns_and_stage_directions_are_nobodys() {
        let source = "<?xml version=\"1.0\"?>\n<!DOCTYPE PLAY>\n<PLAY><TITLE>The Tape</TITLE><FM><P>Free to copy.</P></FM><ACT><TITLE>ACT I</TITLE><STAGEDIR>Enter HOST</STAGEDIR>\n<SPEECH>\n<SPEAKER>HOST</SPEAKER>\n<LINE><STAGEDIR>Aside</STAGEDIR> The glue takes up water,</LINE>\n<LINE>it falls.</LINE>\n<STAGEDIR>Bakes it</STAGEDIR>\n</SPEECH>\n<SPEECH><SPEAKER>HOST</SPEAKER><SPEAKER>ARCHIVIST</SPEAKER><LINE>Like bread!</LINE></SPEECH></ACT></PLAY>";
        assert!(recognises(source));
        let transcript = read(source);
        assert_eq!(
            said(&transcript),
            [
                (None, "ACT I\n\nEnter HOST", None),
                (Some("HOST"), "[Aside] The glue takes up water,\nit falls.\n[Bakes it]", None),
                (Some("HOST, ARCHIVIST"), "Like bread!", None),
            ]
        );
        assert_eq!(transcript.metadata.title.as_deref(), Some("The Tape"));
    }

    #[test]
    fn a_speech_of_nobody_is_a_turn_of_its_own() {
        let speech = |words: &str| format!("<SPEECH><SPEAKER></SPEAKER>{words}</SPEECH>");
        let [one, two] = ["<LINE>Two tapes,</LINE><LINE>alike.</LINE>", "<LINE>They rot.</LINE>"];
        let (one, two) = (speech(one), speech(two));
        let source = format!(
            "<PLAY><PROLOGUE><TITLE>PROLOGUE</TITLE>{one}{two}<STAGEDIR>They play</STAGEDIR></PROLOGUE></PLAY>"
        );
        assert_eq!(
            said(&read(&source)),
            [
                (None, "PROLOGUE", None),
                (None, "Two tapes,\nalike.", None),
                (None, "They rot.", None),
                (None, "They play", None),
            ]
        );
    }
}
