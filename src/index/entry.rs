//! A passage as tantivy takes it in: its values are borrowed where they are.
//!
//! tantivy's own document would copy each text once more, into a buffer that grows while it does:
//! a twentieth of the time that building an index takes.

use std::{array, iter, sync::Arc};

use tantivy::schema::{
    Document, Field,
    document::{ReferenceValue, ReferenceValueLeaf, Value},
};

use super::{analysis::PreparedPassage, schema::Fields};

/// A passage and the document that it belongs to.
pub(super) struct Entry {
    pub fields: Fields,
    pub passage: PreparedPassage,
    /// The document's: see [`super::Record::identity`].
    pub identity: Arc<str>,
}

/// What a field of an entry holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held<'a> {
    Text(&'a str),
    Number(u64),
    Bytes(&'a [u8]),
}

/// How many fields a passage has at most.
const FIELDS: usize = 8;

impl Document for Entry {
    type Value<'a> = Held<'a>;
    type FieldsValuesIter<'a> = iter::Flatten<array::IntoIter<Option<(Field, Held<'a>)>, FIELDS>>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Self { fields, passage, identity } = self;
        let speaker = passage.speaker.as_deref();
        let held = [
            Some((fields.words, Held::Text(&passage.words))),
            speaker.map(|name| (fields.speaker, Held::Text(name))),
            Some((fields.identity, Held::Text(identity))),
            Some((fields.length, Held::Number(passage.length))),
            passage.sketch.map(|sketch| (fields.sketch, Held::Number(sketch.number()))),
            passage.time.map(|time| (fields.start, Held::Number(time.start.0))),
            passage.time.map(|time| (fields.end, Held::Number(time.end.0))),
            Some((fields.stored, Held::Bytes(&passage.stored))),
        ];
        held.into_iter().flatten()
    }
}

impl<'a> Value<'a> for Held<'a> {
    type ArrayIter = iter::Empty<Self>;
    type ObjectIter = iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Held::Text(text) => ReferenceValueLeaf::Str(text),
            Held::Number(number) => ReferenceValueLeaf::U64(number),
            Held::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}
