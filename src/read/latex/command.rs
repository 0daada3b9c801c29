//! What the commands of LaTeX mean for someone who reads the text.
//!
//! Of `LaTeX2e: An unofficial reference manual` what occurs in prose, and the quotations of the
//! packages csquotes, dirtytalk and babel. A command that is not here loses its name and keeps its
//! arguments.

/// What becomes of a command and its arguments in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The name goes, the arguments stay.
    Keep,
    /// The name and so many arguments go; what follows stays.
    Drop(usize),
    /// The name and an address go, the text of the link stays.
    Link,
    /// Stands for a character.
    Character(char),
    /// So many arguments go, the next is quoted in these marks.
    Quote(usize, char, char),
    /// So many arguments go, the next is a quotation set as a block.
    BlockQuote(usize),
    /// A heading.
    Heading,
    /// A note at the foot of the page.
    Footnote,
    /// A new paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// Sets an accent on the letter that follows: a combining character.
    Accent(char),
    /// Text as it stands, between two equal characters.
    Verbatim,
    /// Begins or ends an environment.
    Environment { begins: bool },
}

/// The meaning of a command by its name, without its backslash and star.
pub(super) fn meaning(name: &str) -> Meaning {
    use Meaning::{
        Accent, BlockQuote, Character, Drop, Environment, Footnote, Heading, Item, Keep, Link,
        Paragraph, Quote, Verbatim,
    };
    match name {
        "begin" => Environment { begins: true },
        "end" => Environment { begins: false },
        "part" | "chapter" | "section" | "subsection" | "subsubsection" | "paragraph"
        | "subparagraph" => Heading,
        "enquote" | "say" => Quote(0, '“', '”'),
        "textquote" | "foreignquote" | "hyphenquote" | "foreigntextquote" | "hyphentextquote" => {
            Quote(usize::from(name != "textquote"), '“', '”')
        }
        "textcquote" => Quote(1, '“', '”'),
        "blockquote" => BlockQuote(0),
        "blockcquote" | "foreignblockquote" | "hyphenblockquote" => BlockQuote(1),
        "footnote" | "footnotetext" | "endnote" | "sidenote" | "marginnote" | "marginpar" => {
            Footnote
        }
        "par" | "newpage" | "clearpage" | "bigskip" | "medskip" | "smallskip" => Paragraph,
        "item" => Item,
        "verb" | "lstinline" | "url" | "path" | "nolinkurl" => Verbatim,
        "href" => Link,
        // Of the first ones an argument is left, which is text.
        "textcolor" | "colorbox" | "hypertarget" | "hyperlink" | "parbox" | "fontsize"
        | "raisebox" | "foreignlanguage" | "scalebox" | "label" | "ref" | "pageref" | "autoref"
        | "cref" | "Cref" | "nameref" | "eqref" | "includegraphics" | "usepackage"
        | "documentclass" | "input" | "include" | "vspace" | "hspace" | "bibliography"
        | "bibliographystyle" | "index" | "pagestyle" | "thispagestyle" | "color"
        | "pagenumbering" | "hyphenation" | "selectlanguage" | "addbibresource" | "cite"
        | "citep" | "citet" | "citeauthor" | "citeyear" | "parencite" | "textcite" | "autocite"
        | "footcite" | "nocite" | "linespread" | "usetikzlibrary" | "graphicspath" | "setlist"
        | "vskip" | "hypersetup" | "title" | "author" | "date" => Drop(1),
        "setlength"
        | "addtolength"
        | "setcounter"
        | "addtocounter"
        | "newcommand"
        | "renewcommand"
        | "providecommand"
        | "newtheorem"
        | "DeclareMathOperator"
        | "rule" => Drop(2),
        "newenvironment" | "renewenvironment" | "addcontentsline" | "definecolor" => Drop(3),
        "`" => Accent('\u{300}'),
        "'" => Accent('\u{301}'),
        "^" => Accent('\u{302}'),
        "~" => Accent('\u{303}'),
        "=" => Accent('\u{304}'),
        "u" => Accent('\u{306}'),
        "." => Accent('\u{307}'),
        "\"" => Accent('\u{308}'),
        "r" => Accent('\u{30A}'),
        "H" => Accent('\u{30B}'),
        "v" => Accent('\u{30C}'),
        "d" => Accent('\u{323}'),
        "c" => Accent('\u{327}'),
        "k" => Accent('\u{328}'),
        "b" => Accent('\u{331}'),
        _ => character(name).map_or(Keep, Character),
    }
}

/// The character that a command stands for.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "&" | "%" | "$" | "#" | "_" | "{" | "}" => name.chars().next()?,
        "\\" | " " | "," | ":" | ";" | ">" | "space" | "quad" | "qquad" | "newline"
        | "linebreak" | "enspace" | "thinspace" | "\n" | "\t" => ' ',
        "ldots" | "dots" | "textellipsis" => '…',
        "textendash" => '–',
        "textemdash" => '—',
        "textquoteleft" | "lq" | "grq" => '‘',
        "textquoteright" | "rq" => '’',
        "textquotedblleft" | "grqq" => '“',
        "textquotedblright" => '”',
        "quotedblbase" | "glqq" => '„',
        "quotesinglbase" | "glq" => '‚',
        "guillemotleft" | "guillemetleft" | "flqq" | "og" => '«',
        "guillemotright" | "guillemetright" | "frqq" | "fg" => '»',
        "guilsinglleft" | "flq" => '‹',
        "guilsinglright" | "frq" => '›',
        "textquotedbl" => '"',
        "textbackslash" => '\\',
        "textasciitilde" => '~',
        "textasciicircum" => '^',
        "textbar" => '|',
        "textless" => '<',
        "textgreater" => '>',
        "textdegree" => '°',
        "texteuro" | "euro" => '€',
        "pounds" | "textsterling" => '£',
        "textcent" => '¢',
        "copyright" | "textcopyright" => '©',
        "texttrademark" => '™',
        "S" => '§',
        "P" => '¶',
        "ss" => 'ß',
        "o" => 'ø',
        "O" => 'Ø',
        "ae" => 'æ',
        "AE" => 'Æ',
        "oe" => 'œ',
        "OE" => 'Œ',
        "aa" => 'å',
        "AA" => 'Å',
        "l" => 'ł',
        "L" => 'Ł',
        "i" => 'i',
        "j" => 'j',
        "dh" => 'ð',
        "DH" => 'Ð',
        "th" => 'þ',
        "TH" => 'Þ',
        _ => return None,
    })
}

/// What stands in an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Environment {
    /// A quotation.
    Quote,
    /// Text as it stands.
    Verbatim,
    /// Nothing for a reader.
    Comment,
    /// Everything else.
    Text,
}

/// What an environment holds, by its name without a star, and how many arguments it takes.
pub(super) fn environment(name: &str) -> (Environment, usize) {
    match name {
        "quote" | "quotation" | "displayquote" | "quoting" | "verse" => (Environment::Quote, 0),
        "displaycquote" | "foreigndisplayquote" => (Environment::Quote, 1),
        "verbatim" | "lstlisting" | "Verbatim" => (Environment::Verbatim, 0),
        "minted" => (Environment::Verbatim, 1),
        "comment" | "tikzpicture" | "filecontents" => (Environment::Comment, 0),
        "tabular" | "array" | "longtable" | "minipage" | "thebibliography" | "multicols" => {
            (Environment::Text, 1)
        }
        "tabularx" => (Environment::Text, 2),
        _ => (Environment::Text, 0),
    }
}
