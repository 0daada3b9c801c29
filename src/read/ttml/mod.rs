//! TTML and its profiles: DFXP, iTT, EBU-TT, SMPTE-TT, IMSC: <https://www.w3.org/TR/ttml2/>.
//!
//! A `<p>` is a caption. Its times count from those of the elements around it; times of a `<span>`
//! are those of its words. `ttm:agent` is the speaker, by the name that the head gives; where some
//! captions have one, the others are nobody's. `<br/>` and
//! line ends part lines. Styles, regions and metadata are no text; colours may tell speakers apart.

mod clock;

use std::{borrow::Cow, collections::HashMap, ops::Range};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        colours::{Coloured, Paint},
        cues::{self, Cue},
        front_matter::language,
        pieces::{Gap, Pieces},
        single_line::single_line,
        ttml::clock::Rates,
        xml::{Piece, Source, Tag, pieces, root},
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// TTML captions.
pub const READER: Reader = Reader {
    format: "ttml",
    extensions: &["ttml", "dfxp", "itt", "xml"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    root(head) == Some("tt")
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut reader = TtmlReader {
        source: &source,
        rates: Rates::default(),
        metadata: Metadata::default(),
        agents: HashMap::new(),
        agent: None,
        colours: HashMap::new(),
        paint: Paint::default(),
        in_line: false,
        around: Vec::new(),
        skipped: None,
        body: false,
        pieces: Pieces::new(text),
        cues: Vec::new(),
        warnings: Vec::new(),
    };
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) => reader.start(&tag),
            Piece::End(name) => reader.end(name),
            Piece::Text(bytes) => reader.text(bytes),
        }
    }
    reader.close();
    let TtmlReader { metadata, mut cues, warnings, .. } = reader;
    cues::sort(&mut cues);
    Transcript { metadata, turns: cues::turns_of_named(text, cues), warnings }
}

/// What is not said, wherever it stands.
const METADATA: &[&str] = &["title", "desc", "copyright", "name", "metadata", "information"];

/// How far an end tag looks for its start tag.
const DEEPEST: usize = 32;

/// An element of the body that is open.
#[derive(Clone, Debug, Default)]
struct Around<'a> {
    name: &'a str,
    /// When what stands in it is said.
    time: Option<TimeSpan>,
    /// From when the times in it count.
    base: Time,
    /// The identifier of who speaks in it.
    agent: Option<String>,
}

struct TtmlReader<'a, 's> {
    source: &'s Source<'a>,
    rates: Rates,
    metadata: Metadata,
    /// Names by identifier.
    agents: HashMap<String, String>,
    /// The agent that is being described.
    agent: Option<String>,
    /// Colours of styles by identifier.
    colours: HashMap<String, String>,
    paint: Paint<'a>,
    /// Whether the open line has words.
    in_line: bool,
    around: Vec<Around<'a>>,
    /// The open element of metadata.
    skipped: Option<&'a str>,
    body: bool,
    pieces: Pieces<'a>,
    cues: Vec<Coloured>,
    warnings: Vec<Warning>,
}

