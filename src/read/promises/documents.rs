//! The promises of readers, held on pages and documents.

use proptest::prelude::*;

use super::check;
use crate::read::archive::tests::pack;

/// Pieces of a page, parted by `|`.
const PAGE: &str = "<p>|</p>|<br>|<b>|</b>|<div>|</div>|<li>|<ul>|</ul>|<pre>|</pre>|<code>|<q>|</q>|\
    <table>|<tr>|<td>|</table>|<table><tr><td>Who<td>Start<td>Text|<tr><td>Ana<td>0:05<td>|<cite>|</cite>|<time>|</time>|<dl>|<dt>|<dd>|<a href='#x'>|</a>|<sup>|\
    </sup>|<nav>|</nav>|<main>|<article>|<header>|<h1>|</h1>|<title>|<script>|</script>|<p hidden>|\
    <span class=speaker>|</span>|<!--|-->|&eacute;|&copy|&nbsp;|&#13;|&#10;|&#9;|&ThickSpace;|&|0:05|\
    Ana|Ana:|Ben: hi|[0:02]|**| |\n|\r\n|\r|\t|\u{A0}|word|é|音|<|>|<x-y>|<?xml ?>";

/// Pieces of the XML of office documents, parted by `|`.
const OFFICE: &str = "<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:b/>|<w:vanish/>|<w:br/>|<w:tab/>|\
    <w:pPr>|</w:pPr>|<w:pStyle w:val='Speaker'/>|<w:pStyle w:val='Heading1'/>|<w:numPr/>|\
    <w:rStyle w:val='Speaker'/>|<w:tbl>|</w:tbl>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:del>|</w:del>|\
    <w:del/>|<w:txbxContent>|</w:txbxContent>|<w:fldChar w:fldCharType='begin'/>|\
    <w:fldChar w:fldCharType='separate'/>|<w:fldChar w:fldCharType='end'/>|\
    <w:lastRenderedPageBreak/>|<w:footnoteReference w:id='1'/>|<text:p>|</text:p>|<text:h>|\
    </text:h>|<text:span>|</text:span>|<text:s/>|<text:line-break/>|<text:note-body>|\
    </text:note-body>|<draw:text-box>|</draw:text-box>|<text:soft-page-break/>|<table:table>|\
    </table:table>|<table:table-row>|</table:table-row>|<table:table-cell>|</table:table-cell>|\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Who</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Text</w:t></w:r></w:p></w:tc></w:tr>|\
    <w:tr><w:tc><w:p><w:r><w:t>Ana</w:t></w:r></w:p></w:tc><w:tc>|</w:tc></w:tr>|\
    <office:text>|</office:text>|<text:list-item>|Ana:|Ana| |word|[0:02]|&amp;|é|\n|<|<!--";

/// Tokens of RTF, parted by `|`.
const RICH_TEXT: &str = r"{|}|\\|\par |\line |\b |\b0 |\v |\uc0|\uc2 |\u8217 |\u-10179?|\'e9|\'8|\*|\footnote |\shp|\*\shpinst|\shptxt |\pict|\bin5 |\bin-1 |\trowd|\intbl |\cell |\row |\pard |\s2 |\info|\title |\fonttbl|\f1 |\fcharset128 |\stylesheet|Speaker;|\~|\_|\-|Ana:| |word|[0:02]|é|\fldinst|\fldrslt|\ansicpg932|\f2147483647 |\u99999999999 ";

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

    #[test]
    fn no_reader_breaks_a_promise_on_documents(text in mixed(OFFICE), page in mixed(PAGE)) {
        let content = format!("<office:text>{text}</office:text>");
        let container = "<rootfile full-path='a'/>";
        let package = "<item id='b' href='b'/><itemref idref='b'/>";
        check("a.docx", &pack(&[("word/document.xml", &text), ("word/footnotes.xml", &text)]))?;
        check("a.odt", &pack(&[("content.xml", &content)]))?;
        check("a.epub", &pack(&[("META-INF/container.xml", container), ("a", package), ("b", &page)]))?;
    }

    #[test]
    fn no_reader_breaks_a_promise_on_rich_text(text in mixed(RICH_TEXT)) {
        check("a.rtf", format!("{{\\rtf1 {text}").as_bytes())?;
    }
}
