//! The order of documents by their paths, as numbers that stay when other documents come.
//!
//! Passages that answer a query equally come in the order of their paths. To compare paths would
//! mean to read them; so each document has a number with it. Between the numbers of a new index is
//! room for documents that come later.

use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Unbounded},
};

use tantivy::{DocSet, TERMINATED, schema::IndexRecordOption};

use super::{error::IndexError, open::Index};

/// The room between two documents of a new index.
const ROOM: u64 = 1 << 40;
/// The room that is left behind a document that comes in between: files are mostly added at the end
/// of a folder, where there are to be a million times as many.
const STEP: u64 = 1 << 20;

/// Numbers for documents that are added.
pub(super) enum Order {
    /// To a new index, in the order of their paths. Holds the number of the last one.
    New(u64),
    /// To an index that has others.
    Present {
        /// The numbers by path, those of removed documents too.
        numbers: BTreeMap<String, u64>,
        /// Whether all of them are in order.
        is_whole: bool,
    },
}

impl Order {
    /// The order of the documents of an index.
    pub(super) fn of(index: &Index) -> Result<Self, IndexError> {
        let mut numbers = BTreeMap::new();
        for segment in &index.segments {
            let inverted = segment.reader.inverted_index(index.fields.path)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((path, info)) = stream.next() {
                let option = IndexRecordOption::Basic;
                let records = inverted.read_postings_from_terminfo(info, option)?;
                if records.doc() != TERMINATED {
                    let path = String::from_utf8_lossy(path).into_owned();
                    numbers.insert(path, segment.rank(records.doc())?);
                }
            }
        }
        Ok(Self::Present { numbers, is_whole: index.note.is_ranked() })
    }

    /// The number of a document that is added.
    pub(super) fn number(&mut self, path: &str) -> u64 {
        match self {
            Self::New(last) => {
                *last = last.saturating_add(ROOM);
                *last
            }
            Self::Present { numbers, is_whole } => {
                let number = numbers.get(path).copied().or_else(|| between(numbers, path));
                *is_whole &= number.is_some();
                let number = number.unwrap_or_default();
                numbers.insert(path.to_owned(), number);
                number
            }
        }
    }

    /// Whether the numbers of all documents are in the order of their paths.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::New(last) => *last < u64::MAX,
            Self::Present { is_whole, .. } => *is_whole,
        }
    }
}

/// A number for a path between those of its neighbours; `None` when there is no room left.
fn between(numbers: &BTreeMap<String, u64>, path: &str) -> Option<u64> {
    let before = numbers.range::<str, _>((Unbounded, Excluded(path))).next_back();
    let after = numbers.range::<str, _>((Excluded(path), Unbounded)).next();
    let before = before.map_or(0, |(_, number)| *number);
    let Some((_, after)) = after else { return before.checked_add(ROOM) };
    let room = after.checked_sub(before)?;
    let number = before + (room / 2).min(STEP);
    (number > before).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn present(paths: &[&str]) -> Order {
        let mut new = Order::New(0);
        let numbers = paths.iter().map(|path| ((*path).to_owned(), new.number(path))).collect();
        Order::Present { numbers, is_whole: true }
    }

    /// The paths in the order of their numbers.
    fn paths(order: &Order) -> Vec<&str> {
        let Order::Present { numbers, .. } = order else { return Vec::new() };
        let mut paths: Vec<(u64, &str)> =
            numbers.iter().map(|(path, number)| (*number, path.as_str())).collect();
        paths.sort_unstable();
        paths.dedup_by_key(|(number, _)| *number);
        paths.into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn a_document_that_changes_keeps_its_number() {
        let mut order = present(&["a", "b", "c"]);
        assert_eq!(order.number("b"), 2 * ROOM);
        assert_eq!(paths(&order), ["a", "b", "c"]);
    }

    #[test]
    fn there_is_room_for_a_hundred_thousand_files_at_the_end_of_a_folder() {
        let mut order = present(&["a/000000", "b/1"]);
        for file in 1..100_000 {
            order.number(&format!("a/{file:06}"));
        }
        assert!(order.is_whole());
        assert!(paths(&order).is_sorted());
        assert_eq!(paths(&order).len(), 100_001);
    }

    #[test]
    fn it_is_told_when_there_is_no_room_left() {
        let mut order = present(&["a", "b"]);
        let mut path = "aa".to_owned();
        let mut added = 0;
        while order.is_whole() {
            order.number(&path);
            path.insert(1, 'A');
            added += 1;
        }
        assert_eq!(added, 22);
    }

    proptest! {
        #[test]
        fn documents_that_come_later_stand_where_their_paths_do(
            old in prop::collection::btree_set("[a-c]{1,3}", 0..20),
            added in prop::collection::vec("[a-c]{1,3}", 0..12),
        ) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let mut order = present(&old);
            for path in &added {
                order.number(path);
            }
            let mut expected: Vec<&str> = old.into_iter().chain(added.iter().map(String::as_str)).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert!(order.is_whole());
            prop_assert_eq!(paths(&order), expected);
        }
    }
}
