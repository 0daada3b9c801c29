use super::*;
use crate::read::said::{Said, said_in, turn};

fn said(source: &str) -> Vec<Said> {
    said_in(read(source).turns)
}

const FOUNTAIN: &str = "Title:
    _**The Tape**_
    A Short Film
Author: nobody

INT. ARCHIVE - NIGHT

The ARCHIVIST opens a box. [[Which box?]] It is *empty*.

HOST (V.O.)
(quietly)
Was it ever _full_?
  
I mean it.

@Mireille ^
It rots.

/* Too long.

CUT. */
> CUT TO:

.ATTIC

!BANG
> The End <
";

#[test]
fn characters_speak_and_everything_else_is_nobodys() {
    assert_eq!(read(FOUNTAIN).metadata.title, Some("The Tape A Short Film".into()));
    assert_eq!(
        said(FOUNTAIN),
        [
            turn("", "INT. ARCHIVE - NIGHT\n\nThe ARCHIVIST opens a box. It is empty."),
            turn("HOST", "(quietly)\nWas it ever full?\n\nI mean it."),
            turn("Mireille", "It rots."),
            turn("", "CUT TO:\n\nATTIC\n\nBANG\nThe End"),
        ]
    );
}

#[test]
fn a_typed_script_has_its_characters_in_the_middle_of_the_line() {
    let script = "                       THE TAPE\n\n\
        12   INT. ATTIC -- DAY                    12\n\n\
        Dust.\n\n\
        \x20                    ADA KING (CONT'D)\n\
        \x20           (to herself)\n\
        \x20      It rots, and you know\n\
        \x20      why it does.\n\
        \x20                    (MORE)\n\
        \n                                             13.\n\n\
        \x20                    ADA KING (CONT'D)\n\
        \x20      I never did.\n\n\
        \x20                                    FADE OUT.\n";
    assert!(recognises(script));
    assert_eq!(
        said(script),
        [
            turn("", "THE TAPE\n\n12   INT. ATTIC -- DAY                    12\n\nDust."),
            turn("ADA KING", "(to herself)\nIt rots, and you know\nwhy it does.\n\nI never did."),
            turn("", "FADE OUT."),
        ]
    );
}

#[test]
fn prose_is_no_screenplay() {
    for prose in [
        "On Old Tapes\n\nINT. is how a scene begins.\n\nIt is not one.",
        "CHAPTER ONE\nIt was late.\n\nCHAPTER TWO\nIt rained.",
        "HOST:\nHello.\n\nGUEST:\nHello.",
        "WARNING\nInt rates rise.\n\nExt. 42 is the archive.",
        "INT. ATTIC - DAY\n\nDust, and nobody to speak.",
        "",
    ] {
        assert!(!recognises(prose), "{prose}");
    }
}

#[test]
fn marks_that_stand_alone_are_text() {
    assert_eq!(
        said("Two * three is *six\\* or a_b, [[open.")[0].1,
        "Two * three is *six\\* or a_b, [[open."
    );
    assert_eq!(said("**Now** and ***then***, _so *it* goes_")[0].1, "Now and then, so it goes");
}
