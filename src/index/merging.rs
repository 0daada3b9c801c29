//! Which segments of an index that is updated are merged.
//!
//! Each update adds a small segment, and a search looks into every one. Small segments are merged
//! whenever the next larger one is not much larger than all below it together: however many updates
//! there were, few segments are left, and a document is written again only as often as the index
//! grows by a factor.

use tantivy::{
    index::SegmentMeta,
    indexer::{MergeCandidate, MergePolicy},
};

/// So many segments are left alone: those of a new index.
const FEW: usize = 2;
/// How much larger than all below it together a segment is that is left alone.
const FACTOR: u32 = 8;
/// What has fewer passages counts as having so many.
const SMALL: u32 = 500;
/// A segment is written anew when more than one in so many of its passages is removed.
const REMOVED: u32 = 4;

/// Memory that merging takes for a passage, in bytes: tantivy keeps some columns of all of them.
const EACH: usize = 25;
/// How many segments are merged into one at a time, on two threads: a process may have 256 files open,
/// and each segment is six.
const MERGED: usize = 16;

/// How many passages a segment may have that is made of others. Merging them takes a tenth of what
/// segments may take while they are built, on each of two threads.
pub(super) fn largest(budget: usize) -> u32 {
    u32::try_from(budget / 10 / EACH).unwrap_or(u32::MAX)
}

/// Those segments of a new index that are to become one, of which some are alone, so that no more
/// than `most` are left, as even as they can be; none may become larger than `largest`.
pub(super) fn groups(segments: &[SegmentMeta], most: usize, largest: u32) -> Vec<&[SegmentMeta]> {
    let all = segments.iter().map(SegmentMeta::max_doc).fold(0, u32::saturating_add);
    let even = all.div_ceil(u32::try_from(most).unwrap_or(u32::MAX).max(1));
    let bounds = [even, even.saturating_add(even / 2), largest];
    let grouped = |bound: u32| grouped(segments, most, bound.min(largest));
    let some = bounds.into_iter().map(grouped).find(|groups| groups.len() < segments.len());
    some.unwrap_or_else(|| segments.chunks(1).collect())
}

fn grouped(segments: &[SegmentMeta], most: usize, largest: u32) -> Vec<&[SegmentMeta]> {
    let mut left = segments.len();
    let mut rest = segments;
    let mut groups = Vec::new();
    while !rest.is_empty() {
        let count = if left > most { together(rest, largest).max(1) } else { 1 };
        let (group, others) = rest.split_at(count);
        groups.push(group);
        left -= count - 1;
        rest = others;
    }
    groups
}

/// How many of some segments, from the first on, are merged at a time when none may become larger.
fn together(segments: &[SegmentMeta], largest: u32) -> usize {
    let mut sum: u32 = 0;
    let fits = |segment: &&SegmentMeta| {
        sum = sum.saturating_add(segment.max_doc());
        sum <= largest
    };
    segments.iter().take(MERGED).take_while(fits).count()
}

/// Merges small segments, and those of which much is removed.
#[derive(Debug)]
pub(super) struct FewSegments {
    /// How many passages a segment may have that is made of others.
    pub largest: u32,
}

impl MergePolicy for FewSegments {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut by_size: Vec<&SegmentMeta> = segments.iter().collect();
        by_size.sort_by_key(|segment| (segment.num_docs(), segment.id()));
        let sizes: Vec<u32> = by_size.iter().map(|segment| segment.num_docs()).collect();
        let (small, large) = by_size.split_at(mergeable(&sizes, self.largest));
        let ids = small.iter().map(|segment| segment.id()).collect();
        let mut candidates = Vec::new();
        if small.len() > 1 {
            candidates.push(MergeCandidate(ids));
        }
        let rest = if small.len() > 1 { large } else { &by_size };
        for segment in rest {
            if segment.num_deleted_docs() > segment.max_doc() / REMOVED {
                candidates.push(MergeCandidate(vec![segment.id()]));
            }
        }
        candidates
    }
}

/// How many of the smallest segments belong together, by their sizes in ascending order.
fn mergeable(sizes: &[u32], largest: u32) -> usize {
    let mut sum: u32 = 0;
    let mut count = 0;
    if sizes.len() <= FEW {
        return 0;
    }
    for size in sizes {
        let is_large = *size > FACTOR.saturating_mul(sum.max(SMALL));
        if count > 0 && (is_large || sum.saturating_add(*size) > largest) {
            break;
        }
        sum = sum.saturating_add(*size);
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use tantivy::index::{SegmentId, SegmentMeta};

    fn mergeable(sizes: &[u32]) -> usize {
        super::mergeable(sizes, u32::MAX)
    }

    #[test]
    fn small_segments_belong_together_and_large_ones_are_left_alone() {
        assert_eq!(mergeable(&[]), 0);
        assert_eq!(mergeable(&[90_000, 90_000]), 0);
        assert_eq!(mergeable(&[5, 90_000, 90_000]), 1);
        assert_eq!(mergeable(&[5, 5, 90_000, 90_000]), 2);
        assert_eq!(mergeable(&[5, 600, 9_000, 90_000, 90_000]), 2);
        assert_eq!(mergeable(&[5, 8_600, 9_000, 90_000, 90_000]), 1);
        assert_eq!(super::mergeable(&[5, 600, 600, 9_000], 1_000), 2);
        assert_eq!(mergeable(&[5, 1_400, 4_000, 90_000, 90_000]), 3);
    }

    #[test]
    fn segments_of_a_new_index_become_one_where_they_are_not_too_large() {
        let index = tantivy::Index::create_in_ram(tantivy::schema::Schema::builder().build());
        let groups = |sizes: &[u32], most: usize| -> Vec<Vec<u32>> {
            let meta = |size: &u32| index.new_segment_meta(SegmentId::generate_random(), *size);
            let segments: Vec<SegmentMeta> = sizes.iter().map(meta).collect();
            let groups = super::groups(&segments, most, 100);
            groups.iter().map(|group| group.iter().map(SegmentMeta::max_doc).collect()).collect()
        };
        assert_eq!(groups(&[90, 10], 2), [[90], [10]]);
        assert_eq!(
            groups(&[40, 40, 40, 40, 120, 60], 2),
            [vec![40, 40], vec![40, 40], vec![120], vec![60]]
        );
        assert_eq!(groups(&[40, 60, 40, 60], 3), [vec![40, 60], vec![40], vec![60]]);
        assert_eq!(groups(&[4; 4], 2), [[4, 4], [4, 4]]);
        assert_eq!(groups(&[3, 4, 3], 2), [vec![3, 4], vec![3]]);
        assert_eq!(groups(&[4; 4], 1), [[4; 4]]);
        let many = groups(&[1; 50], 2);
        assert_eq!(many.iter().map(Vec::len).collect::<Vec<_>>(), [16, 16, 16, 2]);
        assert_eq!(groups(&[], 2), Vec::<Vec<u32>>::new());
    }

    #[test]
    fn a_thousand_updates_leave_few_segments() {
        let mut sizes: Vec<u32> = vec![50_000, 50_000];
        let (mut most, mut written) = (0, 0);
        for update in 0..1_000 {
            sizes.push(1 + update % 90);
            sizes.sort_unstable();
            let count = mergeable(&sizes);
            if count > 1 {
                let sum: u32 = sizes.drain(..count).sum();
                sizes.push(sum);
                written += sum;
            }
            most = most.max(sizes.len());
        }
        assert!(most <= 4, "{most} segments");
        // 45,000 passages were added.
        assert!(written < 2_000_000, "{written} passages written again");
    }
}
