//! How the hits of `search` are ordered, and whether it tells why.

use clap::Args;
use pullquote::search::{Explaining, Folding};

/// How hits are ordered.
#[derive(Debug, Args)]
pub(in crate::cli) struct RankingOptions {
    /// Give passages that say nearly the same as a better one a place of their own
    #[arg(long)]
    pub no_fold: bool,

    /// Tell how the query was understood and what each score is made of
    #[arg(long, conflicts_with_all = ["count", "files", "concordance", "queries"])]
    pub explain: bool,
}

impl RankingOptions {
    /// What becomes of near duplicates.
    pub(in crate::cli) fn folding(&self) -> Folding {
        if self.no_fold { Folding::Off } else { Folding::On }
    }

    /// Whether the answer is explained.
    pub(in crate::cli) fn explaining(&self) -> Explaining {
        if self.explain { Explaining::On } else { Explaining::Off }
    }
}