impl<'a> TtmlReader<'a, '_> {
    fn start(&mut self, tag: &Tag<'a>) {
        if METADATA.contains(&tag.name) {
            self.skipped = Some(tag.name);
        }
        match tag.name {
            "tt" => {
                self.rates = Rates::of(tag);
                self.metadata.language = tag.attribute("lang").and_then(|it| language(&it));
            }
            "agent" if !self.body => self.agent = tag.attribute("id").map(Cow::into_owned),
            "style" if !self.body => {
                if let (Some(id), Some(colour)) = (tag.attribute("id"), tag.attribute("color")) {
                    self.colours.insert(id.into_owned(), colour.into_owned());
                }
            }
            "br" => {
                self.pieces.part(Gap::Line);
                self.in_line = false;
            }
            "body" | "div" | "p" | "span" => {
                self.body = true;
                let agent = tag.attribute("agent");
                if tag.name == "p" || agent.is_some() {
                    self.close();
                }
                let colour = self.colour(tag);
                self.paint.open(colour);
                let outer = self.around.last().cloned().unwrap_or_default();
                let first = agent.and_then(|it| it.split_whitespace().next().map(str::to_owned));
                let (time, base) = self.times(tag, &outer);
                let agent = first.or(outer.agent);
                self.around.push(Around { name: tag.name, time, base, agent });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped == Some(name) {
            self.skipped = None;
        }
        let deep = self.around.iter().rev().take(DEEPEST).position(|it| it.name == name);
        if let Some(deep) = deep {
            let at = self.around.len() - 1 - deep;
            let outer = at.checked_sub(1).and_then(|outer| self.around[outer].agent.as_ref());
            if name == "p" || self.around[at].agent.as_ref() != outer {
                self.close();
            }
            self.around.truncate(at);
            for _ in 0..=deep {
                self.paint.close();
            }
        }
    }

    fn text(&mut self, bytes: Range<usize>) {
        let written = &self.source.text[bytes.clone()];
        match self.skipped {
            Some("title") if !self.body => {
                self.metadata.title = Some(single_line(written)).filter(|it| !it.is_empty());
            }
            Some("name") => {
                if let Some(agent) = &self.agent {
                    self.agents.entry(agent.clone()).or_insert_with(|| single_line(written));
                }
            }
            Some(_) => {}
            None if !self.body => {}
            None => {
                if self.pieces.is_empty() && written.contains(char::is_alphanumeric) {
                    self.look_at_place(bytes.start);
                }
                if !written.trim().is_empty() {
                    if self.paint.changes() && !self.in_line {
                        self.close();
                    }
                    self.paint.write(self.in_line);
                    self.in_line = true;
                }
                let time = self.around.last().and_then(|it| it.time);
                self.source.write(bytes, time, &mut self.pieces);
            }
        }
    }

    /// The colour of an element: its own, or that of its style.
    fn colour(&self, tag: &Tag<'a>) -> Option<Cow<'a, str>> {
        let of_style = |styles: Cow<'a, str>| {
            styles.split_whitespace().find_map(|style| self.colours.get(style)).cloned()
        };
        let style = || tag.attribute("style").and_then(of_style).map(Cow::Owned);
        tag.attribute("color").or_else(style)
    }

    /// Warns about text that no caption holds, or whose caption has no time.
    fn look_at_place(&mut self, byte: usize) {
        let line = self.source.line(byte);
        let message = if !self.around.iter().rev().take(DEEPEST).any(|it| it.name == "p") {
            "text outside of any caption; it is kept"
        } else if self.around.last().is_some_and(|it| it.time.is_none()) {
            "the caption has no times; its text is kept without a time"
        } else {
            return;
        };
        self.warnings.push(Warning::at(line, message));
    }

    /// When what stands in an element is said, and from when the times in it count.
    fn times(&mut self, tag: &Tag<'a>, outer: &Around<'a>) -> (Option<TimeSpan>, Time) {
        let mut read = |name: &str| {
            let written = tag.attribute(name)?;
            let time = self.rates.time(&written);
            if time.is_none() {
                let message = format!("`{}` is no time", single_line(&written));
                self.warnings.push(Warning::at(self.source.line_of(tag), message));
            }
            time
        };
        let (begin, end, lasts) = (read("begin"), read("end"), read("dur"));
        if begin.is_none() && end.is_none() && lasts.is_none() {
            return (outer.time, outer.base);
        }
        let base = if counts_from_zero(begin, outer) { Time(0) } else { outer.base };
        let after = |from: Time, time: Time| Time(from.0.saturating_add(time.0));
        let start = begin.map_or(outer.base, |begin| after(base, begin));
        let stated = end.map(|end| after(base, end)).or(lasts.map(|lasts| after(start, lasts)));
        let until = stated.or(outer.time.map(|time| time.end)).unwrap_or(start);
        if until < start {
            let message = "the caption ends before it starts; only its start is used";
            self.warnings.push(Warning::at(self.source.line_of(tag), message));
        }
        (Some(TimeSpan { start, end: until.max(start) }), start)
    }

    /// Ends a cue.
    fn close(&mut self) {
        let (text, colour) = (self.pieces.take(), self.paint.of_cue());
        self.in_line = false;
        let times = text.parts().iter().filter_map(|part| part.place.time);
        let time =
            times.reduce(|a, b| TimeSpan { start: a.start.min(b.start), end: a.end.max(b.end) });
        let agent = self.around.last().and_then(|it| it.agent.as_ref());
        let name = agent.map(|id| self.agents.get(id).unwrap_or(id));
        let speaker = name.map(|name| Speaker(single_line(name))).filter(|it| !it.0.is_empty());
        if !text.is_empty() {
            self.cues.push(Coloured { cue: Cue { time, speaker, text }, colour });
        }
    }
}

/// Whether the time of a word counts from the start of the document, against the standard: when it
/// would lie behind the end of its caption otherwise.
fn counts_from_zero(begin: Option<Time>, outer: &Around<'_>) -> bool {
    let (Some(begin), Some(time)) = (begin, outer.time) else {
        return false;
    };
    let is_behind = outer.base.0.saturating_add(begin.0) >= time.end.0 && time.start < time.end;
    is_behind && (time.start..=time.end).contains(&begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: &str) -> Vec<(String, u64, u64)> {
        let turns = read(source).turns;
        let mut found = Vec::new();
        for turn in &turns {
            let parts = turn.text.parts();
            for (at, part) in parts.iter().enumerate() {
                let end = parts.get(at + 1).map_or(turn.text.len(), |next| next.start);
                let words = turn.text.as_str()[part.start..end].trim();
                if let Some(time) = part.place.time.filter(|_| !words.is_empty()) {
                    found.push((words.to_owned(), time.start.0, time.end.0));
                }
            }
        }
        found
    }

    fn part(words: &str, start: u64, end: u64) -> (String, u64, u64) {
        (words.to_owned(), start, end)
    }

    #[test]
    fn captions_have_the_times_of_their_paragraphs() {
        let source = "<?xml version=\"1.0\"?>\n<tt:tt xml:lang=\"en-US\" xmlns:tt=\"x\"><tt:head><ttm:title>A talk</ttm:title><styling><style/></styling></tt:head>\n<tt:body><tt:div begin=\"10s\"><tt:p begin=\"1s\" end=\"2s\">one<tt:br/>two &amp; <tt:span>three</tt:span></tt:p>\n<tt:p begin=\"2s\" dur=\"1s\">four</tt:p></tt:div></tt:body></tt:tt>";
        let transcript = read(source);
        assert!(recognises(source));
        assert_eq!(transcript.metadata.title, Some("A talk".into()));
        assert_eq!(transcript.metadata.language, Some("en".into()));
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo & three\nfour");
        assert_eq!(parts(source).last(), Some(&part("four", 12_000, 13_000)));
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn words_with_times_have_parts_of_their_own() {
        let source = "<tt><body><p begin=\"10s\" end=\"12s\"><span begin=\"0s\" end=\"1s\">one</span> <span begin=\"1s\">two</span></p></body></tt>";
        assert_eq!(parts(source), [part("one", 10_000, 11_000), part("two", 11_000, 12_000)]);
        let absolute =
            source.replace("0s\" end=\"1s", "10s\" end=\"11s").replace("=\"1s\"", "=\"11s\"");
        assert_eq!(parts(&absolute), [part("one", 10_000, 11_000), part("two", 11_000, 12_000)]);
    }

    #[test]
    fn agents_are_speakers_by_their_names() {
        let source = "<tt><head><metadata><ttm:agent xml:id=\"a\" type=\"person\"><ttm:name type=\"full\">Ada King</ttm:name></ttm:agent></metadata></head><body><div><p begin=\"1s\" end=\"2s\" ttm:agent=\"a\">one</p><p begin=\"2s\" end=\"3s\" ttm:agent=\"b\">two <span ttm:agent=\"a\">three</span></p></div></body></tt>";
        let turns = read(source).turns;
        let said: Vec<_> = turns
            .iter()
            .map(|it| (it.speaker.as_ref().map(|it| it.0.as_str()), it.text.as_str()))
            .collect();
        assert_eq!(
            said,
            [(Some("Ada King"), "one"), (Some("b"), "two"), (Some("Ada King"), "three")]
        );
    }

    #[test]
    fn colours_that_come_back_part_speakers() {
        let source = "<tt><head><styling><style xml:id=\"y\" tts:color=\"yellow\"/></styling></head><body>\
            <p begin=\"1s\" end=\"2s\">one</p><p begin=\"2s\" end=\"3s\" style=\"y\">two</p>\
            <p begin=\"3s\" end=\"4s\"><span>three</span><br/><span style=\"y\">four</span></p>\
            <p begin=\"4s\" end=\"5s\" tts:color=\"white\">five</p></body></tt>";
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "one\n\ntwo\n\nthree\n\nfour\n\nfive");
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn odd_times_and_stray_text_are_warnings_and_their_text_is_kept() {
        let source = "<tt>\n<body>stray\n<p begin=\"x\">one</p>\n<p begin=\"3s\" end=\"2s\">two</p></body></tt>";
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "stray\none\ntwo");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(3), Some(4)]);
    }
}
