//! The files of a corpus: which there are, and their bytes.
//!
//! The only module that reads the file system, apart from the index itself. It knows nothing of
//! formats but their names.

mod load;
mod scan;
mod stamp;

pub use load::{LoadError, load};
pub use scan::{Options, Origin, Scan, Skipped, SourceFile, extension, scan};
pub use stamp::{Stamp, nanoseconds, stamp};
