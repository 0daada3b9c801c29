//! What each reader keeps beside the words, as `read --formats` tells it.

/// What is kept of a format beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How speakers are told.
    pub speakers: &'static str,
    /// What has a time.
    pub times: &'static str,
}

/// By the name of the format.
#[rustfmt::skip]
const KEPT: &[(&str, &str, &str)] = &[
    ("assemblyai", "names", "words"),
    ("audacity", "labels", "labels"),
    ("autoedit", "names", "words"),
    ("aws-transcribe", "names", "words"),
    ("azure-speech", "names", "words"),
    ("chat", "names", "utterances"),
    ("csv", "column", "rows"),
    ("ctm", "table beside", "words"),
    ("deepgram", "names", "words"),
    ("docx", "styles, labels", "time marks"),
    ("draft.js", "names", "words"),
    ("ebu-stl", "colours, labels", "captions"),
    ("elan", "tiers", "annotations"),
    ("epub", "labels", "time marks"),
    ("exmaralda", "table", "events"),
    ("feed", "none", "none"),
    ("google-speech", "names", "words"),
    ("html", "labels, classes", "time marks"),
    ("ibm-watson", "names", "words"),
    ("json-lines", "field", "lines, words"),
    ("kaldi", "names", "words"),
    ("latex", "labels", "time marks"),
    ("lrc", "labels", "lines, words"),
    ("markdown", "labels", "time marks"),
    ("microdvd", "labels", "captions"),
    ("nlp", "names", "words"),
    ("notebook", "labels", "time marks"),
    ("odt", "styles, labels", "time marks"),
    ("oyez", "names", "captions"),
    ("pdf", "labels", "time marks"),
    ("play", "characters", "none"),
    ("podcast", "names", "captions"),
    ("rev.ai", "names", "words"),
    ("rtf", "labels", "time marks"),
    ("rttm", "names", "words"),
    ("sami", "labels", "captions"),
    ("sbv", "labels", "captions"),
    ("scc", "labels", "captions, words"),
    ("screenplay", "characters", "none"),
    ("segments", "names, labels", "captions"),
    ("speechmatics", "names", "words"),
    ("spruce-stl", "labels", "captions"),
    ("stm", "names", "segments"),
    ("subrip", "labels", "captions"),
    ("substation", "names, labels", "captions"),
    ("subviewer", "labels", "captions"),
    ("tei", "names", "utterances"),
    ("text", "labels", "time marks"),
    ("textgrid", "tiers", "intervals"),
    ("tsv", "column", "rows"),
    ("ttml", "names, labels", "captions, words"),
    ("webvtt", "names, labels", "captions, words"),
    ("whisper", "names, labels", "words"),
    ("whisper.cpp", "labels", "words"),
    ("youtube-json3", "labels", "words"),
    ("youtube-xml", "labels", "captions, words"),
];

/// What is kept of a format, by its name.
#[must_use]
pub fn kept(format: &str) -> Option<Kept> {
    let found = KEPT.iter().find(|(name, ..)| *name == format)?;
    Some(Kept { speakers: found.1, times: found.2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::READERS;

    #[test]
    fn every_format_has_its_line_and_every_line_its_format() {
        let mut formats: Vec<_> = READERS.iter().map(|reader| reader.format).collect();
        formats.sort_unstable();
        assert_eq!(formats, KEPT.iter().map(|it| it.0).collect::<Vec<_>>());
    }
}
