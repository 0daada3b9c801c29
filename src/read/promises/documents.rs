//! The promises of readers, held on pages and documents.

use proptest::prelude::*;

use super::check;

/// Pieces of a page, parted by `|`.
const PAGE: &str = "<p>|</p>|<br>|<b>|</b>|<div>|</div>|<li>|<ul>|</ul>|<pre>|</pre>|<code>|<q>|</q>|\
    <table>|<tr>|<td>|</table>|<cite>|</cite>|<time>|</time>|<dl>|<dt>|<dd>|<a href='#x'>|</a>|<sup>|\
    </sup>|<nav>|</nav>|<main>|<article>|<header>|<h1>|</h1>|<title>|<script>|</script>|<p hidden>|\
    <span class=speaker>|</span>|<!--|-->|&eacute;|&copy|&nbsp;|&#13;|&#10;|&#9;|&ThickSpace;|&|0:05|\
    Ana|Ana:|Ben: hi|[0:02]|**| |\n|\r\n|\r|\t|\u{A0}|word|é|音|<|>|<x-y>|<?xml ?>";

/// Some of the pieces, in any order, with a few letters of any kind between them.
fn mixed(pieces: &'static str) -> impl Strategy<Value = String> {
    let known = prop::sample::select(pieces.split('|').collect::<Vec<_>>());
    let piece = prop_oneof![9 => known.prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_reader_breaks_a_promise_on_pages(text in mixed(PAGE)) {
        check("a.html", text.as_bytes())?;
        check("a.html", format!("<!doctype html><body><p>{text}").as_bytes())?;
        check("a.xhtml", format!("<?xml version='1.0'?><html><body>{text}</body></html>").as_bytes())?;
    }
}
