//! The lock that keeps two writers apart. Readers know nothing of it.
//!
//! It is a lock of the operating system on a file of the index folder, and goes away with the
//! process that holds it, however that ends: there is no stale lock. What stands in the file only
//! tells others whom they wait for. The file stays; removing it would let two writers in.

use std::{
    fmt,
    fs::{File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    process, thread,
    time::{Duration, Instant, SystemTime},
};

use serde::{Deserialize, Serialize};

use super::error::IndexError;
use crate::interrupt::Interrupt;

/// The file that is locked.
pub(super) const FILE: &str = ".writer.lock";
/// How long to wait before a lock is tried again.
const PAUSE: Duration = Duration::from_millis(50);
/// Seconds of a day.
const DAY: u64 = 86_400;

/// How long a writer waits for another, and what may stop it.
#[derive(Clone, Debug, Default)]
pub struct Patience {
    /// How long to wait until the other is done.
    pub wait: Duration,
    /// Stops the waiting, and the writing.
    pub interrupt: Interrupt,
}

/// Who writes an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub process: u32,
    /// Since when, in seconds since 1970-01-01 UTC, by the clock of the machine.
    pub since: u64,
}

impl fmt::Display for Holder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.since / DAY);
        let second = self.since % DAY;
        let (hours, minutes, seconds) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            out,
            "process {}, since {year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02} UTC",
            self.process
        )
    }
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar.
fn date(days: u64) -> (u64, u64, u64) {
    // Years begin in March here, so that the odd day of a leap year is their last. 719,468 days lie
    // between 0000-03-01 and 1970-01-01; 146,097 are an era of 400 years.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day_of_month)
}

/// The right to write an index, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Locks the index in a folder that exists; waits for another writer as long as one has patience.
    pub(super) fn acquire(path: &Path, patience: &Patience) -> Result<Self, IndexError> {
        let name = path.join(FILE);
        let refused = |source| IndexError::Io { path: path.to_owned(), source };
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&name).map_err(refused)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(refused(error)),
                Err(TryLockError::WouldBlock) if patience.interrupt.is_raised() => {
                    return Err(IndexError::Interrupted);
                }
                Err(TryLockError::WouldBlock) => {
                    let left = patience.wait.saturating_sub(started.elapsed());
                    if left.is_zero() {
                        let path = path.to_owned();
                        return Err(IndexError::Locked { holder: holder(&name), path });
                    }
                    thread::sleep(PAUSE.min(left));
                }
            }
        }
        let mut lock = Self { file };
        // The lock holds without it, as on a full disk.
        let _ = lock.sign();
        Ok(lock)
    }

    fn sign(&mut self) -> std::io::Result<()> {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let holder = Holder { process: process::id(), since: since.as_secs() };
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(&serde_json::to_vec(&holder)?)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An index that is not being written has no trace of who wrote it.
        let _ = self.file.set_len(0);
    }
}

/// Who holds the lock, as far as the file tells.
fn holder(name: &Path) -> Option<Holder> {
    let mut text = String::new();
    File::open(name).ok()?.take(1_000).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_told_with_the_time_in_utc() {
        let told = |since| Holder { process: 4711, since }.to_string();
        assert_eq!(told(0), "process 4711, since 1970-01-01 00:00:00 UTC");
        assert_eq!(told(951_827_696), "process 4711, since 2000-02-29 12:34:56 UTC");
        assert_eq!(told(4_107_542_399), "process 4711, since 2100-02-28 23:59:59 UTC");
        assert_eq!(told(4_107_542_400), "process 4711, since 2100-03-01 00:00:00 UTC");
    }

    #[test]
    fn a_second_writer_learns_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::acquire(folder.path(), &Patience::default()).unwrap();
        match Lock::acquire(folder.path(), &Patience::default()) {
            Err(IndexError::Locked { holder: Some(holder), .. }) => {
                assert_eq!(holder.process, process::id());
            }
            other => panic!("{other:?}"),
        }
        drop(first);
        Lock::acquire(folder.path(), &Patience::default()).unwrap();
        assert_eq!(std::fs::read(folder.path().join(FILE)).unwrap(), b"");
    }

    #[test]
    fn who_waits_gets_the_lock_when_the_other_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::acquire(folder.path(), &Patience::default()).unwrap();
        let patience = Patience { wait: Duration::from_mins(10), ..Patience::default() };
        thread::scope(|scope| {
            let second = scope.spawn(|| Lock::acquire(folder.path(), &patience).map(drop));
            thread::sleep(PAUSE);
            drop(first);
            second.join().unwrap().unwrap();
        });
    }

    #[test]
    fn who_waits_can_be_interrupted() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Lock::acquire(folder.path(), &Patience::default()).unwrap();
        let patience = Patience { wait: Duration::from_mins(10), ..Patience::default() };
        thread::scope(|scope| {
            let second = scope.spawn(|| Lock::acquire(folder.path(), &patience).map(drop));
            patience.interrupt.raise(2);
            assert!(matches!(second.join().unwrap(), Err(IndexError::Interrupted)));
        });
    }
}
