//! Numbers of lines at the left of a page, as transcripts of hearings have them.
//!
//! They are left out when a page has five or more of them, one under the other and left of everything
//! else, and they count up: by one, or by five with rows between them.

use crate::read::pdf::row::Row;

/// The fewest numbers of lines on a page.
const FEWEST: usize = 5;
/// How far to the right a number may stand of the one that stands farthest to the left, in type sizes.
const COLUMN: f64 = 3.0;

/// A row that opens with a number.
struct Numbered {
    /// Which row of the page.
    row: usize,
    number: u32,
    start: f64,
}

/// Leaves out the numbers of lines at the left of a page.
pub fn drop_line_numbers(page: &mut Vec<Row>) {
    let mut numbered: Vec<Numbered> =
        page.iter().enumerate().filter_map(|(at, row)| numbered(at, row)).collect();
    let Some(left) = numbered.iter().map(|it| it.start).reduce(f64::min) else {
        return;
    };
    let size = page.first().map_or(10.0, |row| row.size);
    numbered.retain(|it| it.start - left < COLUMN * size);
    if numbered.len() < FEWEST {
        return;
    }
    let by_one = numbered.windows(2).filter(|it| it[1].number.checked_sub(it[0].number) == Some(1));
    let by_five = numbered.windows(2).filter(|it| {
        it[1].number.checked_sub(it[0].number) == Some(5) && it[1].row - it[0].row > 1
    });
    // A list has its numbers only here and there. A number or two may be lost.
    let counts_by_one =
        by_one.count() * 10 >= (numbered.len() - 1) * 8 && numbered.len() * 2 >= page.len();
    let counts_by_five = by_five.count() + 1 == numbered.len();
    let is_leftmost = page.iter().all(|row| row.start() > left - 1.0);
    if !is_leftmost || !(counts_by_one || counts_by_five) {
        return;
    }
    for Numbered { row, .. } in numbered {
        page[row].runs.remove(0);
    }
    page.retain(|row| !row.runs.is_empty());
}

fn numbered(row: usize, of: &Row) -> Option<Numbered> {
    let first = of.runs.first().filter(|run| run.text.len() <= 4)?;
    let is_digits = first.text.bytes().all(|byte| byte.is_ascii_digit());
    let number = first.text.parse().ok().filter(|_| is_digits)?;
    Some(Numbered { row, number, start: first.start })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::{row::rows, row::tests::run, run::Run};

    fn texts(page: &[Row]) -> Vec<String> {
        page.iter().map(Row::text).collect()
    }

    #[test]
    fn numbers_of_lines_are_left_out() {
        let mut runs = Vec::new();
        for row in 1..=8_u8 {
            let y = 100.0 + 24.0 * f64::from(row);
            runs.push(run(&row.to_string(), 40.0, y));
            if row != 4 {
                runs.push(run("MR. SMITH: It was 1961.", 70.0, y));
            }
        }
        let mut page = rows(runs);
        drop_line_numbers(&mut page);
        assert_eq!(texts(&page), ["MR. SMITH: It was 1961."; 7]);
    }

    #[test]
    fn numbers_of_a_short_list_stay() {
        let mut runs: Vec<Run> = (1..=3_u8)
            .map(|row| run(&row.to_string(), 40.0, 100.0 + 12.0 * f64::from(row)))
            .collect();
        runs.push(run("text", 70.0, 200.0));
        let mut page = rows(runs);
        let before = page.clone();
        drop_line_numbers(&mut page);
        assert_eq!(page, before);
    }
}
