//! `pullquote search`

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use pullquote::{
    index::{Index, IndexError},
    print::{
        clean, concordance as print_concordance, count as print_count, count::PathEnd, json,
        sources, style::Styles, text,
    },
    query::{Misread, Term, filter::Filter, misread},
    search::{
        Answer, CountKey, Folding, Request, SortKey,
        concordance::{LineOrder, concordance},
        count, search, unmatched,
    },
};

use super::{
    Found,
    arguments::{CORPUS, CountBy, Format, INDEX, SearchOptions, SortBy, When},
    batch,
    failure::{Failure, listed},
    index::build_default,
    output::Output,
    terminal,
};

/// Lines of a passage that are shown, about.
const LINES: usize = 5;
/// Words that no passage has which have a line each; more share one.
const TOLD_APART: usize = 4;
/// Hits that are shown, unless something else is asked for.
const LIMIT: usize = 10;

pub(super) fn run(
    out: &mut dyn Write,
    typed: &SearchOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    refuse_what_does_not_go_together(typed)?;
    let output = Output::new(&typed.output, color)?;
    let index = open(index, color)?;
    if let Some(queries) = &typed.queries {
        let answer = |line: &str| search(index, &request(typed, line.to_owned()));
        return batch::run(
            out,
            queries,
            answer,
            |it| it.total > 0,
            |out, it| json::answer_line(out, it),
        );
    }
    let request = request(typed, typed.query.join(" ").trim_start().to_owned());
    for Misread { typed, operator } in misread(&request.query) {
        writeln!(
            terminal::stderr(color),
            "`{}` is read as a word; write {operator} for words near each other",
            clean(typed)
        )?;
    }
    if typed.count || typed.files {
        return counted(out, typed, index, &request, &output, color);
    }
    if typed.concordance {
        return lines(out, typed, index, &request, &output, color);
    }
    let answer = search(index, &request).map_err(|error| Failure::search(&request.query, error))?;
    if output.format != Format::Json {
        notes(&mut terminal::stderr(color), &answer, output.layout(None).styles)?;
    }
    output.answer(out, &answer, Some(LINES))?;
    if output.format != Format::Json {
        out.flush()?;
        if answer.total == 0 {
            let conditions = request.conditions().unwrap_or_default();
            name_unmatched(index, &conditions, output.layout(None).styles, color)?;
        }
        total(&mut terminal::stderr(color), &answer)?;
        past_the_end(typed, answer.hits.len(), (answer.total, "passage"), color)?;
    }
    Ok(if answer.total == 0 { Found::Nothing } else { Found::Something })
}

fn refuse_what_does_not_go_together(typed: &SearchOptions) -> Result<(), Failure> {
    let format = typed.output.format();
    let is_by_side = matches!(typed.sort, SortBy::Left | SortBy::Right);
    if is_by_side && !typed.concordance {
        return Err(Failure::new("only the lines of a concordance have a left and a right side")
            .hint("add --concordance, or sort by relevance, time, date or path"));
    }
    let has_hits = !typed.count && !typed.files && !typed.concordance && typed.queries.is_none();
    if typed.output.cite.is_some() && !has_hits {
        return Err(Failure::new("--cite cites hits, not counts, paths, lines or many queries")
            .hint("search without --count, --files, --concordance and --queries"));
    }
    if typed.files && format != Format::Text {
        return Err(Failure::new("--files writes paths and has no other format")
            .hint("--count --by source has the paths in any format"));
    }
    if typed.ranking.explain && !matches!(format, Format::Text | Format::Json) {
        return Err(Failure::new("only text and json have room for reasons")
            .hint("leave --explain out, or add --json"));
    }
    if format == Format::Vimgrep && (typed.count || typed.concordance) {
        return Err(Failure::new("vimgrep is a format of hits, not of counts or a concordance")
            .hint("use text, json, csv, tsv, markdown or html"));
    }
    Ok(())
}

/// How many passages there are, or the paths of their documents.
fn counted(
    out: &mut dyn Write,
    typed: &SearchOptions,
    index: &Index,
    request: &Request,
    output: &Output,
    color: When,
) -> Result<Found, Failure> {
    let key = match typed.by {
        _ if typed.files => Some(CountKey::Source),
        None => None,
        Some(CountBy::Speaker) => Some(CountKey::Speaker),
        Some(CountBy::Source) => Some(CountKey::Source),
        Some(CountBy::Year) => Some(CountKey::Year),
    };
    let mut counted =
        count(index, request, key).map_err(|error| Failure::search(&request.query, error))?;
    if typed.files {
        counted.rows.sort_unstable_by(|a, b| a.value.cmp(&b.value));
    }
    let all = counted.rows.len();
    counted.rows.drain(..typed.offset.min(counted.rows.len()));
    counted.rows.truncate(typed.limit.unwrap_or(usize::MAX));
    if typed.files {
        let ends = match (typed.null, io::stdout().is_terminal()) {
            (true, _) => PathEnd::Nul,
            (false, true) => PathEnd::CleanLine,
            (false, false) => PathEnd::Line,
        };
        print_count::paths(out, &counted, ends)?;
    } else if let Some(format) = output.table() {
        print_count::sheet(out, output.sheet(format), &counted)?;
    } else if output.format == Format::Json {
        print_count::json(out, &counted)?;
    } else {
        print_count::text(out, &counted)?;
    }
    out.flush()?;
    if counted.total == 0 && output.format != Format::Json {
        let conditions = request.conditions().unwrap_or_default();
        name_unmatched(index, &conditions, output.layout(None).styles, color)?;
    }
    let thing = if typed.files { "document" } else { "count" };
    past_the_end(typed, counted.rows.len(), (all, thing), color)?;
    Ok(if counted.total == 0 { Found::Nothing } else { Found::Something })
}

