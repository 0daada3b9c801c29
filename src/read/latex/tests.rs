use super::*;
use crate::read::{Options, read as read_file};

fn paragraphs_of(source: &str) -> Vec<String> {
    let turns = read(source).turns;
    let texts = turns.iter().flat_map(|turn| turn.text.as_str().split("\n\n"));
    texts.map(str::to_owned).collect()
}

#[test]
fn only_what_is_typeset_is_read() {
    let source = r"\documentclass[12pt]{article}
\usepackage[utf8]{inputenc} % encodings
\title{The \emph{warm} tape}
\author{Ana King\thanks{For tapes} \and Bo Low \\ University of Salt}
\date{2017-07}
\newcommand{\tape}[1]{\textit{#1}}
\begin{document}
\maketitle
\section*{What hisses} \label{sec:hiss}
It is \textbf{warm}, % is it?
and it hisses~\cite[p.~3]{king}.

Second \href{https://a.example/}{paragraph}\\
of two lines.
\begin{itemize}
  \item[a)] one
  \item two
\end{itemize}
\end{document}
This is never read.
";
    let transcript = read(source);
    assert_eq!(transcript.metadata.title.as_deref(), Some("The warm tape"));
    assert_eq!(transcript.metadata.authors, ["Ana King", "Bo Low"]);
    assert_eq!(transcript.metadata.date.map(|it| it.to_string()).as_deref(), Some("2017-07"));
    assert_eq!(transcript.warnings, []);
    assert_eq!(
        paragraphs_of(source),
        [
            "What hisses",
            "It is warm,\nand it hisses .",
            "Second paragraph\nof two lines.\none\ntwo",
        ]
    );
}

#[test]
fn marks_dashes_accents_and_symbols_become_characters() {
    let said = |source: &str| paragraphs_of(source).join("|");
    assert_eq!(said("``a ---b-- c'' `d' \\enquote{e \\enquote*{f}}"), "“a —b– c” ‘d' “e “f””");
    assert_eq!(
        said(r#"caf\'e na\"{\i}ve \c{c}a \v{S}ark\'{a} \ss{} \o re 50\% A\&B"#),
        "café naïve ça Šarká ß øre 50% A&B"
    );
    assert_eq!(said(r"wait\ldots\ and go\textemdash now"), "wait… and go—now");
    assert_eq!(said(r"\usepackage[german]{babel} so ,,sagt'' er"), "so „sagt” er");
    assert_eq!(said(r"$E = mc^2$ and \verb|a_b{| stay"), "E = mc^2 and a_b{ stay");
}

#[test]
fn a_note_stands_in_its_place() {
    assert_eq!(
        paragraphs_of("It hisses.\\footnote{Ana King, \\emph{On Tapes}, 2017.} So."),
        ["It hisses.^[Ana King, On Tapes, 2017.] So."]
    );
}

#[test]
fn block_quotations_are_told() {
    let source = "Before.\n\\begin{quote}\nOne two.\n\nThree.\n\\end{quote}\nAfter.\n\
        \\blockquote[King]{Four five.}\n\\begin{verbatim}\n\"no\"\n\\end{verbatim}\n";
    let (blocks, verbatim) = blocks_and_verbatim(source);
    let slices = |ranges: &[Range<usize>]| -> Vec<String> {
        ranges.iter().map(|range| source[range.clone()].trim().to_owned()).collect()
    };
    assert_eq!(slices(&blocks), ["One two.\n\nThree.", "\\blockquote[King]{Four five."]);
    assert_eq!(slices(&verbatim), ["\"no\""]);
    assert_eq!(
        paragraphs_of(source),
        ["Before.", "One two.", "Three.", "After.", "Four five.", "\"no\""]
    );
}

#[test]
fn what_is_never_closed_is_a_warning_and_read() {
    let transcript = read("\\emph{one\n\n\\begin{quote}\ntwo\n");
    assert_eq!(
        transcript.warnings,
        [
            Warning::at(1, "this brace is never closed"),
            Warning::at(3, "this quotation is never ended"),
        ]
    );
    assert_eq!(transcript.turns[0].text.as_str(), "one\n\ntwo");
}

#[test]
fn latex_is_told_by_its_content() {
    let source = b"\\documentclass{article}\\begin{document}Hi there.\\end{document}";
    let document = read_file("paper", source, &Options::default()).unwrap();
    assert_eq!(document.format, "latex");
}

#[test]
fn addresses_are_no_commands_and_comments_no_text() {
    let source = r"%\title{Old}
\title{New}
%\begin{document} is here
\begin{document}
See \url{https://a.example/x%20y} and \href{https://b.example/%7Eb}{there}, ``he said''.
\end{document}
";
    let transcript = read(source);
    assert_eq!(transcript.metadata.title.as_deref(), Some("New"));
    assert_eq!(transcript.warnings, []);
    assert_eq!(
        transcript.turns[0].text.as_str(),
        "See https://a.example/x%20y and there, “he said”."
    );
}

#[test]
fn bold_names_at_the_start_of_paragraphs_are_speakers() {
    let source = "\\documentclass{article}\n\\begin{document}\n\\section{Tape}\n\
        \\noindent\\textbf{Host:} Is it \\emph{old}?\n\n\\textbf{Keeper}: Very ``old''.\n\n\
        It rots.\n\n\\textbf{Host:} Oh.\n\\end{document}\n";
    let turns = read(source).turns;
    let said: Vec<_> = turns
        .iter()
        .map(|it| (it.speaker.as_ref().map(|it| it.0.as_str()), it.text.as_str()))
        .collect();
    let expected = [
        (None, "Tape"),
        (Some("Host"), "Is it old?"),
        (Some("Keeper"), "Very “old”.\n\nIt rots."),
        (Some("Host"), "Oh."),
    ];
    assert_eq!(said, expected);
}
