//! Links and colours.

use super::program::{command, indexed};

#[test]
fn links_and_colours_are_written_only_where_they_are_wanted() {
    let place = indexed(&[(
        "corpus/talk.md",
        "---\ntitle: A talk\nurl: https://youtu.be/a1?x=2\n---\n[00:01:05] Host: The gull walks.\n",
    )]);
    let with = |environment: &[(&str, &str)], extra: &[&str]| {
        let output = command(place.path(), &[&["search", "gull"], extra].concat())
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let (out, error) = (output.stdout, output.stderr);
        (String::from_utf8(out).unwrap(), String::from_utf8(error).unwrap())
    };
    let (plain, _) = with(&[("FORCE_HYPERLINK", "1"), ("TERM", "xterm-kitty")], &[]);
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let (linked, _) = with(&[("NO_COLOR", "1")], &["--hyperlink", "always"]);
    assert!(!linked.contains("\u{1b}["), "{linked:?}");
    assert!(
        linked.contains("\u{1b}]8;;https://youtu.be/a1?x=2&t=65\u{1b}\\00:01:05"),
        "{linked:?}"
    );
    assert!(
        linked.contains("/corpus/talk.md#5\u{1b}\\corpus/talk.md:5#t=65\u{1b}]8;;"),
        "{linked:?}"
    );
    let colors = [("PULLQUOTE_COLORS", "match=4:speaker=:hue=1")];
    let (colored, warning) = with(&colors, &["--color", "always"]);
    assert!(colored.contains("\u{1b}[4mgull\u{1b}[0m"), "{colored:?}");
    assert!(colored.contains(" Host "), "{colored:?}");
    assert!(warning.starts_with("warning: PULLQUOTE_COLORS: `hue=1` names no style"), "{warning}");
    let (json, _) = with(&colors, &["--color", "always", "--hyperlink", "always", "--json"]);
    assert!(!json.contains('\u{1b}'), "{json:?}");
}

#[test]
fn the_first_that_applies_decides_whether_there_are_colours() {
    let place = indexed(&[("corpus/talk.md", "The gull walks.\n")]);
    for (environment, color, is_colored) in [
        (&[][..], None, false),
        (&[("CLICOLOR_FORCE", "1")], None, true),
        (&[("CLICOLOR_FORCE", "")], None, false),
        (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], None, true),
        (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], Some("auto"), true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], None, false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], None, true),
        (&[("CLICOLOR_FORCE", "1")], Some("never"), false),
        (&[("NO_COLOR", "1"), ("TERM", "dumb")], Some("always"), true),
    ] {
        for command_line in ["search gull", "sources", "search gull --concordance"] {
            let mut arguments: Vec<&str> = command_line.split(' ').collect();
            arguments.extend(color.iter().flat_map(|color| ["--color", color]));
            let output = command(place.path(), &arguments)
                .envs(environment.iter().copied())
                .output()
                .unwrap();
            let has_codes = output.stdout.contains(&0x1b);
            assert_eq!(has_codes, is_colored, "{environment:?} {arguments:?}");
        }
    }
}
