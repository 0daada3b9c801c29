//! Rev's references for `fstalign` (`.nlp`): <https://github.com/revdotcom/fstalign>.
//!
//! A word on each line, with its speaker, its times where they are known, and the mark after it:
//! `token|speaker|ts|endTs|punctuation|case|tags`, in the order that the first line gives. Sounds
//! (`<crosstalk>`) are put into square brackets. Cases and tags are left out.

use crate::{
    place::{Place, TimeSpan},
    read::{
        Read, Reader, cues,
        lines::{Line, lines},
        pieces::Pieces,
        single_line::single_line,
        spoken_words::{self, Word},
        timestamp::between_seconds,
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// References for `fstalign`.
pub const READER: Reader = Reader {
    format: "nlp",
    extensions: &["nlp"],
    version: 2,
    recognises: |head| head.starts_with("token|speaker|"),
    read: Read::Text(read),
};

/// Which field stands where, counted from 0.
#[derive(Clone, Copy, Debug)]
struct Fields {
    count: usize,
    token: usize,
    speaker: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    punctuation: Option<usize>,
}

impl Fields {
    fn of(first: &str) -> Option<Self> {
        let names: Vec<&str> = first.trim().split('|').collect();
        let place = |name: &str| names.iter().position(|it| it.eq_ignore_ascii_case(name));
        Some(Self {
            count: names.len(),
            token: place("token")?,
            speaker: place("speaker"),
            start: place("ts"),
            end: place("endTs"),
            punctuation: place("punctuation"),
        })
    }
}

/// The usual order, where the first line does not say one.
const USUAL: Fields = Fields {
    count: 7,
    token: 0,
    speaker: Some(1),
    start: Some(2),
    end: Some(3),
    punctuation: Some(4),
};

fn read(text: &str) -> Transcript {
    let mut warnings = Vec::new();
    let mut words = Vec::new();
    let named = lines(text).next().and_then(|first| Fields::of(first.text));
    let fields = named.unwrap_or(USUAL);
    for line in lines(text).skip(usize::from(named.is_some())).filter(|line| !line.is_blank()) {
        let found = split(&line);
        if found.len() != fields.count {
            let message =
                format!("the line has {} fields where {} are expected", found.len(), fields.count);
            warnings.push(Warning::at(line.at.line, message));
        }
        words.extend(word(text, &found, fields));
    }
    let cues = spoken_words::cues(words);
    Transcript { metadata: Metadata::default(), turns: cues::turns_of_named(text, cues), warnings }
}

fn split<'a>(line: &Line<'a>) -> Vec<Line<'a>> {
    let mut found = Vec::with_capacity(USUAL.count);
    let mut start = 0;
    for at in memchr::memchr_iter(b'|', line.text.as_bytes()).chain([line.text.len()]) {
        found.push(line.before(at).after(start).trim());
        start = at + 1;
    }
    found
}

fn word(text: &str, found: &[Line<'_>], fields: Fields) -> Option<Word> {
    let written = |place: Option<usize>| place.and_then(|place| found.get(place)).map(|it| it.text);
    let token = found.get(fields.token).filter(|it| !it.text.is_empty())?;
    let time: Option<TimeSpan> = written(fields.start)
        .and_then(|start| between_seconds(start, written(fields.end).unwrap_or(start)));
    let mut pieces = Pieces::new(text);
    let sound = token.text.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    match sound.filter(|it| it.contains(char::is_alphanumeric)) {
        Some(sound) => {
            pieces.decoded('[', token.span(0..0), time);
            let bytes = 1..1 + sound.len();
            pieces.copy(&token.text[bytes.clone()], token.span(bytes), time);
            let end = token.text.len();
            pieces.decoded(']', token.span(end..end), time);
        }
        None => pieces.copy(token.text, token.span(0..token.text.len()), time),
    }
    let mut word = pieces.take();
    if let Some(mark) =
        fields.punctuation.and_then(|place| found.get(place)).filter(|it| !it.text.is_empty())
    {
        let source = Some(mark.span(0..mark.text.len()));
        word.push(mark.text, Place { source, time, page: None });
    }
    let name = written(fields.speaker).map(single_line).filter(|it| !it.is_empty());
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.map(|name| if is_number(&name) { format!("Speaker {name}") } else { name });
    Some(Word { text: word, time, speaker: name.map(Speaker) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    const SOURCE: &str = "token|speaker|ts|endTs|punctuation|case|tags\n<crosstalk>|2|||||[]\nYeah|1|1.0|1.5|,|UC|[]\nit|1|||||[]\nrots|1|1.5|2.0|.|LC|[]\n";

    #[test]
    fn words_are_joined_with_their_marks() {
        let transcript = read(SOURCE);
        assert_eq!(
            said(&transcript),
            [
                (Some("Speaker 2"), "[crosstalk]", None),
                (Some("Speaker 1"), "Yeah, it rots.", Some((1000, 2000)))
            ]
        );
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn a_line_of_another_length_is_a_warning_and_is_read() {
        let transcript = read(&format!("{SOURCE}yes|1\n"));
        assert_eq!(transcript.warnings[0].line, Some(6));
        assert!(transcript.turns[1].text.as_str().ends_with("rots. yes"));
    }
}
