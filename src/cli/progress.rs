//! How far an index run has come: a bar on a terminal, a line now and then on a log.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pullquote::{print::clean, update::Progress};

/// How long a log is left without a line.
const PAUSE: Duration = Duration::from_secs(10);

/// Tells on standard error.
pub(super) enum Bar {
    /// Nothing is wanted.
    None,
    /// A bar on a terminal, which shows itself with the first file.
    Terminal(Option<ProgressBar>),
    /// Lines of a log, and when the last one was written.
    Log(Instant),
}

impl Bar {
    pub(super) fn new(wanted: bool) -> Self {
        match (wanted, io::stderr().is_terminal()) {
            (false, _) => Self::None,
            (true, true) => Self::Terminal(None),
            (true, false) => Self::Log(Instant::now()),
        }
    }

    pub(super) fn show(&mut self, progress: Progress<'_>) {
        match self {
            Self::None => {}
            Self::Terminal(bar) => {
                let bar = bar.get_or_insert_with(|| drawn(progress.bytes.1));
                bar.set_message(clean(progress.file).into_owned());
                bar.set_position(progress.bytes.0);
            }
            Self::Log(last) => {
                if last.elapsed() >= PAUSE {
                    *last = Instant::now();
                    let (done, all) = progress.bytes;
                    let percent = done * 100 / all.max(1);
                    let (done, all) = progress.files;
                    // Who does not read the log loses nothing else.
                    let _ =
                        writeln!(io::stderr(), "{done} of {all} files, {percent} % of all bytes");
                }
            }
        }
    }

    pub(super) fn finish(&self) {
        if let Self::Terminal(Some(bar)) = self {
            bar.finish_and_clear();
        }
    }
}

fn drawn(bytes: u64) -> ProgressBar {
    let template = "{bar:30} {percent:>3} % {bytes}/{total_bytes} {wide_msg}";
    let style = ProgressStyle::with_template(template);
    ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(10))
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
