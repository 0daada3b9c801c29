//! Damaged files must not bring the program down.
//!
//! tantivy trusts its files, and panics over some that are damaged.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::error::IndexError;

/// Runs something that reads an index; a panic in it is an error. What it leaves half-done is
/// dropped with it.
///
/// # Errors
/// What it gives itself, and [`IndexError::Damaged`] when it panics.
pub fn contained<T, E: From<IndexError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(outcome) => outcome,
        Err(panic) => Err(IndexError::Damaged(message(&*panic)).into()),
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("it cannot be read").lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let lengths = [1_usize];
        match contained(|| Ok::<_, IndexError>(lengths[lengths.len()])) {
            Err(IndexError::Damaged(message)) => {
                assert!(message.starts_with("index out of bounds"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
}
