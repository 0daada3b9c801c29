//! SAMI (`.smi`): HTML with `<SYNC Start=milliseconds>` before each caption.
//!
//! A caption is shown until the next one; one that holds only `&nbsp;` ends the one before it. A
//! file may hold several languages, a paragraph of another class for each: the class of the first
//! words is read, and a warning names the others. Tags need not be closed. Colours may tell speakers
//! apart.

use std::{borrow::Cow, ops::Range};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        colours::{Coloured, Paint},
        cues::{Cue, turns},
        pieces::{Gap, Pieces},
        single_line::single_line,
        xml::{Piece, Source, Tag, pieces},
    },
    transcript::{Metadata, Transcript, Warning},
};

/// SAMI captions.
pub const READER: Reader = Reader {
    format: "sami",
    extensions: &["smi", "sami"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let head = head.trim_start();
    head.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("<sami"))
}

/// What is shown from one `SYNC` to the next, in one class.
#[derive(Debug, Default)]
struct Shown {
    start: Option<Time>,
    class: Option<String>,
    content: Vec<Content>,
}

/// A piece of a caption.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    Text(Range<usize>),
    Line,
    /// An element begins, in a colour or not.
    Opens(Option<String>),
    Closes,
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut warnings = Vec::new();
    let mut metadata = Metadata::default();
    let mut shown: Vec<Shown> = Vec::new();
    let mut element = None;
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) if tag.is("sync") => {
                let start = start(&tag);
                if start.is_none() {
                    let message = "the start of the caption cannot be read; it has no time";
                    warnings.push(Warning::at(source.line_of(&tag), message));
                }
                element = None;
                shown.push(Shown { start, ..Shown::default() });
            }
            Piece::Start(tag) if tag.is("p") => {
                let class = tag.attribute("class").map(|it| it.to_ascii_lowercase());
                if let Some(last) = shown.last_mut() {
                    if last.class.is_some() && last.class != class {
                        let start = last.start;
                        shown.push(Shown { start, class, content: Vec::new() });
                    } else {
                        last.class = class;
                        last.content.push(Content::Line);
                    }
                }
            }
            Piece::Start(tag) if tag.is("br") => {
                shown.last_mut().into_iter().for_each(|last| last.content.push(Content::Line));
            }
            Piece::Start(tag) if tag.is("font") => {
                let colour = tag.attribute("color").map(Cow::into_owned);
                shown.last_mut().into_iter().for_each(|last| {
                    last.content.push(Content::Opens(colour.clone()));
                });
            }
            Piece::End(name) if name.eq_ignore_ascii_case("font") => {
                shown.last_mut().into_iter().for_each(|last| last.content.push(Content::Closes));
            }
            Piece::Start(tag) if tag.is("title") || tag.is("style") => element = Some(tag.name),
            Piece::End(name) if element.is_some_and(|it| it.eq_ignore_ascii_case(name)) => {
                element = None;
            }
            Piece::Text(bytes) => match (element, shown.last_mut()) {
                (Some(name), _) if name.eq_ignore_ascii_case("title") => {
                    metadata.title = Some(single_line(&text[bytes])).filter(|it| !it.is_empty());
                }
                (None, Some(last)) => last.content.push(Content::Text(bytes)),
                (None, None) if text[bytes.clone()].contains(char::is_alphanumeric) => {
                    let message = "text before the first caption; it is kept without a time";
                    warnings.push(Warning::at(source.line(bytes.start), message));
                    let content = vec![Content::Text(bytes)];
                    shown.push(Shown { content, ..Shown::default() });
                }
                _ => {}
            },
            _ => {}
        }
    }
    let cues = cues(&source, &shown, &mut warnings);
    Transcript { metadata, turns: turns(text, cues), warnings }
}

fn start(tag: &Tag<'_>) -> Option<Time> {
    let written = tag.attribute("start")?;
    let millis: f64 = written.trim().trim_end_matches("ms").trim_end().parse().ok()?;
    let time = std::time::Duration::try_from_secs_f64(millis.max(0.0) / 1000.0 + 5e-7).ok()?;
    u64::try_from(time.as_millis()).ok().map(Time)
}

