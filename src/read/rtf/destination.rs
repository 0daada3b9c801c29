//! Where the text of a group goes: into the document, into its metadata, or nowhere.

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Into the document.
    #[default]
    Document,
    /// Nowhere.
    Nowhere,
    /// Nowhere, but for the text boxes in it.
    Shape,
    /// It describes fonts.
    Fonts,
    /// It describes styles.
    Styles,
    /// It describes the file.
    Info,
    /// The title.
    Title,
    /// Who wrote it.
    Author,
    /// When the file was made.
    Created,
}

/// The destination that a control word opens; `None` where it opens none.
pub fn destination(word: &str) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "info" => Destination::Info,
        "title" => Destination::Title,
        "author" => Destination::Author,
        "creatim" => Destination::Created,
        "shpinst" | "do" => Destination::Shape,
        "fldrslt" | "result" | "ud" | "rtf" => Destination::Document,
        "colortbl" | "filetbl" | "listtable" | "listoverridetable" | "revtbl" | "pict"
        | "object" | "fldinst" | "header" | "headerl" | "headerr" | "headerf" | "footer"
        | "footerl" | "footerr" | "footerf" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep"
        | "aftnsepc" | "aftncn" | "annotation" | "atnid" | "atnauthor" | "xe" | "tc" | "rxe"
        | "txe" | "listtext" | "pntext" | "nonshppict" | "shprslt" | "upr" | "operator"
        | "subject" | "keywords" | "comment" | "doccomm" | "category" | "manager" | "company"
        | "hlinkbase" | "revtim" | "printim" | "buptim" | "falt" | "panose" | "fontemb"
        | "template" | "bkmkstart" | "bkmkend" | "xmlopen" | "nextfile" => Destination::Nowhere,
        _ => return None,
    })
}

/// The character that a control word stands for.
pub fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "tab" | "emspace" | "enspace" | "qmspace" => " ",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        "ltrmark" => "\u{200E}",
        "rtlmark" => "\u{200F}",
        _ => return None,
    })
}
