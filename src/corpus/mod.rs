//! The files of a corpus: which there are, their bytes, and what stands beside them.
//!
//! The only module that reads the file system, apart from the index itself. [`scan()`] finds the files,
//! those in containers too; [`fetch`] gets the bytes of one and of its companions; [`Fetched::read`]
//! makes a document of them. A corpus may come from anyone: what is opened, followed and unpacked is
//! bounded here, and SECURITY.md says how.

mod companions;
mod container;
mod document;
mod feeds;
mod identity;
mod link;
mod load;
mod locate;
mod name;
mod open;
mod scan;
mod settings;
mod stamp;
mod unpack;

pub use companions::Beside;
pub use container::Container;
pub use document::{DocumentError, Fetched, Understood, fetch, fits, may_be_state, usual_cost};
pub use load::{LoadError, Loader, load};
pub use locate::locate;
pub use name::extension;
pub use scan::{Member, Options, Origin, Scan, Skipped, SourceFile, scan};
pub use settings::{Roots, SettingsError, settings};
pub use stamp::{DocumentStamp, Stamp, nanoseconds, stamp};
