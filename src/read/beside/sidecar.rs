//! Sidecars: `ep1.srt.meta.toml` beside `ep1.srt`, or `ep1.meta.toml` for all that are called `ep1`.
//!
//! A sidecar is about one document, so that what it says goes before what the document says of
//! itself. docs/metadata.md lists its keys.

use super::{Companion, Contribution, folded_name, table::Reading};
use crate::transcript::Transcript;

/// A sidecar with metadata.
pub const COMPANION: Companion = Companion { suffix: "meta.toml", of: &[], read };

fn read(source: &str, transcript: &mut Transcript) -> Contribution {
    let (mut reading, table) = Reading::new(source);
    let description = reading.description(table.get_ref(), &[]);
    for (key, value) in table.get_ref() {
        if key.get_ref() == "speakers"
            && let Some(speakers) = value.get_ref().as_table()
        {
            for name in speakers.keys() {
                let folded = folded_name(name.get_ref());
                let mut said = transcript.turns.iter().filter_map(|turn| turn.speaker.as_ref());
                if !said.any(|speaker| folded_name(&speaker.0) == folded) {
                    let name_there = name.get_ref();
                    reading
                        .warn(name.span().start, format!("nobody is called `{name_there}` in it"));
                }
            }
        }
    }
    Contribution { description, warnings: reading.warnings }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::transcript::{Kind, Metadata, Speaker, Turn, Warning};

    fn said_by(names: &[&str]) -> Transcript {
        let turn =
            |name: &&str| Turn { speaker: Some(Speaker((*name).to_owned())), ..Turn::default() };
        Transcript { turns: names.iter().map(turn).collect(), ..Transcript::default() }
    }

    #[test]
    fn every_key_is_read() {
        let source = "title = \"A  talk\"\nauthors = [\"Ana King\", \"{Salt Review}\"]\ndate = 2017-07-09\nurl = \"https://example.org/1\"\nkind = \"interview\"\nlanguage = \"en-GB\"\n\n[speakers]\nSPEAKER_00 = \"Host\"\n";
        let told = read(source, &mut said_by(&["SPEAKER_00"]));
        assert_eq!(told.warnings, []);
        assert_eq!(
            told.description.metadata,
            Metadata {
                title: Some("A talk".into()),
                authors: vec!["Ana King".into(), "{Salt Review}".into()],
                date: "2017-07-09".parse().ok(),
                url: Some("https://example.org/1".into()),
                kind: Some(Kind::Transcript),
                language: Some("en".into()),
            }
        );
        assert_eq!(told.description.speakers, [("speaker_00".into(), "Host".into())].into());
        assert_eq!(
            read("date = 2017", &mut said_by(&[])).description.metadata.date,
            "2017".parse().ok()
        );
    }

    #[test]
    fn what_is_wrong_is_a_warning_with_its_line_and_the_rest_is_read() {
        let source = "titel = \"x\"\ntitle = 3\ndate = \"soon\"\nkind = \"novel\"\nlanguage = \"English\"\nurl = \"\"\nspeakers = 1\n";
        let told = read(source, &mut said_by(&[]));
        assert_eq!(told.description, super::super::Description::default());
        let messages = [
            "`titel` is no key here: use `title`, `authors`, `date`, `url`, `kind`, `language` or `speakers`",
            "`title` must be a string, such as \"…\"",
            "`soon` is no date: write it as 2017, 2017-07 or 2017-07-09",
            "`novel` is no kind of document: use `review` or `transcript`",
            "`English` is no code of a language: use `en`",
            "`url` is empty: leave it out",
            "`speakers` must be a table, such as speakers = { SPEAKER_00 = \"Ada\" }",
        ];
        let mut warnings = told.warnings;
        warnings.sort();
        let expected: Vec<_> =
            (1..).zip(messages).map(|(line, message)| Warning::at(line, message)).collect();
        assert_eq!(warnings, expected);
    }

    #[test]
    fn what_is_no_toml_is_a_warning_and_what_can_be_told_is_kept() {
        let told = read("title = \"A talk\"\ndate 2017\n", &mut said_by(&[]));
        assert_eq!(told.description.metadata.title.as_deref(), Some("A talk"));
        assert_eq!(told.warnings[0].line, Some(2));
        assert!(told.warnings[0].message.starts_with("is no valid TOML: "), "{told:?}");
    }

    #[test]
    fn a_name_that_nobody_has_is_a_warning() {
        let told = read("[speakers]\nHost = \"Ada\"\nGost = \"Bob\"\n", &mut said_by(&["HOST"]));
        assert_eq!(told.warnings, [Warning::at(3, "nobody is called `Gost` in it")]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in "[a-z=\\[\\]{}\"'\\n#.,0-9é-]{0,80}") {
            read(&source, &mut said_by(&["Host"]));
        }
    }
}
