//! STM: segments with speaker, start, end and words, as references of speech recognition have them
//! (TED-LIUM among them).
//!
//! `file channel speaker start end <label> words`. Of alternatives (`{ um / uh / @ }`) the first one
//! is read, where it is no `@`, which stands for nothing. Left out are labels, gaps between
//! segments and segments that are not scored.

use crate::{
    read::{
        Read, Reader,
        cues::{self, Cue},
        lines::Line,
        nist::{by_recording, in_order, mark, records},
        pieces::Pieces,
        timestamp::between_seconds,
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// STM.
pub const READER: Reader = Reader {
    format: "stm",
    extensions: &["stm"],
    version: 2,
    // Only the name tells: lines of fields are also how tables are written.
    recognises: |_| false,
    read: Read::Text(read),
};

const NOT_SCORED: &str = "IGNORE_TIME_SEGMENT_IN_SCORING";

fn read(text: &str) -> Transcript {
    let mut warnings = Vec::new();
    let mut cues = Vec::new();
    for (line, fields) in records(text) {
        let time = match fields.as_slice() {
            [_, _, _, start, end, ..] => between_seconds(start.text, end.text),
            _ => None,
        };
        // `file channel inter_segment_gap start end` is no segment.
        let Some(speaker) = fields.get(2).filter(|_| time.is_some()) else {
            let message = "the segment has no speaker and times; it is kept as nobody's";
            warnings.push(Warning::at(line.at.line, message));
            let recording = fields[0].text;
            cues.extend(cue(text, None, None, &line.trim()).map(|cue| (recording, cue)));
            continue;
        };
        let mut words = fields
            .get(5)
            .map_or(line.after(line.text.len()), |first| line.after(first.start - line.start));
        if let Some(label) = fields.get(5).filter(|it| is_label(it.text)) {
            words = line.after(label.end() - line.start);
        }
        let words = words.trim();
        let is_gap = speaker.text.ends_with("inter_segment_gap") || words.text == NOT_SCORED;
        if !is_gap {
            let cue = cue(text, Some(speaker.text), time, &words);
            cues.extend(cue.map(|cue| (fields[0].text, cue)));
        }
    }
    let turns = cues::turns_of_named(text, in_order(by_recording(cues)));
    Transcript { metadata: Metadata::default(), turns, warnings }
}

/// `<o,f0,male>` and `<NA>`, but not `<unk>`, which is a word.
fn is_label(field: &str) -> bool {
    let inner = field.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    inner.is_some_and(|it| it.contains(',') || matches!(it, "o" | "O" | "NA" | "na"))
}

fn cue(
    source: &str,
    speaker: Option<&str>,
    time: Option<crate::place::TimeSpan>,
    words: &Line<'_>,
) -> Option<Cue> {
    let mut pieces = Pieces::new(source);
    let mut rest = *words;
    // Inside `{ a / b }`: which of the alternatives it is, from 1.
    let mut alternative = 0;
    while !rest.text.is_empty() {
        let end = rest.text.find(char::is_whitespace).unwrap_or(rest.text.len());
        let word = rest.before(end);
        match word.text {
            "{" => alternative = 1,
            "}" => alternative = 0,
            "/" if alternative > 0 => alternative += 1,
            "@" => {}
            _ if alternative > 1 => {}
            _ => mark::write(&word, time, &mut pieces),
        }
        let blank = rest.after(end);
        rest = blank.trim();
        let gap = blank.before(rest.start - blank.start);
        pieces.copy(gap.text, gap.span(0..gap.text.len()), time);
    }
    let text = pieces.take();
    let speaker = speaker.map(|name| Speaker(name.to_owned()));
    (!text.is_empty()).then_some(Cue { time, speaker, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    #[test]
    fn segments_are_read_and_gaps_are_not() {
        let source = ";; LABEL \"O\" \"Overall\" \"x\"\ntape 1 inter_segment_gap 0 1.0\ntape 1 Host 1.0 2.5 <o,f0,male> so { um / uh } it (rots) { @ / now }\ntape 1 Archivist 2.5 3 <unk> (%HESITATION) (()) it does\ntape 1 Archivist 3 4 IGNORE_TIME_SEGMENT_IN_SCORING\ntape 1 Archivist 4 5\n";
        let transcript = read(source);
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "so um it rots", Some((1000, 2500))),
                (Some("Archivist"), "[unk] [HESITATION] … it does", Some((2500, 3000))),
            ]
        );
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn recordings_are_not_mixed() {
        let source = "b 1 Host 5 6 one\na 1 Archivist 1 2 two\nb 1 Engineer 1 2 three\n";
        let transcript = read(source);
        let speakers: Vec<_> = said(&transcript).into_iter().map(|it| it.0).collect();
        assert_eq!(speakers, [Some("Engineer"), Some("Host"), Some("Archivist")]);
    }

    #[test]
    fn a_broken_line_is_a_warning_and_is_kept() {
        let transcript = read("tape 1 Host 1.0 2.5 so\ntape 1 Host x 2.5 it rots\n");
        assert_eq!(transcript.warnings[0].line, Some(2));
        assert_eq!(
            said(&transcript),
            [(Some("Host"), "so", Some((1000, 2500))), (None, "tape 1 Host x 2.5 it rots", None)]
        );
    }
}
