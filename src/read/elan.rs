//! ELAN's annotations (`.eaf`): <https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf>.
//!
//! Independent tiers are what people say, by the participant or the name of the tier. Tiers that
//! depend on another (words, glosses, translations: `PARENT_REF`) say the same again and are left
//! out. Only where an independent tier holds nothing but identifiers or nothing at all, as in files
//! that come from Toolbox and FLEx, the first tier that depends on it is read in its place.
//!
//! A time slot without a value lies between its neighbours: an annotation that starts or ends there
//! gets the nearest known times around it.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::Cue,
        language,
        pieces::Pieces,
        single_line::single_line,
        tiers::{self, Tier},
        xml::{Piece, Source, Tag, pieces, root},
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// ELAN's annotations.
pub const READER: Reader =
    Reader { format: "elan", extensions: &["eaf"], version: 2, recognises, read: Read::Text(read) };

fn recognises(head: &str) -> bool {
    root(head) == Some("ANNOTATION_DOCUMENT")
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut reader = ElanReader::default();
    for piece in pieces(text) {
        match piece {
            Piece::Start(tag) => reader.start(&tag),
            Piece::End("ANNOTATION_VALUE") => reader.in_value = false,
            Piece::End(_) => {}
            Piece::Text(bytes) => reader.text(bytes),
        }
    }
    let mut warnings = Vec::new();
    let said = reader.speech(&source, &mut warnings);
    Transcript { metadata: reader.metadata, turns: tiers::turns(text, said), warnings }
}

/// A tier as it stands in the file.
#[derive(Debug, Default)]
struct WrittenTier {
    name: String,
    participant: Option<String>,
    parent: Option<String>,
    annotations: Vec<Annotation>,
}

#[derive(Debug, Default)]
struct Annotation {
    id: String,
    slots: Option<[String; 2]>,
    /// The annotation that it refers to, whose times it has.
    refers_to: Option<String>,
    value: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
struct ElanReader {
    metadata: Metadata,
    /// In the order of the file, which is that of their times.
    slots: Vec<(String, Option<Time>)>,
    tiers: Vec<WrittenTier>,
    in_value: bool,
}

impl ElanReader {
    fn start(&mut self, tag: &Tag<'_>) {
        let attribute = |name: &str| tag.attribute(name).map(Cow::into_owned);
        match tag.name {
            "MEDIA_DESCRIPTOR" => {
                let url = attribute("MEDIA_URL").filter(|url| url.starts_with("http"));
                self.metadata.url = self.metadata.url.take().or(url);
            }
            "TIME_SLOT" => {
                let value = attribute("TIME_VALUE").and_then(|it| it.trim().parse().ok());
                self.slots.push((attribute("TIME_SLOT_ID").unwrap_or_default(), value.map(Time)));
            }
            "TIER" => {
                let name = single_line(&attribute("TIER_ID").unwrap_or_default());
                let participant = attribute("PARTICIPANT").map(|it| single_line(&it));
                if let Some(written) =
                    attribute("LANG_REF").filter(|_| self.metadata.language.is_none())
                {
                    self.metadata.language = language::code(&written);
                }
                self.tiers.push(WrittenTier {
                    name,
                    participant: participant.filter(|it| !it.is_empty()),
                    parent: attribute("PARENT_REF").map(|it| single_line(&it)),
                    annotations: Vec::new(),
                });
            }
            "ALIGNABLE_ANNOTATION" | "REF_ANNOTATION" => {
                let annotation = Annotation {
                    id: attribute("ANNOTATION_ID").unwrap_or_default(),
                    slots: attribute("TIME_SLOT_REF1")
                        .zip(attribute("TIME_SLOT_REF2"))
                        .map(|(start, end)| [start, end]),
                    refers_to: attribute("ANNOTATION_REF"),
                    value: Vec::new(),
                };
                if self.tiers.is_empty() {
                    self.tiers.push(WrittenTier::default());
                }
                if let Some(tier) = self.tiers.last_mut() {
                    tier.annotations.push(annotation);
                }
            }
            "ANNOTATION_VALUE" => self.in_value = true,
            _ => {}
        }
    }

    fn text(&mut self, bytes: Range<usize>) {
        let open = self.tiers.last_mut().and_then(|tier| tier.annotations.last_mut());
        if let Some(annotation) = open.filter(|_| self.in_value) {
            annotation.value.push(bytes);
        }
    }

