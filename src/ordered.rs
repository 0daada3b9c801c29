//! Work on many threads, taken in order: what indexing and answering many queries share.
//!
//! Items are handed out in order, and only while there is room for what they cost: so the one that is
//! waited for is never held up by later ones, and what is held at once is bounded. An item that turns
//! out to cost more than was thought takes what is free; where that is too little, it is done again
//! alone, with all the room there is.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroUsize,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// How much is worked on at once.
pub struct Limits {
    /// Number of threads that work.
    pub threads: NonZeroUsize,
    /// How much may be held at once, by the cost of the items. One item is always worked on,
    /// whatever it costs.
    pub cost: u64,
}

/// What became of the work on an item in the room that it was given.
pub enum Attempt<R> {
    /// It was enough.
    Done(R),
    /// It was too little. The result counts only where there is no more room to give.
    TooLittle(R),
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
    ordered_within(
        items,
        limits,
        cost,
        |state, item, _| Attempt::Done(work(state, item)),
        |item, result, _share| take(item, result),
    )
}

/// Like [`ordered`], for work that keeps to the room it is given. `work` sees the item's share of it:
/// what the item costs, or all there is where that is less. `take` gets the share, which is free
/// again when it is dropped.
///
/// # Errors
/// The first that `take` gives; what is being worked on then is dropped.
pub fn ordered_within<T, S, R, E>(
    items: &[T],
    limits: &Limits,
    cost: impl Fn(&T) -> u64 + Sync,
    work: impl Fn(&mut S, &T, &mut Share) -> Attempt<R> + Sync,
    mut take: impl FnMut(&T, R, Share) -> Result<(), E>,
) -> Result<Vec<S>, E>
where
    T: Sync,
    S: Default + Send,
    R: Send,
{
    let line = Line::new(limits.cost, items.len());
    let worker = || {
        let mut own = S::default();
        while let Some((at, mut share)) = line.room.next(|at| cost(&items[at])) {
            // A worker that panics must not leave the others waiting for its item.
            let guard = Guard { line: &line };
            let result = work(&mut own, &items[at], &mut share);
            std::mem::forget(guard);
            line.done(at, result, share);
        }
        own
    };
    thread::scope(|scope| {
        let guard = Guard { line: &line };
        let count = limits.threads.get().min(items.len());
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        let mut outcome = Ok(());
        let mut alone = S::default();
        for (at, item) in items.iter().enumerate() {
            let Some((attempt, share)) = line.wait_for(at) else { break };
            let (result, share) = match attempt {
                Attempt::Done(result) => (result, share),
                Attempt::TooLittle(result) if share.amount >= limits.cost => (result, share),
                Attempt::TooLittle(result) => {
                    drop((result, share));
                    let mut share = line.alone();
                    let (Attempt::Done(result) | Attempt::TooLittle(result)) =
                        work(&mut alone, item, &mut share);
                    (result, share)
                }
            };
            outcome = take(item, result, share);
            if outcome.is_err() {
                break;
            }
        }
        drop(guard);
        let states = workers.into_iter().map(|worker| match worker.join() {
            Ok(state) => state,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        let states = states.chain(std::iter::once(alone)).collect();
        outcome.map(|()| states)
    })
}

/// The part of the room that an item has. It is free again when this is dropped.
#[derive(Debug)]
pub struct Share {
    room: Arc<Room>,
    amount: u64,
}

impl Share {
    /// How much it is.
    #[must_use]
    pub fn amount(&self) -> u64 {
        self.amount
    }

    /// Makes it so large, if that is free now; tells whether it is at least that. It never waits:
    /// what it would wait for may wait for it.
    pub fn grow_to(&mut self, amount: u64) -> bool {
        let more = amount.saturating_sub(self.amount);
        let mut places = self.room.lock();
        if places.held.saturating_add(more) > self.room.limit.max(self.amount) {
            return false;
        }
        places.held += more;
        self.amount += more;
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.lock().held -= self.amount;
        self.room.changed.notify_all();
    }
}

/// How much there is room for, and what is handed out next.
#[derive(Debug)]
struct Room {
    limit: u64,
    /// How many items there are.
    count: usize,
    places: Mutex<Places>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Places {
    held: u64,
    next: usize,
    /// What was handed out, and is to be handed out again, before all others.
    again: BTreeSet<usize>,
    /// Somebody waits for all of it to be free: nothing is handed out.
    is_wanted: bool,
    is_closed: bool,
}

impl Room {
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, places: MutexGuard<'a, Places>) -> MutexGuard<'a, Places> {
        self.changed.wait(places).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item to work on, once there is room for it; `None` when it is closed. Who has
    /// nothing to do waits all the same, since an item may have to be done again.
    fn next(self: &Arc<Self>, cost: impl Fn(usize) -> u64) -> Option<(usize, Share)> {
        let mut places = self.lock();
        while !places.is_closed {
            let at = places.again.first().copied().unwrap_or(places.next);
            if at < self.count && !places.is_wanted {
                let amount = cost(at).clamp(1, self.limit.max(1));
                if places.held == 0 || places.held.saturating_add(amount) <= self.limit {
                    places.held += amount;
                    if !places.again.remove(&at) {
                        places.next += 1;
                    }
                    return Some((at, Share { room: Arc::clone(self), amount }));
                }
            }
            places = self.wait(places);
        }
        None
    }

    /// Waits until all that was handed out is given back, and takes all of it.
    fn all(self: &Arc<Self>) -> Share {
        let mut places = self.lock();
        while places.held > 0 {
            places = self.wait(places);
        }
        places.held = self.limit;
        places.is_wanted = false;
        Share { room: Arc::clone(self), amount: self.limit }
    }
}

struct Line<R> {
    room: Arc<Room>,
    results: Mutex<BTreeMap<usize, (Attempt<R>, Share)>>,
    came: Condvar,
}

impl<R> Line<R> {
    fn new(limit: u64, count: usize) -> Self {
        let (places, changed) = (Mutex::default(), Condvar::new());
        let room = Arc::new(Room { limit, count, places, changed });
        Self { room, results: Mutex::default(), came: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<usize, (Attempt<R>, Share)>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self, at: usize, attempt: Attempt<R>, share: Share) {
        let mut results = self.lock();
        let mut places = self.room.lock();
        if places.is_wanted {
            places.again.insert(at);
            drop(places);
            drop((results, attempt, share));
        } else {
            drop(places);
            results.insert(at, (attempt, share));
        }
        self.came.notify_all();
    }

    /// Has everything that is done or being done given up, to be done again later; gives all the
    /// room there is.
    fn alone(&self) -> Share {
        let mut results = self.lock();
        let mut places = self.room.lock();
        places.is_wanted = true;
        places.again.extend(results.keys());
        drop(places);
        let given_up = std::mem::take(&mut *results);
        drop(results);
        drop(given_up);
        self.room.all()
    }

    fn wait_for(&self, at: usize) -> Option<(Attempt<R>, Share)> {
        let mut results = self.lock();
        loop {
            if let Some(result) = results.remove(&at) {
                return Some(result);
            }
            if self.room.lock().is_closed {
                return None;
            }
            results = self.came.wait(results).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        // Who waits for a result holds this lock whenever it does not wait.
        let results = self.lock();
        self.room.lock().is_closed = true;
        drop(results);
        self.room.changed.notify_all();
        self.came.notify_all();
    }
}

/// Closes the line when it is dropped: in the end, and in a panic.
struct Guard<'a, R> {
    line: &'a Line<R>,
}

impl<R> Drop for Guard<'_, R> {
    fn drop(&mut self) {
        self.line.close();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::sync_channel,
    };

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
            assert_eq!(states.unwrap().iter().sum::<usize>(), items.len(), "{threads} threads");
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

    /// So much of the room is in use while this is there.
    struct InUse<'a>(&'a AtomicU64, u64);

    impl<'a> InUse<'a> {
        fn of(all: &'a AtomicU64, amount: u64) -> Self {
            let now = all.fetch_add(amount, Ordering::SeqCst) + amount;
            assert!(now <= 100, "{now} in use");
            Self(all, amount)
        }
    }

    impl Drop for InUse<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(self.1, Ordering::SeqCst);
        }
    }

    #[test]
    fn what_needs_more_than_was_thought_is_done_alone_with_all_there_is() {
        // Every seventh item needs ten times what it seems to; one needs more than there is.
        let needed = |item: u64| match item {
            90 => 1_000,
            item if item % 7 == 3 => 70,
            _ => 7,
        };
        let items: Vec<u64> = (0..200).collect();
        for threads in [1, 2, 5] {
            let in_use = AtomicU64::new(0);
            let mut taken = Vec::new();
            thread::scope(|scope| {
                // Who writes what was taken, a little later.
                let (sender, receiver) = sync_channel(3);
                scope.spawn(move || receiver.into_iter().for_each(drop));
                let outcome = ordered_within(
                    &items,
                    &limits(threads, 100),
                    |_| 7,
                    |(): &mut (), item, share| match needed(*item) {
                        needed if !share.grow_to(needed) => Attempt::TooLittle(None),
                        needed => Attempt::Done(Some(InUse::of(&in_use, needed))),
                    },
                    |item, result, share| {
                        taken.push((*item, result.is_some()));
                        sender.send((result, share))
                    },
                );
                assert!(outcome.is_ok());
            });
            let expected: Vec<_> = items.iter().map(|item| (*item, *item != 90)).collect();
            assert_eq!(taken, expected, "{threads} threads");
        }
    }
}
