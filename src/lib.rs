//! Full-text search for reviews and transcripts.
//!
//! pullquote reads a corpus into an index and finds passages in it: exactly what matched, who said
//! it, and where it stands in the file or the recording. This library holds all of it but the
//! command line; nothing here meets a terminal.
//!
//! From the bottom up (each module names only those of the lines above its own, as
//! `tests/layers.rs` sees to):
//!
//! - [`place`]: where words stand
//! - [`text`]: strings that know where their parts came from; [`paths`]: paths as text;
//!   [`ordered`]: work on all cores; [`interrupt`]: asking it to stop
//! - [`words`]: the one definition of a word
//! - [`transcript`]: what a reader makes of a file
//! - [`query`]: the query language
//! - [`read`]: the formats; [`passage`]: the units of search; [`find`]: the matcher
//! - [`corpus`]: the files; [`excerpt`]: what to show of a passage; [`quote`]: quotations of a
//!   manuscript
//! - [`index`]: the index, the only module that names tantivy
//! - [`update`]: building it; [`search`]: searching, quoting and showing
//! - [`check`]: checking manuscripts; [`cite`]: citations of what was found
//! - [`mod@print`]: the output formats
//!
//! ```no_run
//! use pullquote::{index::Index, search::{Request, search}};
//!
//! let index = Index::open("index".as_ref())?;
//! let request = Request { query: "\"pure gold\"".into(), limit: 10, ..Request::default() };
//! for hit in search(&index, &request)?.hits {
//!     println!("{}: {}", hit.source.path, hit.passage.text.as_str());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod check;
pub mod cite;
pub mod corpus;
pub mod excerpt;
pub mod find;
pub mod index;
pub mod interrupt;
pub mod ordered;
pub mod passage;
pub mod paths;
pub mod place;
pub mod print;
pub mod query;
pub mod quote;
pub mod read;
pub mod search;
pub mod text;
pub mod transcript;
pub mod update;
pub mod words;
