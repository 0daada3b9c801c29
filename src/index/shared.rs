//! Work on several segments that is shared between threads.

use std::{
    iter,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use super::error::IndexError;

/// Does so much work, by number, on this thread and others, so many in all; gives what each gave, in
/// the order of the numbers. Whoever is done takes the next.
///
/// # Errors
/// One of those that are met; nothing new is begun then.
pub(super) fn share<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> Result<T, IndexError> + Sync,
) -> Result<Vec<T>, IndexError> {
    let next = AtomicUsize::new(0);
    let thread = || {
        let mine = iter::from_fn(|| {
            let number = next.fetch_add(1, Ordering::Relaxed);
            (number < count).then(|| work(number).map(|done| (number, done)))
        });
        let mine = mine.collect::<Result<Vec<_>, _>>();
        if mine.is_err() {
            next.fetch_max(count, Ordering::Relaxed);
        }
        mine
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(count)).map(|_| scope.spawn(thread)).collect();
        let mine = thread();
        // All are waited for before anything is told; a panic goes on here.
        let joined = others.into_iter().map(|it| it.join().unwrap_or_else(|it| resume_unwind(it)));
        let theirs: Vec<_> = joined.collect();
        iter::once(mine).chain(theirs).collect::<Result<Vec<_>, _>>()
    })?
    .into_iter()
    .flatten()
    .collect::<Vec<_>>();
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, done)| done).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_comes_in_the_order_of_its_numbers() {
        for threads in 0..5 {
            let squares = share(40, threads, |number| Ok(number * number)).unwrap();
            assert_eq!(squares, (0..40).map(|number| number * number).collect::<Vec<_>>());
        }
        assert_eq!(share(0, 3, |_| Ok(())).unwrap(), []);
    }

    #[test]
    fn an_error_of_any_thread_is_an_error() {
        let broken = || IndexError::Damaged("seventh".to_owned());
        let told = share(40, 3, |number| if number == 7 { Err(broken()) } else { Ok(()) });
        assert_eq!(told.unwrap_err().to_string(), broken().to_string());
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_of_any_thread_goes_on() {
        let panics = |number| if number == 7 { panic!("the seventh") } else { Ok(()) };
        let _ = share(40, 3, panics);
    }
}
