//! Work on many threads, taken in order: what indexing and answering many queries share.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// How much is worked on at once.
pub struct Limits {
    /// Number of threads that work.
    pub threads: NonZeroUsize,
    /// How much may be done ahead of what was taken, by the cost of the items. One item is always
    /// worked on, whatever it costs.
    pub cost: u64,
}

/// Does `work` for each item on several threads, and gives the results to `take` in the order of the
/// items, on the calling thread. Each thread has a state of its own; the states are given back.
///
/// # Errors
/// The first that `take` gives; what is being worked on then is dropped.
pub fn ordered<T, S, R, E>(
    items: &[T],
    limits: &Limits,
    cost: impl Fn(&T) -> u64 + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<Vec<S>, E>
where
    T: Sync,
    S: Default + Send,
    R: Send,
{
    let line = Line { state: Mutex::new(State::default()), changed: Condvar::new() };
    let worker = || {
        let mut own = S::default();
        while let Some(at) = line.next(items, limits, &cost) {
            // A worker that panics must not leave the others waiting for its item.
            let guard = Guard { line: &line };
            let result = work(&mut own, &items[at]);
            std::mem::forget(guard);
            line.done(at, result);
        }
        own
    };
    thread::scope(|scope| {
        let count = limits.threads.get().min(items.len());
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        let mut outcome = Ok(());
        for (at, item) in items.iter().enumerate() {
            let Some(result) = line.wait_for(at) else { break };
            outcome = take(item, result);
            if outcome.is_err() {
                break;
            }
            line.taken(cost(item));
        }
        if outcome.is_err() {
            line.stop();
        }
        let states = workers.into_iter().map(|worker| match worker.join() {
            Ok(state) => state,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        let states = states.collect();
        outcome.map(|()| states)
    })
}

struct Line<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    next: usize,
    ahead: u64,
    stopped: bool,
    results: BTreeMap<usize, R>,
}

impl<R> Default for State<R> {
    fn default() -> Self {
        Self { next: 0, ahead: 0, stopped: false, results: BTreeMap::new() }
    }
}

impl<R> Line<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item to work on, once there is room for it. Items are handed out in order, so that
    /// the one that is waited for is never held up by later ones.
    fn next<T>(&self, items: &[T], limits: &Limits, cost: impl Fn(&T) -> u64) -> Option<usize> {
        let mut state = self.lock();
        loop {
            let at = state.next;
            let item = items.get(at)?;
            if state.stopped {
                return None;
            }
            if state.ahead == 0 || state.ahead + cost(item) <= limits.cost {
                state.ahead += cost(item).max(1);
                state.next += 1;
                return Some(at);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn done(&self, at: usize, result: R) {
        self.lock().results.insert(at, result);
        self.changed.notify_all();
    }

    fn wait_for(&self, at: usize) -> Option<R> {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.results.remove(&at) {
                return Some(result);
            }
            if state.stopped {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn taken(&self, cost: u64) {
        let mut state = self.lock();
        state.ahead = state.ahead.saturating_sub(cost.max(1));
        drop(state);
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

/// Stops everything when it is dropped, which happens only in a panic.
struct Guard<'a, R> {
    line: &'a Line<R>,
}

impl<R> Drop for Guard<'_, R> {
    fn drop(&mut self) {
        self.line.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(threads: usize, cost: u64) -> Limits {
        Limits { threads: NonZeroUsize::new(threads).unwrap(), cost }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..200).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let states = ordered(
                &items,
                &limits(threads, 50),
                |item| *item,
                |count: &mut usize, item| {
                    *count += 1;
                    item * 2
                },
                |item, double| {
                    taken.push((*item, double));
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(states.unwrap().iter().sum::<usize>(), items.len());
            assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_stops_the_work() {
        let items: Vec<u64> = (0..1000).collect();
        let take = |item: &u64, ()| if *item == 3 { Err("full") } else { Ok(()) };
        let outcome = ordered(&items, &limits(2, 5), |_| 1, |(): &mut (), _| (), take);
        assert_eq!(outcome, Err("full"));
    }

    #[test]
    #[should_panic(expected = "worker")]
    fn a_panic_is_passed_on_and_nothing_hangs() {
        let work = |(): &mut (), item: &u64| assert!(*item != 4, "worker");
        let _ = ordered(&[1, 2, 3, 4, 5, 6], &limits(2, 2), |_| 1, work, |_, ()| Ok::<(), ()>(()));
    }
}
