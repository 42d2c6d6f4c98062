//! Work without Python's lock. A fork waits until no thread is at it, so that no child is born with a lock that nobody holds.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How many threads work without Python's lock.
static WORKING: Mutex<usize> = Mutex::new(0);
static NOBODY: Condvar = Condvar::new();

thread_local! {
    /// What the thread that forks holds while it does.
    static FORKING: RefCell<Option<MutexGuard<'static, usize>>> = const { RefCell::new(None) };
}

fn working() -> MutexGuard<'static, usize> {
    // A count of threads is right whatever panicked.
    WORKING.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Inside;

impl Inside {
    fn enter() -> Self {
        let mut count = working();
        *count = count.saturating_add(1);
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        let mut count = working();
        *count = count.saturating_sub(1);
        if *count == 0 {
            NOBODY.notify_all();
        }
    }
}

/// Works without Python's lock, so that other threads go on meanwhile.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        let _inside = Inside::enter();
        work()
    })
}

/// What long work tells of itself, and whether it should stop.
#[derive(Default)]
pub(crate) struct Watch {
    stop: AtomicBool,
    done: AtomicUsize,
}

impl Watch {
    /// So many more pieces are done; false when the work should stop because nobody waits for it any more. Threads that tell of each
    /// piece wait for each other.
    pub(crate) fn goes_on(&self, pieces: usize) -> bool {
        self.done.fetch_add(pieces, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }
}

/// Works on a thread of its own while this one listens: Ctrl-C ends it, and `progress` (called with how many pieces are
/// done) may tell of it. What work that was told to stop gives is thrown away.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    const EVERY: Duration = Duration::from_millis(100);
    let watch = Watch::default();
    let progress = progress.map(|progress| progress.clone().unbind());
    detached(py, || {
        thread::scope(|scope| {
            let (done, waits) = mpsc::channel();
            let watch = &watch;
            let worker = thread::Builder::new().spawn_scoped(scope, move || {
                let answer = work(watch);
                // Whoever waits is told; when nobody does, there is nobody to tell.
                let _ = done.send(());
                answer
            });
            let worker = worker.map_err(|problem| PyRuntimeError::new_err(problem.to_string()))?;
            let mut interrupted = None;
            while waits.recv_timeout(EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                let told = Python::attach(|py| {
                    py.check_signals()?;
                    let pieces = watch.done.load(Ordering::Relaxed);
                    progress.as_ref().map_or(Ok(()), |progress| progress.call1(py, (pieces,)).map(|_| ()))
                });
                if let Err(error) = told {
                    watch.stop.store(true, Ordering::Relaxed);
                    interrupted = Some(error);
                    break;
                }
            }
            match (worker.join(), interrupted) {
                (_, Some(error)) => Err(error),
                (Ok(answer), None) => Ok(answer),
                (Err(panic), None) => std::panic::resume_unwind(panic),
            }
        })
    })
}

/// Python calls it before a process forks.
#[pyfunction]
#[pyo3(signature = () -> "None")]
pub(crate) fn before_fork(py: Python<'_>) {
    let guard = py.detach(|| {
        let mut count = working();
        while *count > 0 {
            count = NOBODY.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
        Held(count)
    });
    FORKING.with_borrow_mut(|forking| *forking = Some(guard.0));
}

/// Python calls it after a process forked, in both.
#[pyfunction]
#[pyo3(signature = () -> "None")]
pub(crate) fn after_fork() {
    FORKING.with_borrow_mut(|forking| *forking = None);
}

/// The guard, on its way through a call that stays on its thread.
struct Held(MutexGuard<'static, usize>);

// SAFETY: `Python::detach` runs its work on the thread that calls it; the guard never meets another.
unsafe impl Send for Held {}
