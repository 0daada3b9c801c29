use super::*;
use proptest::prelude::*;

fn near(distance: u32, order: Order, leaves: usize) -> Stretch {
    Stretch::Near { operands: (0..leaves).map(Stretch::Word).collect(), distance, order }
}

fn found(stretch: &Stretch, positions: &[Vec<u32>]) -> Vec<(u32, u32)> {
    spans(stretch, positions).iter().map(|span| (span.first, span.last)).collect()
}

#[test]
fn a_phrase_may_overlap_itself() {
    let positions = [vec![0, 1, 2], vec![0, 1, 2]];
    assert_eq!(found(&near(0, Order::Kept, 2), &positions), [(0, 1), (1, 2)]);
}

#[test]
fn only_minimal_spans_are_found() {
    let positions = [vec![0, 3], vec![5]];
    assert_eq!(found(&near(9, Order::Free, 2), &positions), [(3, 5)]);
}

#[test]
fn the_distance_is_shared_by_all_gaps() {
    let positions = [vec![0], vec![2], vec![4]];
    assert_eq!(found(&near(2, Order::Kept, 3), &positions), [(0, 4)]);
    assert_eq!(found(&near(1, Order::Kept, 3), &positions), []);
}

#[test]
fn many_words_in_any_order_are_found_in_good_time() {
    let positions: Vec<Vec<u32>> = (0..24).map(|_| (0..200).collect()).collect();
    assert_eq!(spans(&near(100, Order::Free, 24), &positions).len(), 177);
}

proptest! {
    #[test]
    fn two_words_are_near_as_any_two_things_are(
        words in prop::collection::vec(0_usize..4, 1..12),
        distance in 0_u32..5,
        kept in any::<bool>(),
    ) {
        let order = if kept { Order::Kept } else { Order::Free };
        let mut positions = vec![Vec::new(); 2];
        for (at, word) in (0_u32..).zip(&words) {
            // 2 is neither of the words, 3 both.
            for (leaf, positions) in positions.iter_mut().enumerate() {
                if *word == leaf || *word == 3 {
                    positions.push(at);
                }
            }
        }
        let operands: Vec<Stretch> = (0..2).map(Stretch::Word).collect();
        let expected = near_spans(&operands, distance, order, &positions);
        let pair = Stretch::Near { operands, distance, order };
        prop_assert_eq!(count(&pair, &positions), expected.len());
        prop_assert_eq!(spans(&pair, &positions), expected);
    }

    #[test]
    fn nearness_is_what_trying_everything_finds(
        words in prop::collection::vec(0_usize..3, 1..12),
        distance in 0_u32..5,
        kept in any::<bool>(),
    ) {
        let order = if kept { Order::Kept } else { Order::Free };
        let mut positions = vec![Vec::new(); 3];
        for (at, word) in words.iter().enumerate() {
            positions[*word].push(u32::try_from(at).unwrap());
        }
        let mut expected = Vec::new();
        for a in &positions[0] {
            for b in &positions[1] {
                for c in &positions[2] {
                    let (first, last) = (*a.min(b).min(c), *a.max(b).max(c));
                    let in_order = a < b && b < c;
                    if last - first - 2 <= distance && (in_order || !kept) {
                        expected.push(WordSpan { first, last });
                    }
                }
            }
        }
        prop_assert_eq!(spans(&near(distance, order, 3), &positions), minimal(expected));
    }
}
