//! Label tracks of Audacity: a start and an end in seconds and a label, parted by tabs.
//!
//! A line that starts with a backslash tells the frequencies of the label above it and is no text.
//! These files are called `.txt`: they are told by their content, and only when every line of the
//! start of the file is such a line.

use crate::{
    place::{Time, TimeSpan},
    read::{Read, Reader, caption::read_cue, cues::turns, lines::lines, plain, timestamp},
    transcript::{Metadata, Transcript, Warning},
};

/// Label tracks of Audacity.
pub const READER: Reader =
    Reader { format: "audacity", extensions: &[], version: 2, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    let mut lines: Vec<_> = head.lines().filter(|line| !line.trim().is_empty()).collect();
    // The last line may be cut off.
    if lines.len() > 1 {
        lines.pop();
    }
    let is_label = |line: &&str| is_frequency(line) || times(line).is_some();
    lines.first().is_some_and(|line| times(line).is_some()) && lines.iter().all(is_label)
}

/// `\`, a tab and two frequencies.
fn is_frequency(line: &str) -> bool {
    line.starts_with("\\\t")
}

/// The two times at the start of a line, and how many bytes they take with their tabs. Both have a
/// fraction of three digits or more.
fn times(line: &str) -> Option<([Time; 2], usize)> {
    let mut fields = line.splitn(3, '\t');
    let mut field = || {
        let written = fields.next()?;
        let (_, fraction) = written.split_once(['.', ','])?;
        let (time, length) = timestamp::seconds(written)?;
        (length == written.len() && fraction.len() >= 3).then_some(time)
    };
    let times = [field()?, field()?];
    let label = fields.next()?;
    Some((times, line.len() - label.len()))
}

fn read(source: &str) -> Transcript {
    let (mut cues, mut warnings) = (Vec::new(), Vec::new());
    let mut any = false;
    for line in lines(source).filter(|line| !line.is_blank() && !is_frequency(line.text)) {
        let mut warn = |message: &str| warnings.push(Warning::at(line.at.line, message));
        let Some(([start, end], length)) = times(line.text) else {
            warn("a line without two times; it is kept without a time");
            read_cue(source, None, &[line.trim()], &mut cues);
            continue;
        };
        any = true;
        if end < start {
            warn("the label ends before it starts; only its start is used");
        }
        let time = TimeSpan { start, end: end.max(start) };
        read_cue(source, Some(time), &[line.after(length).trim()], &mut cues);
    }
    if !any {
        return plain::without_cues(source);
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_times_and_frequencies_are_no_text() {
        let source = "1.000000\t2.500000\tAna: One\n\\\t100.000000\t900.000000\n\
            3,250000\t3,250000\ttwo\tmore\n4.000000\t5.000000\t\n";
        assert!(recognises(source));
        let transcript = read(source);
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "Ana: One\ntwo\tmore");
        let times: Vec<_> = text.parts().iter().filter_map(|it| it.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times, [span(1000, 2500), span(3250, 3250)]);
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn odd_lines_are_warnings_and_their_text_is_kept() {
        let transcript = read("3.000000\t2.000000\tone\n1.000000\ttwo\n");
        assert_eq!(transcript.turns[0].text.as_str(), "one\n1.000000\ttwo");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(1), Some(2)]);
    }

    #[test]
    fn other_tables_are_no_labels() {
        for other in [
            "1.5\t2.5\tprice",
            "1\t2\tone",
            "1.000\t2.000",
            "1.000000\t2.000000\tone\nProse goes on.\nAnd on.",
            "One\ttwo\tthree",
            "",
        ] {
            assert!(!recognises(other), "{other}");
        }
    }
}
