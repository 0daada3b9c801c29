use super::*;
use crate::read::json::said;

fn text_of(utterance: &str) -> String {
    let source = format!("@Begin\n@Participants:\tARC Archivist\n*ARC:\t{utterance}\n@End\n");
    let turns = read(&source).turns;
    turns.first().map_or(String::new(), |turn| turn.text.as_str().to_owned())
}

#[test]
fn codes_are_taken_out_and_words_are_left() {
    for (written, expected) in [
        ("so it rots .", "so it rots."),
        ("<the tape> [/] the tape [//] it rots [+ bch] ?", "the tape the tape it rots?"),
        ("&-uh (be)cause it ro:ts &+fr &=laughs !", "uh because it rots fr [laughs]!"),
        ("bababa@b or ice+cream , Mary_Ann ‡ no:", "bababa or ice cream, Mary Ann, no"),
        ("I want xxx (.) and (1.5) 0is that +...", "I want … and that…"),
        ("+\" wait +/.", "wait—"),
        ("what [: that] is [* m:+s] <this one> [>] +//?", "what is this one—?"),
        ("↑really &*HOS:mhm yes@s:eng [= a long\n\tnote] .", "really yes."),
        ("0 .", "."),
        ("10 tapes [x 3] .", "10 tapes."),
        ("don't (a)bout it .", "don't about it."),
    ] {
        assert_eq!(text_of(written), expected, "{written}");
    }
}

#[test]
fn headers_say_who_speaks_and_when() {
    let source = "@UTF8\n@Begin\n@Languages:\teng, spa\n@Participants:\tCHI Mira Target_Child, MOT Mother,\n\tAUN Adult, UNC Adult\n@ID:\teng|x|CHI|||||Target_Child|||\n@Date:\t02-MAR-2024\n@Media:\tattic, audio\n*CHI:\ttape . \u{15}1000_2500\u{15}\n%mor:\tn|tape .\n*MOT:\tyes it is\n\ta tape . \u{15}2500_4000\u{15}\n*AUN:\tone .\n*UNC:\ttwo .\n*DOG:\twuff .\n@End\n";
    assert!(recognises(source));
    let transcript = read(source);
    assert_eq!(
        said(&transcript),
        [
            (Some("Mira"), "tape.", Some((1000, 2500))),
            (Some("Mother"), "yes it is a tape.", Some((2500, 4000))),
            (Some("AUN"), "one.", None),
            (Some("UNC"), "two.", None),
            (Some("DOG"), "wuff.", None),
        ]
    );
    assert_eq!(transcript.metadata.language.as_deref(), Some("en"));
    assert_eq!(transcript.metadata.date.map(|it| it.to_string()).as_deref(), Some("2024-03-02"));
    assert_eq!(transcript.warnings, []);
}

#[test]
fn odd_lines_are_warnings_and_are_kept() {
    let transcript = read(
        "@Begin\n@Date:\tyesterday\n*ARC:\tone .\nstray words\n*ARC two .\n*ARC:\tthree [= open .\n",
    );
    assert_eq!(
        said(&transcript),
        [
            (Some("ARC"), "one.", None),
            (None, "stray words\n*ARC two.", None),
            (Some("ARC"), "three", None)
        ]
    );
    let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
    assert_eq!(lines, [Some(2), Some(4), Some(5), Some(6)]);
}

#[test]
fn words_have_their_places_in_the_file() {
    let source = "@Begin\n*ARC:\t(be)cause it ro:ts .\n";
    let text = &read(source).turns[0].text;
    let start = text.as_str().find("rots").unwrap();
    let place = text.place(crate::text::TextSpan::new(start, start + 4)).source.unwrap();
    assert_eq!(&source[place.start..place.end], "ro:ts");
    assert_eq!((place.at.line, place.at.column), (2, 20));
}
