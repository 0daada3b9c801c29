//! Which column is which, by its heading.
//!
//! Capitals, spaces and marks make no difference: `Start Time (ms)`, `start_time_ms` and
//! `startTimeMs` are one. Where several columns could be the text, the name that stands first in the
//! list counts, since `content` beside `text` is mostly something else.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What is said or written.
    Text,
    /// Who says it.
    Speaker,
    /// From when.
    Start,
    /// Until when.
    End,
    /// How long.
    Duration,
    /// The heading of the row, or the title of the document.
    Title,
    /// When it was published.
    Date,
    /// Where it can be found.
    Url,
    /// How good somebody found it: only reviews have that.
    Rating,
    /// The language of the text.
    Language,
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = 10;
}

/// Names of each column, folded, the best one first.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Text,
        &[
            "text",
            "transcript",
            "transcription",
            "sentence",
            "utterance",
            "reviewtext",
            "reviewbody",
            "reviewcontent",
            "review",
            "content",
            "body",
            "caption",
            "subtitle",
            "dialogue",
            "dialog",
            "line",
            "speech",
            "words",
            "comment",
            "commenttext",
            "comments",
            "message",
            "quote",
            "quotation",
            "segment",
            "cue",
            "post",
            "tweet",
            "feedback",
            "answer",
            "response",
            "fulltext",
            "description",
        ],
    ),
    (
        Column::Speaker,
        &[
            "speaker",
            "speakername",
            "speakerlabel",
            "speakerid",
            "who",
            "name",
            "reviewer",
            "reviewername",
            "author",
            "authorname",
            "username",
            "user",
            "character",
            "person",
            "participant",
            "actor",
            "commenter",
            "role",
            "profilename",
        ],
    ),
    (
        Column::Start,
        &[
            "start",
            "starttime",
            "startsec",
            "startseconds",
            "begin",
            "begintime",
            "from",
            "onset",
            "tmin",
            "timestamp",
            "timecode",
            "time",
            "offset",
            "startms",
            "starttimems",
            "beginms",
            "offsetms",
        ],
    ),
    (
        Column::End,
        &[
            "end",
            "endtime",
            "endsec",
            "endseconds",
            "to",
            "stop",
            "stoptime",
            "tmax",
            "finish",
            "endms",
            "endtimems",
            "stopms",
        ],
    ),
    (
        Column::Duration,
        &["duration", "dur", "length", "durationms", "durationsec", "durationseconds"],
    ),
    (
        Column::Title,
        &[
            "title",
            "headline",
            "heading",
            "reviewtitle",
            "reviewheadline",
            "subject",
            "summary",
            "reviewsummary",
        ],
    ),
    (
        Column::Date,
        &[
            "date",
            "reviewdate",
            "published",
            "publishedat",
            "publishdate",
            "pubdate",
            "dateposted",
            "datetime",
            "created",
            "createdat",
            "posted",
        ],
    ),
    (
        Column::Url,
        &["url", "link", "href", "permalink", "videourl", "audiourl", "mediaurl", "sourceurl"],
    ),
    (Column::Rating, &["rating", "reviewrating", "stars", "starrating", "score", "overall"]),
    (Column::Language, &["language", "lang", "languagecode", "locale"]),
];

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Which column stands where, counted from 0.
    places: [Option<usize>; Column::COUNT],
    /// Whether the heading of the column says milliseconds.
    millis: [bool; Column::COUNT],
    /// Whether some heading speaks of reviews.
    pub of_reviews: bool,
}

impl Columns {
    /// The columns by their headings.
    pub fn of<'a>(headings: impl Iterator<Item = &'a str>) -> Self {
        let folded: Vec<String> = headings.map(folded).collect();
        let mut columns = Self::default();
        for (column, names) in NAMES {
            let place = names.iter().find_map(|name| folded.iter().position(|it| it == name));
            columns.places[*column as usize] = place;
            columns.millis[*column as usize] = place.is_some_and(|at| folded[at].ends_with("ms"));
        }
        columns.of_reviews = columns.place(Column::Rating).is_some()
            || folded.iter().any(|it| it.starts_with("review"));
        columns
    }

    /// Where a column stands, counted from 0.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// Says where a column stands that no heading names.
    pub fn set(&mut self, column: Column, place: usize) {
        self.places[column as usize] = Some(place);
    }

    /// How many columns are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// The known columns and where they stand.
    pub fn each(&self) -> impl Iterator<Item = (Column, usize)> {
        NAMES.iter().filter_map(|(column, _)| Some((*column, self.place(*column)?)))
    }

    /// Whether the heading of a column says milliseconds.
    #[must_use]
    pub fn is_millis(&self, column: Column) -> bool {
        self.millis[column as usize]
    }
}

/// A heading by its letters and digits alone, in lower case.
#[must_use]
pub fn folded(heading: &str) -> String {
    let letters = heading.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_spellings() {
        let columns =
            Columns::of(["Start Time (ms)", "END", "Who", "content", "Sentence"].into_iter());
        let found: Vec<_> = columns.each().collect();
        assert_eq!(
            found,
            [(Column::Text, 4), (Column::Speaker, 2), (Column::Start, 0), (Column::End, 1)]
        );
        assert!(columns.is_millis(Column::Start) && !columns.is_millis(Column::End));
        assert!(!columns.of_reviews && Columns::of(["review", "date"].into_iter()).of_reviews);
    }

    #[test]
    fn other_headings_are_unknown() {
        assert_eq!(Columns::of(["id", "x", "", "1.5"].into_iter()), Columns::default());
    }
}
