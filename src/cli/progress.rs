//! How far an index run has come: a bar on a terminal, nothing elsewhere.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pullquote::{print::clean, update::Progress};

/// A bar on standard error.
pub(super) struct Bar {
    bar: Option<ProgressBar>,
    wanted: bool,
}

impl Bar {
    /// A bar that shows itself with the first file, if standard error is a terminal.
    pub(super) fn new(wanted: bool) -> Self {
        Self { bar: None, wanted: wanted && io::stderr().is_terminal() }
    }

    pub(super) fn show(&mut self, progress: Progress<'_>) {
        if !self.wanted {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let template = "{bar:30} {percent:>3} % {bytes}/{total_bytes} {wide_msg}";
            let style = ProgressStyle::with_template(template);
            ProgressBar::with_draw_target(
                Some(progress.bytes.1),
                ProgressDrawTarget::stderr_with_hz(10),
            )
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_message(clean(progress.file).into_owned());
        bar.set_position(progress.bytes.0);
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
