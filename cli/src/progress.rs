//! Says what a long piece of work is doing: on a terminal only, and only when it takes longer than a second.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(120);

/// One line on a terminal, wiped at its end.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Dropped, it ends the wait for the first second.
    end: Option<Sender<()>>,
    waits: Option<JoinHandle<()>>,
}

impl Progress {
    /// Nothing is shown for a second; then what is done just then, also when that began at once.
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        let (end, ended) = channel::<()>();
        let shown = bar.clone();
        let show = move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        };
        // Where no thread can be had, nothing is shown.
        let waits = std::thread::Builder::new().spawn(show).ok();
        Self { bar, end: Some(end), waits }
    }

    /// What the work does now.
    pub fn step(&mut self, what: &str) {
        self.bar.set_message(what.to_owned());
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(waits) = self.waits.take() {
            let _ = waits.join();
        }
        self.bar.finish_and_clear();
    }
}
