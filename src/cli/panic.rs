//! The last resort: a panic is an error message and exit code 2, not a backtrace.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{Mutex, PoisonError},
};

use super::{Found, failure::Failure};

/// Where the last panic happened, and what it said.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command; a panic in it is a failure.
pub(super) fn contained(run: impl FnOnce() -> Result<Found, Failure>) -> Result<Found, Failure> {
    // Panics that the library contains are not told here: it tells them itself.
    panic::set_hook(Box::new(|panic| {
        let told = panic.to_string().replace('\n', " ");
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        let told = last.unwrap_or_else(|| "a panic without a message".to_owned());
        Err(Failure::new(format!("something went wrong inside: {told}")).hint(
            "`pullquote doctor` tells whether the index is damaged; if it is not, this is a bug",
        ))
    })
}
