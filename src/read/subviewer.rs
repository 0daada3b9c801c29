//! `SubViewer` (`.sub`): a header of bracketed fields, then a line with two times parted by a comma,
//! and text with lines parted by `[br]`.

use crate::{
    read::{
        Read, Reader,
        caption::{Timing, read_cue, time, warn_of_text_before},
        cues::turns,
        lines::{Line, lines},
        plain,
        single_line::single_line,
        timestamp,
    },
    transcript::{Metadata, Transcript},
};

/// `SubViewer` captions.
pub const READER: Reader = Reader {
    format: "subviewer",
    extensions: &["sub"],
    version: 3,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let mut written = head.lines().map(str::trim).filter(|line| !line.is_empty());
    match written.next() {
        Some("[INFORMATION]" | "[SUBTITLE]") => true,
        Some(line) => timing(line).is_some() && line.contains('.'),
        None => false,
    }
}

/// `00:02:17.44,00:02:20.38`.
fn timing(line: &str) -> Option<Timing> {
    let (start, end) = line.split_once(',')?;
    let whole = |it: &str| {
        let found = timestamp::clock(it)?;
        (found.1 == it.len() && it.bytes().filter(|byte| *byte == b':').count() == 2)
            .then_some(found.0)
    };
    Some(Timing::between(whole(start)?, whole(end)?))
}

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let timings: Vec<_> = (0..lines.len())
        .filter_map(|at| timing(lines[at].text).map(|timing| (at, timing)))
        .collect();
    let Some((first, _)) = timings.first() else {
        return plain::without_cues(source);
    };
    let title = lines[..*first].iter().find_map(|line| line.text.strip_prefix("[TITLE]"));
    let title = title.map(single_line).filter(|title| !title.is_empty());
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    let loose: Vec<_> =
        lines[..*first].iter().filter(|line| !is_header(line.text)).copied().collect();
    warn_of_text_before(&loose, &mut warnings);
    read_cue(source, None, &loose, &mut cues);
    for (index, (at, timing)) in timings.iter().enumerate() {
        let last = timings.get(index + 1).map_or(lines.len(), |(next, _)| *next);
        let time = time(*timing, lines[*at].at.line, &mut warnings);
        let parts: Vec<_> = lines[at + 1..last].iter().flat_map(|line| parts(*line)).collect();
        read_cue(source, time, &parts, &mut cues);
    }
    let metadata = Metadata { title, ..Metadata::default() };
    Transcript { metadata, turns: turns(source, cues), warnings }
}

/// `[AUTHOR]somebody`, and empty lines.
fn is_header(line: &str) -> bool {
    let name = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    line.is_empty() || name.is_some_and(|(name, _)| !name.contains(char::is_lowercase))
}

fn parts(line: Line<'_>) -> Vec<Line<'_>> {
    const BREAK: &str = "[br]";
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.text.find(BREAK) {
        parts.push(rest.before(at));
        rest = rest.after(at + BREAK.len());
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Time, TimeSpan};

    #[test]
    fn the_header_is_no_text() {
        let source = "[INFORMATION]\n[TITLE]A film\n[AUTHOR]\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF,[STYLE]bd\n00:00:01.00,00:00:02.50\none[br]two\n\n00:00:04.00,00:00:03.00\nthree";
        let transcript = read(source);
        assert_eq!(transcript.metadata.title, Some("A film".into()));
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo\nthree");
        let first = transcript.turns[0].text.parts()[0].place.time;
        assert_eq!(first, Some(TimeSpan { start: Time(1000), end: Time(2500) }));
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(10)]);
    }

    #[test]
    fn text_before_the_first_cue_is_kept_with_a_warning() {
        let transcript = read("[SUBTITLE]\nstray\n00:00:01.00,00:00:02.50\none");
        assert_eq!(transcript.turns[0].text.as_str(), "stray\none");
        assert_eq!(transcript.warnings[0].line, Some(2));
    }
}