fn cues(source: &Source<'_>, shown: &[Shown], warnings: &mut Vec<Warning>) -> Vec<Coloured> {
    let has_words = |it: &&Shown| {
        it.content.iter().any(|it| match it {
            Content::Text(bytes) => !source.text[bytes.clone()].trim().is_empty(),
            _ => false,
        })
    };
    let wanted = shown.iter().filter(has_words).find_map(|it| it.class.as_deref());
    let is_wanted = |it: &&Shown| it.class.is_none() || it.class.as_deref() == wanted;
    let mut others: Vec<_> =
        shown.iter().filter(|it| !is_wanted(it)).filter_map(|it| it.class.as_deref()).collect();
    others.sort_unstable();
    others.dedup();
    if let (Some(wanted), false) = (wanted, others.is_empty()) {
        let others = single_line(&others.join("`, `"));
        let message = format!("only the captions of class `{wanted}` are read, not `{others}`");
        warnings.push(Warning::whole(message));
    }
    let read: Vec<_> = shown.iter().filter(is_wanted).collect();
    let mut cues = Vec::with_capacity(read.len());
    for (at, caption) in read.iter().enumerate() {
        let end = read.get(at + 1).and_then(|next| next.start).or(caption.start);
        let time =
            caption.start.zip(end).map(|(start, end)| TimeSpan { start, end: end.max(start) });
        let mut pieces = Pieces::new(source.text);
        let mut paint = Paint::default();
        let mut in_line = false;
        let mut close = |pieces: &mut Pieces<'_>, paint: &mut Paint<'_>| {
            let (text, colour) = (pieces.take(), paint.of_cue());
            if !text.is_empty() {
                cues.push(Coloured { cue: Cue { time, speaker: None, text }, colour });
            }
        };
        for part in &caption.content {
            match part {
                Content::Line => {
                    pieces.part(Gap::Line);
                    in_line = false;
                }
                Content::Opens(colour) => paint.open(colour.as_deref().map(Cow::Borrowed)),
                Content::Closes => paint.close(),
                Content::Text(bytes) => {
                    if !source.text[bytes.clone()].trim().is_empty() {
                        if paint.changes() && !in_line {
                            close(&mut pieces, &mut paint);
                        }
                        paint.write(in_line);
                        in_line = true;
                    }
                    source.write(bytes.clone(), time, &mut pieces);
                }
            }
        }
        close(&mut pieces, &mut paint);
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_shown_until_the_next_one() {
        let source = "<SAMI><HEAD><TITLE>A film</TITLE><STYLE><!-- P {} --></STYLE></HEAD><BODY>\n<SYNC Start=1000><P Class=ENCC>one<br>two &amp; more\n<SYNC Start=2500.0ms><P Class=ENCC>&nbsp;\n<SYNC start=\"3000\"><P Class=ENCC>three</P></SYNC></BODY></SAMI>";
        assert!(recognises(source));
        let transcript = read(source);
        assert_eq!(transcript.metadata.title, Some("A film".into()));
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo & more\nthree");
        let parts = transcript.turns[0].text.parts();
        assert_eq!(parts[0].place.time, Some(TimeSpan { start: Time(1000), end: Time(2500) }));
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn colours_that_come_back_part_speakers() {
        let source = "<sami><body><sync start=1><p>one<sync start=2><p><font color=yellow>two</font>\
            <sync start=3><p>three<br><font color='#FFFF00'><i>four</i></font><sync start=4>\
            <p><font color=yellow>five";
        assert_eq!(read(source).turns[0].text.as_str(), "one\n\ntwo\n\nthree\n\nfour\n\nfive");
    }

    #[test]
    fn one_language_is_read() {
        let source = "<sami><body><sync start=1><p class=a>one<p class=b>eins<sync start=x><p class=b>zwei<p class=a>two";
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo");
        let warnings = [
            Warning::at(1, "the start of the caption cannot be read; it has no time"),
            Warning::whole("only the captions of class `a` are read, not `b`"),
        ];
        assert_eq!(transcript.warnings, warnings);
    }

    #[test]
    fn text_before_the_first_caption_is_kept_with_a_warning() {
        let transcript = read("<sami><body>stray<sync start=1><p>one");
        assert_eq!(transcript.turns[0].text.as_str(), "stray\none");
        assert_eq!(transcript.warnings[0].line, Some(1));
    }
}
