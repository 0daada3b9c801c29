//! TEI, the Text Encoding Initiative: <https://tei-c.org/release/doc/tei-p5-doc/en/html/>.
//!
//! Read are transcriptions of speech (`<u who>`, ISO 24624 among them), plays (`<sp who>` with
//! `<speaker>`, `<l>` and `<p>`) and any other text, whose paragraphs are nobody's. Who an
//! identifier is called stands in a list of persons or in the cast. Times come from the timeline.
//!
//! What happens meanwhile (`<vocal>`, `<incident>`, `<kinesic>`, and `<stage>` inside a speech) is
//! put into square brackets; other stage directions are nobody's. Left out are pauses, notes,
//! annotations (`<spanGrp>`), and of a `<choice>` what an editor made of the text.

mod header;
mod timeline;

use std::{borrow::Cow, ops::Range};

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        pieces::{Gap, Pieces},
        single_line::single_line,
        turns::Turns,
        xml::{Piece, Source, Tag, pieces, root},
    },
    transcript::{Transcript, Turn},
};

use self::{header::Header, timeline::Timeline};

/// TEI.
pub const READER: Reader = Reader {
    format: "tei",
    extensions: &["tei", "xml"],
    version: 1,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    matches!(root(head), Some("TEI" | "TEI.2" | "teiCorpus"))
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut reader = TeiReader::new(&source);
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) => reader.start(&tag),
            Piece::End(name) => reader.end(name),
            Piece::Text(bytes) => reader.text(bytes),
        }
    }
    let turns = reader.turns();
    let TeiReader { header, timeline, .. } = reader;
    Transcript { metadata: header.metadata, turns, warnings: timeline.warnings }
}

/// How far an end tag looks for its start tag.
const DEEPEST: usize = 64;

/// Elements whose text is no part of what is said or written.
const LEFT_OUT: &[&str] = &[
    "note",
    "spanGrp",
    "fw",
    "corr",
    "reg",
    "expan",
    "figDesc",
    "listPerson",
    "timeline",
    "respStmt",
];

/// Elements that start a paragraph of their own.
const BLOCKS: &[&str] = &[
    "p",
    "ab",
    "head",
    "item",
    "row",
    "lg",
    "div",
    "div1",
    "div2",
    "div3",
    "docTitle",
    "docAuthor",
    "castItem",
    "trailer",
    "opener",
    "closer",
    "byline",
    "salute",
    "signed",
    "dateline",
    "label",
    "titlePart",
    "quote",
    "epigraph",
    "docImprint",
    "set",
];

/// What happens while somebody speaks.
const SOUNDS: &[&str] = &["vocal", "incident", "kinesic", "writing"];

/// A piece of a stretch of speech or text.
#[derive(Debug)]
enum Part {
    Text(Range<usize>),
    Gap(Gap),
    /// A space that is not in the file, before a word that is marked up as one.
    Space(usize),
    /// The square brackets around what happens meanwhile, and the byte at which they stand.
    Bracket(char, usize),
    /// What an attribute tells about it.
    Described(String, usize),
    /// From here on it is this point of the timeline.
    Anchor(String),
}

/// A stretch of one speaker, or of nobody.
#[derive(Debug, Default)]
struct Stretch {
    /// Identifiers of who speaks.
    who: Option<String>,
    /// What the speaker is called above the speech.
    label: String,
    /// The points of the timeline between which it was said.
    start: Option<String>,
    end: Option<String>,
    /// Whether words are marked up one by one.
    words: bool,
    parts: Vec<Part>,
}

struct TeiReader<'a, 's> {
    source: &'s Source<'a>,
    header: Header,
    timeline: Timeline,
    /// The names of the open elements.
    around: Vec<&'a str>,
    stretches: Vec<Stretch>,
    /// Whether the text has begun and not ended.
    in_text: bool,
    /// The attributes of the block that an utterance stands in.
    block: Option<[Option<String>; 3]>,
}