    /// The tiers in which people speak.
    fn speech(&self, source: &Source<'_>, warnings: &mut Vec<Warning>) -> Vec<Tier> {
        let times = tiers::timeline(&self.slots);
        let by_id: HashMap<&str, &Annotation> = self
            .tiers
            .iter()
            .flat_map(|tier| &tier.annotations)
            .map(|annotation| (annotation.id.as_str(), annotation))
            .collect();
        let names: HashSet<&str> = self.tiers.iter().map(|tier| tier.name.as_str()).collect();
        let depends = |tier: &WrittenTier| {
            tier.parent.as_ref().is_some_and(|it| *it != tier.name && names.contains(it.as_str()))
        };
        let mut found = Vec::new();
        for tier in self.tiers.iter().filter(|tier| !depends(tier)) {
            let mut spoken = tier;
            if only_names(source, tier) {
                let mut children =
                    self.tiers.iter().filter(|it| it.parent.as_ref() == Some(&tier.name));
                spoken = children.find(|it| !only_names(source, it)).unwrap_or(tier);
            }
            let speaker = tier.participant.clone().or_else(|| spoken.participant.clone());
            let speaker = speaker.map(Speaker).or_else(|| tiers::speaker_of(&tier.name));
            let mut cues = Vec::with_capacity(spoken.annotations.len());
            for annotation in &spoken.annotations {
                let time = span_of(annotation, &times, &by_id);
                let mut pieces = Pieces::new(source.text);
                for bytes in &annotation.value {
                    source.write(bytes.clone(), time, &mut pieces);
                }
                let text = pieces.take();
                if text.is_empty() {
                    continue;
                }
                if time.is_none() {
                    let line = source.line(annotation.value.first().map_or(0, |it| it.start));
                    let message = "the annotation has no times; its text is kept without a time";
                    warnings.push(Warning::at(line, message));
                }
                cues.push(Cue { time, speaker: None, text });
            }
            found.push(Tier { name: spoken.name.clone(), speaker, cues });
        }
        found
    }
}

/// How far an annotation is from the one that has its times.
const FURTHEST: usize = 16;

fn span_of(
    annotation: &Annotation,
    times: &HashMap<&str, TimeSpan>,
    by_id: &HashMap<&str, &Annotation>,
) -> Option<TimeSpan> {
    let mut current = annotation;
    for _ in 0..FURTHEST {
        if let Some([start, end]) = &current.slots {
            let (start, end) = (times.get(start.as_str())?.start, times.get(end.as_str())?.end);
            return Some(TimeSpan { start, end: end.max(start) });
        }
        current = by_id.get(current.refers_to.as_ref()?.as_str())?;
    }
    None
}

/// Whether nearly all annotations of a tier are empty, or identifiers such as `tape_001`.
fn only_names(source: &Source<'_>, tier: &WrittenTier) -> bool {
    let is_name = |annotation: &&Annotation| {
        let written = annotation.value.iter().map(|bytes| source.text[bytes.clone()].trim());
        written.into_iter().all(|it| {
            it.is_empty() || (!it.contains(' ') && it.ends_with(|last: char| last.is_ascii_digit()))
        })
    };
    tier.annotations.iter().filter(is_name).count() * 10 >= tier.annotations.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    fn document(tiers: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"2024-03-02T10:00:00+01:00\" FORMAT=\"3.0\">\n<HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\"><MEDIA_DESCRIPTOR MEDIA_URL=\"https://tapes.example/attic.wav\" MIME_TYPE=\"audio/x-wav\"/></HEADER>\n<TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"ts1\" TIME_VALUE=\"1000\"/><TIME_SLOT TIME_SLOT_ID=\"ts2\"/><TIME_SLOT TIME_SLOT_ID=\"ts3\" TIME_VALUE=\"3000\"/></TIME_ORDER>\n{tiers}<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"u\" TIME_ALIGNABLE=\"true\"/></ANNOTATION_DOCUMENT>"
        )
    }

    fn annotation(id: &str, start: &str, end: &str, value: &str) -> String {
        format!(
            "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"{id}\" TIME_SLOT_REF1=\"{start}\" TIME_SLOT_REF2=\"{end}\"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    }

    fn reference(id: &str, to: &str, value: &str) -> String {
        format!(
            "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"{id}\" ANNOTATION_REF=\"{to}\"><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        )
    }

    #[test]
    fn tiers_that_depend_on_another_are_not_read() {
        let source = document(&format!(
            "<TIER TIER_ID=\"h\" PARTICIPANT=\"Host\" LANG_REF=\"eng\" LINGUISTIC_TYPE_REF=\"u\">{}</TIER><TIER TIER_ID=\"h-de\" PARENT_REF=\"h\" PARTICIPANT=\"Host\">{}</TIER>",
            annotation("a1", "ts1", "ts3", "It rots &amp; smells."),
            reference("a2", "a1", "Es fault."),
        ));
        assert!(recognises(&source));
        let transcript = read(&source);
        assert_eq!(said(&transcript), [(Some("Host"), "It rots & smells.", Some((1000, 3000)))]);
        assert_eq!(transcript.metadata.url.as_deref(), Some("https://tapes.example/attic.wav"));
        assert_eq!(transcript.metadata.language.as_deref(), Some("en"));
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn a_slot_without_a_value_lies_between_its_neighbours() {
        let source = document(&format!(
            "<TIER TIER_ID=\"Host\">{}{}</TIER>",
            annotation("a1", "ts1", "ts2", "It rots."),
            annotation("a2", "ts2", "ts9", "It does."),
        ));
        let transcript = read(&source);
        assert_eq!(said(&transcript), [(Some("Host"), "It rots.\nIt does.", Some((1000, 3000)))]);
        let message = "the annotation has no times; its text is kept without a time";
        assert_eq!(transcript.warnings, [Warning::at(5, message)]);
    }

    #[test]
    fn a_tier_of_identifiers_gives_way_to_the_tier_under_it() {
        let source = document(&format!(
            "<TIER TIER_ID=\"ref@A\" PARTICIPANT=\"Archivist\">{}</TIER><TIER TIER_ID=\"tx@A\" PARENT_REF=\"ref@A\">{}</TIER><TIER TIER_ID=\"ft@A\" PARENT_REF=\"ref@A\">{}</TIER>",
            annotation("a1", "ts1", "ts3", "tape_001"),
            reference("a2", "a1", "It rots."),
            reference("a3", "a1", "Es fault."),
        ));
        assert_eq!(said(&read(&source)), [(Some("Archivist"), "It rots.", Some((1000, 3000)))]);
    }
}
