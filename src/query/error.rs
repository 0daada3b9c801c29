//! What can be wrong with a query, and where.

use super::QuerySpan;

/// A query that cannot be understood. Only operators can be wrong: words never are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// The way out, where there is one.
    pub hint: Option<String>,
    /// Where in the query.
    pub span: QuerySpan,
}

impl QueryError {
    pub(super) fn new(span: QuerySpan, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, span }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
