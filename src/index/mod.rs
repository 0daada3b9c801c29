//! The index: the only module that names tantivy.
//!
//! What an index holds, in the order of its document numbers: for each document of the corpus its
//! record, then its passages, then the next document. A passage's neighbours are therefore the next
//! numbers, and its record is the nearest one below. [`Writer`] writes whole documents, so that this
//! stays true; [`Index`] searches.
//!
//! The index proposes and counts by the same [`crate::find::Plan`] as the matcher, so that what it
//! finds is what a scan of the stored passages would find. ARCHITECTURE.md tells why it does not
//! use tantivy's own queries, and what each field is for.

mod agreement;
mod analysis;
mod answers;
mod any;
mod best;
mod bm25;
mod builder;
mod candidates;
mod chosen;
mod contain;
mod directory;
mod doctor;
mod entry;
mod error;
mod evaluate;
mod explain;
mod filter;
mod fresh;
mod leftovers;
mod lexicon;
mod locate;
mod lock;
mod matching;
mod merging;
mod names;
mod near;
mod neighbours;
mod note;
mod open;
mod order;
mod packing;
mod postings;
mod rank;
mod record;
mod repair;
mod schema;
mod seal;
mod segment;
mod shared;
mod sketch;
mod stamps;
mod suggest;
mod table;
mod tally;
mod terms;
mod tokenizer;
mod top;
mod verbatim;
mod verify;
mod vocabulary;
mod window;
#[cfg(unix)]
mod windowed;
mod writer;

pub use analysis::{Document, Preparation, Prepared, prepare};
pub use best::{Proposal, Proposals};
pub use contain::contained;
pub use doctor::{Diagnosis, Extent, Kind, Problem, SegmentFacts, examine};
pub use error::IndexError;
pub use explain::WordShare;
pub use leftovers::{clear, leftovers};
pub use lock::{Holder, Patience};
pub use matching::{CountKey, Counts, SortKey};
pub use open::{Index, PassageId};
pub use rank::Shares;
pub use record::Record;
pub use repair::{Cure, Stake, at_stake, repair};
pub use sketch::Sketch;
pub(crate) use sketch::{SHINGLE, SHORTEST};
pub use stamps::Stamps;
pub use suggest::Suggestion;
pub use verbatim::{Runs, Verbatim};
pub use vocabulary::Vocabulary;
pub use window::{Following, Window};
pub use writer::{Segments, Writer, is_index, state};

/// The layout of what pullquote keeps in an index. An index of another version must be built anew.
pub const VERSION: u32 = 2;