impl<'a, 's> TeiReader<'a, 's> {
    fn new(source: &'s Source<'a>) -> Self {
        Self {
            source,
            header: Header::default(),
            timeline: Timeline::default(),
            around: Vec::new(),
            stretches: vec![Stretch::default()],
            in_text: false,
            block: None,
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.around.iter().rev().take(DEEPEST).any(|it| *it == name)
    }

    fn in_speech(&self) -> bool {
        self.is_in("u") || self.is_in("sp")
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let attribute = |name: &str| tag.attribute(name).map(Cow::into_owned);
        self.header.start(tag, &self.around);
        self.timeline.start(tag, self.source.line_of(tag));
        let byte = tag.name.as_ptr() as usize - self.source.text.as_ptr() as usize;
        match tag.name {
            "text" => self.in_text = true,
            "annotationBlock" => self.block = Some(["who", "start", "end"].map(attribute)),
            "u" | "sp" => {
                let [who, start, end] = self.block.clone().unwrap_or_default();
                self.stretches.push(Stretch {
                    who: attribute("who").or(who),
                    start: attribute("start").or(start),
                    end: attribute("end").or(end),
                    ..Stretch::default()
                });
            }
            "stage" if !self.in_speech() => self.stretches.push(Stretch::default()),
            "stage" => {
                self.push(Part::Space(byte));
                self.push(Part::Bracket('[', byte));
            }
            "anchor" => self.extend(attribute("synch").map(Part::Anchor)),
            "w" => {
                if let Some(open) = self.stretches.last_mut() {
                    open.words = true;
                }
                self.push(Part::Space(byte));
            }
            "l" => self.push(Part::Gap(Gap::Line)),
            "lb" if tag.attribute("break").as_deref() != Some("no") => {
                self.push(Part::Gap(Gap::Line));
            }
            name if SOUNDS.contains(&name) => {
                self.push(Part::Space(byte));
                self.push(Part::Bracket('[', byte));
                self.extend(attribute("desc").map(|it| Part::Described(single_line(&it), byte)));
            }
            name if BLOCKS.contains(&name) => self.push(Part::Gap(Gap::Paragraph)),
            _ => {}
        }
        self.around.push(tag.name);
    }

    fn end(&mut self, name: &str) {
        let deep = self.around.iter().rev().take(DEEPEST).position(|it| *it == name);
        let Some(deep) = deep else {
            return;
        };
        self.around.truncate(self.around.len() - 1 - deep);
        self.header.end(name);
        match name {
            "text" => self.in_text = self.around.contains(&"text"),
            "annotationBlock" => self.block = None,
            "u" | "sp" => self.stretches.push(Stretch::default()),
            "stage" if !self.in_speech() => self.stretches.push(Stretch::default()),
            name if name == "stage" || SOUNDS.contains(&name) => {
                let parts = self.stretches.last().map_or(&[][..], |open| &open.parts);
                let byte = parts.iter().rev().find_map(|part| match part {
                    Part::Text(bytes) => Some(bytes.end),
                    Part::Bracket(_, byte) => Some(*byte),
                    _ => None,
                });
                let at = byte.unwrap_or_default();
                self.push(Part::Bracket(']', at));
                self.push(Part::Space(at));
            }
            name if BLOCKS.contains(&name) => self.push(Part::Gap(Gap::Paragraph)),
            _ => {}
        }
    }

    fn text(&mut self, bytes: Range<usize>) {
        if self.is_in("teiHeader") || self.is_in("standOff") || self.header.is_naming() {
            let mut pieces = Pieces::new(self.source.text);
            self.source.write(bytes.clone(), None, &mut pieces);
            self.header.text(pieces.take().as_str(), &self.around);
        }
        let is_text = self.in_text && !LEFT_OUT.iter().any(|name| self.is_in(name));
        let Some(open) = self.stretches.last_mut().filter(|_| is_text) else {
            return;
        };
        let written = &self.source.text[bytes.clone()];
        if self.around.last() == Some(&"speaker") {
            open.label.push_str(written);
        } else if !(open.words && written.trim().is_empty()) {
            open.parts.push(Part::Text(bytes));
        }
    }

    fn push(&mut self, part: Part) {
        self.extend(Some(part));
    }

    fn extend(&mut self, part: Option<Part>) {
        if let Some(open) = self.stretches.last_mut().filter(|_| self.in_text) {
            open.parts.extend(part);
        }
    }

    fn turns(&mut self) -> Vec<Turn> {
        self.timeline.finish();
        let mut turns = Turns::new(self.source.text);
        let stretches = std::mem::take(&mut self.stretches);
        for stretch in &stretches {
            let text = self.written(stretch);
            if text.is_empty() {
                continue;
            }
            let speaker = self.header.called(stretch.who.as_deref(), &stretch.label);
            let is_utterance = stretch.start.is_some();
            turns.begin(speaker.as_deref());
            turns.part(if is_utterance { Gap::Line } else { Gap::Paragraph });
            turns.append(&text);
        }
        turns.finish()
    }

    fn written(&mut self, stretch: &Stretch) -> crate::text::Text {
        let start = stretch.start.as_deref().and_then(|id| self.timeline.at(id));
        let end = stretch.end.as_deref().and_then(|id| self.timeline.at(id));
        let mut times =
            self.times(stretch, start.map(|it| it.start), end.map(|it| it.end)).into_iter();
        let mut time = times.next().flatten();
        let mut pieces = Pieces::new(self.source.text);
        for part in &stretch.parts {
            let point = |byte: usize| self.source.point(byte);
            match part {
                Part::Text(bytes) => self.source.write(bytes.clone(), time, &mut pieces),
                Part::Gap(gap) => pieces.part(*gap),
                Part::Space(byte) => pieces.decoded(' ', point(*byte), time),
                Part::Bracket(bracket, byte) => pieces.decoded(*bracket, point(*byte), time),
                Part::Described(what, byte) => {
                    what.chars().for_each(|it| pieces.decoded(it, point(*byte), time));
                }
                Part::Anchor(_) => time = times.next().flatten(),
            }
        }
        pieces.take()
    }

    /// The times of a stretch: up to its first anchor, and from each anchor to the next.
    fn times(
        &self,
        stretch: &Stretch,
        start: Option<crate::place::Time>,
        end: Option<crate::place::Time>,
    ) -> Vec<Option<TimeSpan>> {
        let anchors = stretch.parts.iter().filter_map(|part| match part {
            Part::Anchor(id) => Some(self.timeline.at(id).map(|it| it.start)),
            _ => None,
        });
        let mut starts: Vec<_> = std::iter::once(start).chain(anchors).collect();
        let mut last = None;
        for start in &mut starts {
            *start = start.or(last);
            last = *start;
        }
        let mut next = end;
        let mut times = Vec::with_capacity(starts.len());
        for start in starts.into_iter().rev() {
            times
                .push(start.map(|start| TimeSpan { start, end: next.unwrap_or(start).max(start) }));
            next = start.or(next);
        }
        times.reverse();
        times
    }
}

#[cfg(test)]
mod tests;
