//! How cheap an alignment can be at best, told from the words alone.

use super::relation::{Relations, parted};

/// A cost that no alignment of the quotation with a text of these classes can fall below.
///
/// Each word of the quotation takes the nearest word of the text, wherever it stands.
pub(super) fn least_cost(relations: &Relations, text: &[u32], least: &mut Vec<u32>) -> u64 {
    least.clear();
    least.extend_from_slice(&relations.unrelated);
    let mut before = None;
    for id in text {
        let class = relations.class(*id);
        let row = relations.row(class);
        for word in &class.related {
            least[*word] = least[*word].min(row[*word]);
        }
        for joined in &class.joined {
            least[joined.last - 1] = 0;
            least[joined.last] = 0;
        }
        if let Some(before) = before {
            for word in parted(before, class) {
                least[word] = 0;
            }
        }
        before = Some(class);
    }
    least.iter().copied().map(u64::from).sum()
}
