use std::fmt::Write;

use super::*;

/// Words, and from when to when they are shown, in milliseconds.
type Said = (String, u64, u64);

/// What is said, and the lines of the warnings.
fn said(captions: &str) -> (Vec<Said>, Vec<Option<u32>>) {
    let transcript = read(&format!("Scenarist_SCC V1.0\n\n{captions}"));
    let turns = transcript.turns.iter().map(|turn| {
        let times: Vec<_> = turn.text.parts().iter().filter_map(|part| part.place.time).collect();
        let start = times.first().map_or(0, |time| time.start.0);
        (turn.text.as_str().to_owned(), start, times.last().map_or(0, |time| time.end.0))
    });
    (turns.collect(), transcript.warnings.iter().map(|it| it.line).collect())
}

/// A line of codes: control codes as they are, words in quotes as characters.
fn codes(time: &str, written: &str) -> String {
    let mut line = format!("{time}\t");
    for (at, piece) in written.split('"').enumerate() {
        if at % 2 == 0 {
            line.push_str(piece);
            continue;
        }
        for two in piece.as_bytes().chunks(2) {
            let second = two.get(1).copied().unwrap_or(0x80);
            write!(line, " {:02x}{second:02x}", two[0]).unwrap();
        }
        line.push(' ');
    }
    line + "\n\n"
}

fn text_of(written: &str) -> String {
    said(&codes("00:00:01:00", written)).0.into_iter().map(|it| it.0).collect()
}

#[test]
fn captions_pop_on_when_they_are_shown_and_last_until_they_are_erased() {
    let captions = codes("00:00:01:00", "9420 9420 9440 9440 \"It rots.\" 942f 942f")
        + &codes("00:00:03:00", "942c 942c")
        + &codes("00:00:04:00", "9420 9440 \"So we bake.\" 942f");
    // The first one is shown 8 codes after its line begins, which is 38 frames from the start.
    assert_eq!(said(&captions), (vec![("It rots.\nSo we bake.".into(), 1267, 4304)], vec![]));
    let transcript = read(&captions);
    let first = transcript.turns[0].text.parts()[0].place;
    let source = first.source.unwrap();
    assert_eq!(&captions[source.start..source.end], "4974 2072 6f74 732e");
    assert_eq!(first.time.map(|it| (it.start.0, it.end.0)), Some((1267, 3003)));
}

#[test]
fn rows_are_read_from_top_to_bottom_whatever_their_order() {
    assert_eq!(text_of("9420 9470 \"below\" 9440 \"above\" 942f"), "above\nbelow");
}

#[test]
fn rolled_up_captions_are_kept_once_when_each_word_appears() {
    let captions = codes("00:00:01:00", "9425 9425 94ad 94ad 9470 9470 \"one two\"")
        + &codes("00:00:02:00", "9425 94ad 9470 \"three\"")
        + &codes("00:00:03:00", "942c");
    assert_eq!(said(&captions), (vec![("one two\nthree".into(), 1201, 3003)], vec![]));
    let transcript = read(&captions);
    let starts: Vec<_> =
        transcript.turns[0].text.parts().iter().filter_map(|it| it.place.time).collect();
    assert_eq!(
        starts.iter().map(|it| it.start.0).collect::<Vec<_>>(),
        [1201, 1267, 1267, 1267, 2102]
    );
}

#[test]
fn captions_are_painted_on_and_written_over() {
    assert_eq!(text_of("9429 9440 \"one\" 9440 \"two\""), "one\ntwo");
    assert_eq!(text_of("9429 9440 \"one\" 9454 \"two\""), "one two");
}

#[test]
fn characters_that_are_no_ascii_are_read() {
    assert_eq!(text_of("9420 9440 \"caf\\\" 942f"), "café");
    assert_eq!(text_of("9420 9440 9137 9137 \"la \" 9137 9137 942f"), "♪la ♪");
    // An extended character takes the place of the one before it.
    assert_eq!(text_of("9420 9440 \"U\" 9224 9224 \"ber\" 942f"), "Über");
    assert_eq!(text_of("9420 9440 \"Ma\" 1334 1334 \"e\" 942f"), "Mße");
}

#[test]
fn a_style_parts_words_and_a_backspace_takes_one_back() {
    assert_eq!(text_of("9420 9440 \"one\" 91ae 91ae \"two\" 942f"), "one two");
    assert_eq!(text_of("9420 9440 \"onx\" 94a1 94a1 \"e\" 942f"), "one");
}

#[test]
fn dropped_frame_numbers_keep_step_with_the_clock() {
    assert_eq!(time_code("01:00:00;00"), Some((107_892, 11)));
    assert_eq!(time_code("01:00:00:00"), Some((108_000, 11)));
    assert_eq!(moment(107_892), Time(3_599_996));
    assert_eq!(moment(108_000), Time(3_603_600));
    for wrong in ["00:00:01", "00:61:00:00", "00:00:00:30", "a:00:00:00", "", "00:00:00:00:00"] {
        assert_eq!(time_code(wrong), None, "{wrong}");
    }
}

#[test]
fn what_cannot_be_played_is_a_warning() {
    let captions = codes("00:00:01:00", "9420 9440 \"one\" 94z0 942f") + "stray\n";
    assert_eq!(said(&captions), (vec![("stray\none".into(), 1134, 1167)], vec![Some(3), Some(5)]));
    let erased = codes("00:00:01:00", "9420 9440 \"one\" 94ae \"two\" 942f");
    assert_eq!(said(&erased).1, [Some(3)]);
    let unshown = codes("00:00:01:00", "9420 9440 \"one\"");
    assert_eq!(said(&unshown), (vec![("one".into(), 1067, 1134)], vec![Some(3)]));
}

#[test]
fn one_channel_is_read() {
    let both = "9420 9440 \"one\" 942f 1c20 1c40 \"two\" 1c2f";
    assert_eq!(said(&codes("00:00:01:00", both)).1, [None]);
    assert_eq!(text_of(both), "one");
    assert_eq!(text_of("1c20 1c40 \"two\" 1c2f"), "two");
    let text = said(&codes("00:00:01:00", "9420 9440 \"one\" 942f 942a \"no\""));
    assert_eq!((text.0[0].0.as_str(), text.1), ("one", vec![Some(3)]));
}