/// What matched, line by line.
fn lines(
    out: &mut dyn Write,
    typed: &SearchOptions,
    index: &Index,
    request: &Request,
    output: &Output,
    color: When,
) -> Result<Found, Failure> {
    let order = match typed.sort {
        SortBy::Left => LineOrder::Left,
        SortBy::Right => LineOrder::Right,
        _ => LineOrder::Passages,
    };
    let concordance = concordance(index, request, order)
        .map_err(|error| Failure::search(&request.query, error))?;
    if let Some(format) = output.table() {
        print_concordance::sheet(out, output.sheet(format), &concordance)?;
    } else if output.format == Format::Json {
        print_concordance::json(out, &concordance)?;
    } else {
        print_concordance::text(out, &concordance, output.layout(None))?;
    }
    if output.format != Format::Json {
        out.flush()?;
        if concordance.passages == 0 {
            let conditions = request.conditions().unwrap_or_default();
            name_unmatched(index, &conditions, output.layout(None).styles, color)?;
            writeln!(terminal::stderr(color), "nothing found")?;
        } else {
            let all = (concordance.passages, "passage");
            past_the_end(typed, concordance.lines.len(), all, color)?;
        }
    }
    Ok(if concordance.passages == 0 { Found::Nothing } else { Found::Something })
}

fn request(typed: &SearchOptions, query: String) -> Request {
    Request {
        query,
        filters: typed.filters.filters(),
        any: typed.any,
        stemming: typed.words.stemming(),
        counting: typed.words.counting(),
        explaining: typed.ranking.explaining(),
        folding: folding(typed),
        offset: typed.offset,
        limit: typed.limit.unwrap_or(LIMIT),
        context: typed.context,
        sort: match typed.sort {
            SortBy::Relevance | SortBy::Left | SortBy::Right => None,
            SortBy::Time => Some(SortKey::Time),
            SortBy::Date => Some(SortKey::Date),
            SortBy::Path => Some(SortKey::Path),
        },
    }
}

/// Rows and lines stand alone: there is no place in them for others that say nearly the same.
fn folding(typed: &SearchOptions) -> Folding {
    match typed.output.format() {
        Format::Csv | Format::Tsv | Format::Vimgrep => Folding::Off,
        Format::Text | Format::Json | Format::Markdown | Format::Html => typed.ranking.folding(),
    }
}

/// Opens the index; the default one is built first when there is none yet.
pub(super) fn open(index: Option<&Path>, color: When) -> Result<&'static Index, Failure> {
    let path = index.unwrap_or(Path::new(INDEX));
    let opened = match Index::open(path) {
        Err(IndexError::Missing(_)) if index.is_none() && Path::new(CORPUS).is_dir() => {
            build_default(color)?;
            Index::open(path)?
        }
        opened => opened?,
    };
    // It is needed until the process ends, which takes its files out of memory faster than they
    // are one by one.
    Ok(Box::leak(Box::new(opened)))
}

/// What one should know before reading the hits.
fn notes(out: &mut dyn Write, answer: &Answer, styles: Styles) -> io::Result<()> {
    let typed = |term: &Term| clean(&answer.query[term.span.start..term.span.end]).into_owned();
    if answer.unknown.len() > TOLD_APART {
        // Pasted prose: what may have been meant by each word is not what is asked.
        let all: Vec<String> = answer.unknown.iter().map(typed).collect();
        writeln!(out, "no passage has {}", listed(&all, ", "))?;
    } else {
        for term in &answer.unknown {
            write!(out, "no passage has `{}`", typed(term))?;
            if let Some(suggested) = answer.suggestions.iter().find(|it| it.term == *term) {
                text::suggested(out, suggested, styles)?;
            }
            writeln!(out)?;
        }
    }
    if answer.closest {
        writeln!(out, "no passage has all of these words; the closest:")?;
    }
    Ok(())
}

/// Says so where a page lies behind all that there is.
fn past_the_end(
    typed: &SearchOptions,
    shown: usize,
    (total, thing): (usize, &str),
    color: When,
) -> io::Result<()> {
    if shown > 0 || total == 0 || typed.offset == 0 || typed.limit == Some(0) {
        return Ok(());
    }
    let all = sources::counted(total as u64, thing);
    let offset = typed.offset;
    writeln!(terminal::stderr(color), "--offset {offset} leaves out all that there is: {all}")
}

/// Names the conditions that nothing in the index fulfils, where nothing was found.
pub(super) fn name_unmatched(
    index: &Index,
    conditions: &[Filter],
    styles: Styles,
    color: When,
) -> Result<(), Failure> {
    for unmatched in unmatched(index, conditions)? {
        text::unmatched(&mut terminal::stderr(color), &unmatched, styles)?;
    }
    Ok(())
}

/// How many hits there are, for who looks at a terminal.
fn total(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let shown: usize = answer.hits.iter().map(|hit| 1 + hit.alike.len()).sum();
    let total = answer.total;
    match (shown, total) {
        (_, 0) => writeln!(out, "nothing found"),
        _ if !io::stdout().is_terminal() => Ok(()),
        (_, 1) => writeln!(out, "\n1 passage"),
        _ if shown == total => writeln!(out, "\n{total} passages"),
        _ => writeln!(out, "\n{shown} of {total} passages"),
    }
}
