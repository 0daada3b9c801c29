//! Where the text of a LaTeX file begins and ends, and where a command stands that is in no comment.

use std::ops::Range;

/// The bytes of what is typeset.
pub(super) fn body(source: &str) -> Range<usize> {
    const BEGIN: &str = r"\begin{document}";
    let start = find_command(source, BEGIN).map_or(0, |at| at + BEGIN.len());
    let end = find_command(&source[start..], r"\end{document}");
    start..end.map_or(source.len(), |at| start + at)
}

/// Where a command stands first that is in no comment.
pub(super) fn find_command(source: &str, command: &str) -> Option<usize> {
    let in_comment = |at: usize| {
        let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
        let escaped = |percent: usize| source[line..line + percent].ends_with('\\');
        source[line..at].match_indices('%').any(|(percent, _)| !escaped(percent))
    };
    source.match_indices(command).map(|(at, _)| at).find(|at| !in_comment(*at))
}
