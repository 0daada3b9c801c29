//! Hits in the format that was asked for.

use std::{
    env,
    io::{self, IsTerminal, Write},
};

use pullquote::{
    cite::{Processor, Wording},
    print::{
        citation, columns, html, json,
        link::Links,
        markdown,
        style::Styles,
        table::{Controls, Formulas, Sheet, TableFormat},
        text::{self, Layout},
        vimgrep,
    },
    search::{Answer, Hit},
};

use super::{
    arguments::{Format, OutputOptions, When},
    failure::Failure,
    terminal,
};

/// The variable with the colours of a user.
const COLORS: &str = "PULLQUOTE_COLORS";

/// How results are written.
pub(super) struct Output {
    pub format: Format,
    processor: Option<Processor>,
    width: usize,
    styles: Styles,
    links: Option<Links>,
    formulas: Formulas,
}

impl Output {
    /// What was typed, with what the terminal and the environment say.
    pub(super) fn new(typed: &OutputOptions, color: When) -> Result<Self, Failure> {
        let format = typed.format();
        if typed.cite.is_some() && !matches!(format, Format::Text | Format::Json) {
            return Err(Failure::new("--cite goes with the formats text and json alone")
                .hint("`--cite bibtex` and the like write nothing but the entries"));
        }
        let styles = if format == Format::Text && terminal::is_colored(color) {
            styles(color)?
        } else {
            Styles::PLAIN
        };
        let has_links = format == Format::Text && terminal::has_links(typed.hyperlink);
        Ok(Self {
            format,
            processor: typed.cite.map(Processor::new),
            width: terminal::columns(typed.width),
            styles,
            links: if has_links { Some(links(&typed.hyperlink_format)?) } else { None },
            formulas: if typed.spreadsheet { Formulas::Quoted } else { Formulas::Kept },
        })
    }

    /// How a person reads it, with so many lines of each passage, or all of them.
    pub(super) fn layout(&self, lines: Option<usize>) -> Layout<'_> {
        Layout {
            width: self.width,
            lines,
            styles: self.styles,
            links: self.links.as_ref(),
            processor: self.processor(),
        }
    }

    /// What cites the hits, where that was asked for.
    pub(super) fn processor(&self) -> Option<&Processor> {
        self.processor.as_ref()
    }

    /// Writes nothing but citations, where that was asked for; gives whether it was.
    pub(super) fn citations<'h>(
        &self,
        out: &mut dyn Write,
        hits: impl IntoIterator<Item = &'h Hit>,
        wording: Wording,
    ) -> io::Result<bool> {
        let is_alone = |it: &&Processor| self.format == Format::Text && it.style().stands_alone();
        let Some(processor) = self.processor().filter(is_alone) else { return Ok(false) };
        citation::alone(out, processor, hits, wording)?;
        Ok(true)
    }

    /// How a table is written. A terminal must not be given control characters; who reads from a
    /// pipe or a file gets the text as it is.
    pub(super) fn sheet(&self, format: TableFormat) -> Sheet {
        let is_terminal = io::stdout().is_terminal();
        let controls = if is_terminal { Controls::Shown } else { Controls::Kept };
        Sheet { format, controls, formulas: self.formulas }
    }

    /// The format of a table, where a table was asked for.
    pub(super) fn table(&self) -> Option<TableFormat> {
        match self.format {
            Format::Csv => Some(TableFormat::Csv),
            Format::Tsv => Some(TableFormat::Tsv),
            Format::Markdown => Some(TableFormat::Markdown),
            Format::Html => Some(TableFormat::Html),
            Format::Text | Format::Json | Format::Vimgrep => None,
        }
    }

    /// Writes an answer, with so many lines of each passage for a person.
    pub(super) fn answer(
        &self,
        out: &mut dyn Write,
        answer: &Answer,
        lines: Option<usize>,
    ) -> io::Result<()> {
        if self.citations(out, &answer.hits, Wording::Passage)? {
            return Ok(());
        }
        match self.format {
            Format::Text => text::answer(out, answer, self.layout(lines)),
            Format::Json => json::answer(out, answer, self.processor()),
            _ => self.hits(out, &answer.query, &answer.hits),
        }
    }

    /// Writes hits in one of the formats that want nothing but hits.
    pub(super) fn hits<'h>(
        &self,
        out: &mut dyn Write,
        heading: &str,
        hits: impl IntoIterator<Item = &'h Hit>,
    ) -> io::Result<()> {
        match self.format {
            Format::Tsv => columns::hits(out, self.sheet(TableFormat::Tsv), hits),
            Format::Markdown => markdown::hits(out, hits),
            Format::Html => html::hits(out, heading, hits),
            Format::Vimgrep => vimgrep::hits(out, self.sheet(TableFormat::Csv).controls, hits),
            Format::Text | Format::Json | Format::Csv => {
                columns::hits(out, self.sheet(TableFormat::Csv), hits)
            }
        }
    }
}

/// The colours of a user. What is wrong with them is a warning.
pub(super) fn styles(color: When) -> Result<Styles, Failure> {
    let Some(written) = env::var_os(COLORS) else { return Ok(Styles::default()) };
    let (styles, wrong) = Styles::parse(&written.to_string_lossy());
    let mut stderr = terminal::stderr(color);
    for message in wrong {
        writeln!(stderr, "warning: {COLORS}: {}", pullquote::print::clean(&message))?;
    }
    Ok(styles)
}

fn links(format: &str) -> Result<Links, Failure> {
    let folder = env::current_dir().unwrap_or_default();
    let folder = folder.to_string_lossy().replace('\\', "/");
    Links::new(format, &terminal::host(), &folder).map_err(|error| {
        Failure::new(format!("no links can be made: {error}"))
            .hint("write it such as file://{host}{path}#{line}")
    })
}
