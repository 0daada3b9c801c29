//! Ctrl-C and its like, while an index is written.
//!
//! The first signal asks the run to stop, which leaves the index as it was. A second one ends the
//! process at once; what is half-built then is cleared away by the next run.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

use pullquote::interrupt::Interrupt;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};

/// Has signals raise a flag from now on.
pub(super) fn on_signals() -> io::Result<Interrupt> {
    let interrupt = Interrupt::default();
    let is_second = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds nothing to end the process for.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&is_second))?;
        flag::register(signal, Arc::clone(&is_second))?;
        flag::register_usize(signal, interrupt.flag(), usize::try_from(signal).unwrap_or(1))?;
    }
    Ok(interrupt)
}
