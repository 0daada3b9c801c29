//! What is said about a document, and who is believed.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use crate::{
    place::Place,
    read::pieces::Gap,
    transcript::{Metadata, Speaker, Transcript, Turn},
};

/// What somebody says about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Title, date and so on, as far as they are said.
    pub metadata: Metadata,
    /// The true names of speakers, by the [folded](folded_name) name that the document gives.
    pub speakers: BTreeMap<String, String>,
}

/// What all say about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What goes before what the document says of itself: it is about this one document.
    pub surely: Description,
    /// What counts where the document says nothing: it is about many.
    pub otherwise: Description,
}

impl Description {
    /// What this one says, and where it says nothing, what the other one does.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut speakers = other.speakers;
        speakers.extend(self.speakers);
        Self { metadata: either(self.metadata, other.metadata), speakers }
    }
}

/// A speaker's name as names are compared: case and white space at the ends do not count.
#[must_use]
pub fn folded_name(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Puts what is told into a document, and gives the speakers that got another name by it: the name in
/// the document, and the new one. A name is looked up once: a new name is not looked up again.
///
/// Turns that come to have one speaker become one turn.
pub fn put_together(transcript: &mut Transcript, told: Told) -> BTreeMap<String, String> {
    let Told { surely, otherwise } = told;
    let own = mem::take(&mut transcript.metadata);
    transcript.metadata = either(either(surely.metadata, own), otherwise.metadata);
    let mut aliases = otherwise.speakers;
    aliases.extend(surely.speakers);
    if aliases.is_empty() {
        return BTreeMap::new();
    }
    let names: BTreeSet<&Speaker> =
        transcript.turns.iter().filter_map(|turn| turn.speaker.as_ref()).collect();
    let renamed: BTreeMap<String, String> = names
        .into_iter()
        .filter_map(|Speaker(name)| {
            let new = aliases.get(&folded_name(name)).filter(|new| *new != name)?;
            Some((name.clone(), new.clone()))
        })
        .collect();
    if !renamed.is_empty() {
        rename(&mut transcript.turns, &renamed);
    }
    renamed
}

fn rename(turns: &mut Vec<Turn>, renamed: &BTreeMap<String, String>) {
    let names: Vec<Option<Speaker>> = turns.iter().map(|turn| turn.speaker.clone()).collect();
    for turn in &mut *turns {
        if let Some(Speaker(name)) = &mut turn.speaker
            && let Some(new) = renamed.get(name)
        {
            name.clone_from(new);
        }
    }
    let mut joined: Vec<Turn> = Vec::with_capacity(turns.len());
    for (at, turn) in mem::take(turns).into_iter().enumerate() {
        // Those of one speaker in the document are apart since it sets them so.
        let was_another = at.checked_sub(1).is_some_and(|before| names[before] != names[at]);
        let goes_on = |last: &&mut Turn| was_another && last.speaker == turn.speaker;
        match joined.last_mut().filter(goes_on) {
            Some(last) => {
                last.text.push(Gap::Paragraph.as_str(), Place::default());
                last.text.append(&turn.text);
            }
            None => joined.push(turn),
        }
    }
    *turns = joined;
}

/// What the first says, and where it says nothing, what the second does.
fn either(first: Metadata, second: Metadata) -> Metadata {
    let Metadata { title, authors, date, url, kind, language } = first;
    Metadata {
        title: title.or(second.title),
        authors: if authors.is_empty() { second.authors } else { authors },
        date: date.or(second.date),
        url: url.or(second.url),
        kind: kind.or(second.kind),
        language: language.or(second.language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn description(title: &str, date: &str, speakers: &[(&str, &str)]) -> Description {
        let some = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
        let metadata =
            Metadata { title: some(title), date: date.parse().ok(), ..Metadata::default() };
        let pair = |(from, to): &(&str, &str)| (folded_name(from), (*to).to_owned());
        Description { metadata, speakers: speakers.iter().map(pair).collect() }
    }

    fn talk(text: &str) -> Transcript {
        read::read("talk.md", text.as_bytes(), &read::Options::default()).unwrap().transcript
    }

    #[test]
    fn what_is_about_one_document_goes_before_what_it_says_and_that_before_what_is_about_many() {
        let mut transcript = talk("---\ntitle: Own\n---\nwords");
        let surely = description("", "2017", &[]);
        let otherwise = description("Many", "2001", &[]);
        put_together(&mut transcript, Told { surely, otherwise });
        assert_eq!(transcript.metadata.title.as_deref(), Some("Own"));
        assert_eq!(transcript.metadata.date, "2017".parse().ok());
        let surely = description("Sure", "", &[]);
        put_together(&mut transcript, Told { surely, ..Told::default() });
        assert_eq!(transcript.metadata.title.as_deref(), Some("Sure"));
    }

    #[test]
    fn speakers_get_their_names_and_turns_of_one_speaker_are_joined() {
        let mut transcript = talk("**A:** one\n\n**B:** two\n\n**HOST:** three");
        let surely = description("", "", &[("a", "Ada"), ("b", "Ada"), ("Ada", "Nobody")]);
        let otherwise = description("", "", &[("A", "Someone"), ("Host", "Host")]);
        let renamed = put_together(&mut transcript, Told { surely, otherwise });
        let pairs: Vec<_> = renamed.iter().map(|(from, to)| (&**from, &**to)).collect();
        assert_eq!(pairs, [("A", "Ada"), ("B", "Ada"), ("HOST", "Host")]);
        let turns: Vec<_> = transcript.turns.iter().map(|turn| turn.text.as_str()).collect();
        assert_eq!(turns, ["one\n\ntwo", "three"]);
        let two = turns[0].find("two").unwrap();
        let span = crate::text::TextSpan::new(two, two + 3);
        let place = transcript.turns[0].text.place(span);
        assert_eq!(place.source.map(|source| source.at.line), Some(3));
    }
}
