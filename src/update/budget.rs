//! What a run does with the memory that it may take.
//!
//! Three eighths are for segments that are being built, three eighths for files that are being read
//! and for what was made of them until it is written. The rest is for all else: the words of the run,
//! the program itself, what tantivy needs to write segments out and to merge them. Less than [`REST`]
//! it never is.

/// Memory that a run may take, in bytes, unless something else is asked for.
pub const MEMORY: usize = 500_000_000;
/// The least that is left for all else.
const REST: usize = 40_000_000;

/// What segments may take of the memory of a run, in bytes.
pub(super) fn of_segments(memory: usize) -> usize {
    memory.saturating_sub(REST.max(memory / 4)) / 2
}

/// What files may take of it.
pub(super) fn of_files(memory: usize) -> u64 {
    of_segments(memory) as u64
}

/// What is said about a file of so many bytes for which more memory is needed than files may take.
pub(super) fn too_little(bytes: u64, needed: u64) -> String {
    let memory = (needed / 3 * 8 + 8).max(needed * 2 + REST as u64) + 5;
    format!(
        "has {}, and reading it takes {}, more than a file may take; `--memory {}` reads it, or \
         split it",
        size(bytes),
        size(needed),
        round(memory.div_ceil(1_000_000))
    )
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// The next number with two digits and noughts.
fn round(number: u64) -> u64 {
    let unit = 10_u64.pow(number.max(10).ilog10() - 1);
    number.div_ceil(unit) * unit
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_told_with_the_way_out() {
        assert_eq!(
            too_little(2_000_000_000, 8_000_000_000),
            "has 2.0 GB, and reading it takes 8.0 GB, more than a file may take; `--memory 22000` \
             reads it, or split it"
        );
        assert_eq!(
            too_little(1_250_000, 9_990_000),
            "has 1.2 MB, and reading it takes 9.9 MB, more than a file may take; `--memory 60` \
             reads it, or split it"
        );
    }

    proptest! {
        #[test]
        fn the_memory_that_is_named_is_enough(needed in 0_u64..100_000_000_000_000) {
            let told = too_little(1, needed);
            let (_, rest) = told.split_once("`--memory ").unwrap();
            let (memory, _) = rest.split_once('`').unwrap();
            let memory: usize = memory.parse().unwrap();
            prop_assert!(of_files(memory * 1_000_000) >= needed, "{}", told);
        }

        #[test]
        fn the_shares_are_no_more_than_the_whole(memory in 0_usize..1_000_000_000_000) {
            let shares = of_segments(memory) as u64 + of_files(memory);
            prop_assert!(shares <= memory as u64);
        }
    }
}
