//! The fields of the index.

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema,
    TextFieldIndexing, TextOptions,
};

use super::tokenizer;

/// The fields, by what they hold. Passages have `words`, `speaker`, `length`, `sketch`, times
/// and `stored`;
/// records have the rest; both have `identity`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// Folded words with their positions. The first and the last word of a passage stand there once
    /// more, marked as such: see [`tokenizer`].
    pub words: Field,
    /// Name of the speaker, as written.
    pub speaker: Field,
    /// Which document, in which state: what is removed together. See [`super::Record::identity`].
    pub identity: Field,
    /// Path of the document.
    pub path: Field,
    /// What kind of record: see [`super::record`].
    pub record: Field,
    /// A document's record, in a column, so that reading it touches no stored text.
    pub about: Field,
    /// Number of a document in the order of paths: see [`super::order`].
    pub rank: Field,
    /// Title of the document, as written.
    pub title: Field,
    /// Kind of the document.
    pub kind: Field,
    /// Language of the document.
    pub language: Field,
    /// Date of the document, ISO 8601.
    pub date: Field,
    /// `language stem form` for each word of the corpus: see [`super::lexicon`].
    pub forms: Field,
    /// Number of words of a passage; none for a record.
    pub length: Field,
    /// What tells near duplicates of a passage: see [`super::Sketch`]. None for a short one.
    pub sketch: Field,
    /// When a passage starts, in milliseconds.
    pub start: Field,
    /// When a passage ends, in milliseconds.
    pub end: Field,
    /// A packed passage, or some of the words of a run: see [`super::lexicon`].
    pub stored: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, record: IndexRecordOption, norms: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record)
                .set_fieldnorms(norms),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let whole = || text(tokenizer::WHOLE, IndexRecordOption::Basic, false);
    let fields = Fields {
        words: builder.add_text_field("words", text(tokenizer::PASSAGE, positions, true)),
        speaker: builder.add_text_field("speaker", whole()),
        identity: builder.add_text_field("identity", whole()),
        path: builder.add_text_field("path", whole()),
        record: builder.add_text_field("record", whole()),
        about: builder.add_bytes_field("about", BytesOptions::from(FAST)),
        rank: builder.add_u64_field("rank", NumericOptions::from(FAST)),
        title: builder.add_text_field("title", whole()),
        kind: builder.add_text_field("kind", whole()),
        language: builder.add_text_field("language", whole()),
        date: builder.add_text_field("date", whole()),
        forms: builder
            .add_text_field("forms", text(tokenizer::LINES, IndexRecordOption::Basic, false)),
        length: builder.add_u64_field("length", NumericOptions::from(FAST)),
        sketch: builder.add_u64_field("sketch", NumericOptions::from(FAST)),
        start: builder.add_u64_field("start", NumericOptions::from(FAST)),
        end: builder.add_u64_field("end", NumericOptions::from(FAST)),
        stored: builder.add_bytes_field("stored", BytesOptions::from(STORED)),
    };
    (builder.build(), fields)
}
