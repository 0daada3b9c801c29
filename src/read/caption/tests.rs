use super::*;
use crate::read::lines::lines;

fn span(start: u64, end: u64) -> TimeSpan {
    TimeSpan { start: Time(start), end: Time(end) }
}

#[test]
fn timing_lines_of_all_shapes_are_read() {
    for line in [
        "00:00:01,000 --> 00:00:02,500",
        "00:01.000-->00:02.500",
        "0:00:01 --> 0:00:02.5 align:start position:0%",
        "1.000 --> 2.500",
        "\u{FEFF}00:00:01,000 --> \u{200E}00:00:02,500\u{202C}",
        "00:00:01,0004 --> 00:00:02,5009",
    ] {
        assert_eq!(timing(line), Some(Timing::Times(span(1000, 2500))), "{line}");
    }
    assert_eq!(
        timing("100:00:00,000 --> 100:00:01,000"),
        Some(Timing::Times(span(360_000_000, 360_001_000)))
    );
    assert_eq!(timing("00:02.000 --> 00:01.000"), Some(Timing::Backwards(span(2000, 2000))));
    assert_eq!(timing("00:00:07.000 --> 00:00:1d.890"), Some(Timing::Broken));
    assert_eq!(timing("a --> b"), None);
    assert_eq!(timing("00:00:07.000 --> "), Some(Timing::Broken));
    assert_eq!(timing("42"), None);
}

#[test]
fn arrows_of_all_shapes_part_times() {
    for arrow in [
        "->", "-- >", "—>", "=>", " → ", "--->", "-->>", "––>", " --&gt; ", "- ->", ">", " - ",
        "--",
    ] {
        let line = format!("00:00:01,000 {arrow} 00:00:02,500");
        assert_eq!(timing(&line), Some(Timing::OddArrow(span(1000, 2500))), "{line}");
    }
    for prose in [
        "10:00 - 11:00",
        "10:00 -> then",
        "10:00",
        "10:00 11:00",
        "10:00,5 11:00,5",
        "00:01,000 - 00:02,000 and on",
    ] {
        assert_eq!(timing(prose), None, "{prose}");
    }
}

/// The cues of one caption, with their colours.
fn coloured(caption: &str) -> Vec<(Colour, String)> {
    let lines: Vec<_> = lines(caption).collect();
    let mut cues = Vec::new();
    read_coloured_cue(caption, None, &lines, &mut cues);
    cues.into_iter().map(|it| (it.colour, it.cue.text.as_str().to_owned())).collect()
}

#[test]
fn a_line_in_another_colour_is_a_cue_of_its_own() {
    let yellow = || Colour::Named("yellow".into());
    for caption in [
        "one\n<font color=\"yellow\">two\nthree</font>",
        "<font face=\"x\">one</font>\n<font color=yellow><i>two</i>\nthree</font>",
        "one\n<c.bg_black.yellow>two</c>\n<c.yellow>three</c>",
    ] {
        assert_eq!(
            coloured(caption),
            [(Colour::Usual, "one".into()), (yellow(), "two\nthree".into())],
            "{caption}"
        );
    }
    assert_eq!(
        coloured("{\\c&H00FFFF&}one{\\r}\ntwo"),
        [(Colour::Named("h00ffff".into()), "one".into()), (Colour::Usual, "two".into())]
    );
    assert_eq!(
        coloured("one\n<c.colorE5E5E5>two</c>"),
        [(Colour::Usual, "one\ntwo".into())],
        "the shade of an automatic caption"
    );
    let mixed = coloured("so <font color=\"#f00\">very</font> old");
    assert_eq!(mixed, [(Colour::Mixed, "so very old".into())]);
}

#[test]
fn a_colour_never_glues_words_together() {
    for (caption, text) in [
        ("yes<font color=\"#ff0\">no</font>", "yes no"),
        ("<font color=\"#ff0\">yes</font>no", "yes no"),
        ("yes{\\c&H00FFFF&}no", "yes no"),
        ("<c.yellow>yes</c><c.cyan>no</c>", "yes no"),
        ("yes <font color=\"#ff0\">no</font>", "yes no"),
        ("yes<i>no</i>", "yesno"),
        ("yes{\\c&H00FFFF&}&amp;no", "yes&no"),
        ("<font color=\"#ff0\">O</font>nce", "Once"),
        ("<font color=\"#ff0\">Why</font>?", "Why?"),
    ] {
        let text = text.to_owned();
        assert_eq!(coloured(caption).into_iter().map(|it| it.1).collect::<Vec<_>>(), [text]);
    }
}

#[test]
fn only_known_markup_is_markup() {
    for text in ["a < b > c", "<laughs>", "{sighs}", "&co", "<>", "<"] {
        assert_eq!(next_markup(text, 0), None, "{text}");
    }
    let written = "&lt;i&gt;one&lt;/i&gt; a &lt; b and &lt;div&gt;";
    assert_eq!(coloured(written)[0].1, "one a < b and <div>");
    assert_eq!(next_markup("{\\an8}x", 0), Some((0, 6, Markup::Style)));
    assert_eq!(next_markup("<v.loud Ada King>x", 0), Some((0, 17, Markup::Voice("Ada King"))));
}
