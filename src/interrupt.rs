//! Asking a long run to stop.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// A flag that asks a run to stop at the next good moment. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// Whether it was asked to stop.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        self.signal() != 0
    }

    /// The number of the signal that asked; 0 for none.
    #[must_use]
    pub fn signal(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Asks to stop, with the number of a signal.
    pub fn raise(&self, signal: usize) {
        self.0.store(signal, Ordering::Relaxed);
    }

    /// What a handler of signals stores their number in.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.0)
    }
}
