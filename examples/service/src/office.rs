//! The one thread that has the desk: a queue before it, and one timer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use tokio::sync::oneshot;

use crate::desk::{Answer, Desk, Question};
use crate::failure::{Failure, Result};

/// How many questions may wait; more are sent away at once instead of filling the memory.
const WAITING: usize = 4096;
/// How many are answered in one turn: so many share one commit.
const TOGETHER: usize = 256;

/// A question and where its answer goes.
type Asked = (Question, oneshot::Sender<Result<Answer>>);

/// The thread at the desk.
#[derive(Debug)]
pub struct Office {
    queue: Queue,
    thread: JoinHandle<Result<()>>,
}

/// The queue before the desk. The office is open while there is one.
#[derive(Debug, Clone)]
pub struct Queue(SyncSender<Asked>);

impl Office {
    /// Opens: tells at once what time did since the desk was last open. `clock` says what time it is.
    ///
    /// `ended` is dropped when the thread has ended, by itself too: then the service is to stop.
    ///
    /// # Errors
    /// - no thread to be had
    pub fn open(
        desk: Desk,
        clock: impl Fn() -> DateTime<Utc> + Send + 'static,
        ended: oneshot::Sender<()>,
    ) -> Result<Self> {
        let (queue, questions) = sync_channel(WAITING);
        let work = move || {
            let _ended = ended;
            work(desk, &questions, clock)
        };
        let thread = std::thread::Builder::new().name("desk".to_owned()).spawn(work);
        let thread =
            thread.map_err(|problem| Failure::Setup(format!("no thread for the book: {problem}")))?;
        Ok(Self { queue: Queue(queue), thread })
    }

    /// A place to ask.
    pub fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// Answers what still waits, once nobody else has a [`Queue`], and closes.
    ///
    /// # Errors
    /// - why the desk could not go on
    pub fn close(self) -> Result<()> {
        drop(self.queue);
        self.thread.join().unwrap_or(Err(Failure::Stopping))
    }
}

impl Queue {
    /// Asks, and waits for the answer: an event that is answered is on the disk.
    ///
    /// # Errors
    /// - [`Failure::Busy`]: too much is waiting, this was not taken
    /// - [`Failure::Stopping`]: the service ends; whether this was done is not known
    /// - a database that cannot be read or written: this was not done
    pub async fn ask(&self, question: Question) -> Result<Answer> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send((question, reply)).map_err(|refused| match refused {
            TrySendError::Full(_) => Failure::Busy,
            TrySendError::Disconnected(_) => Failure::Stopping,
        })?;
        answer.await.unwrap_or(Err(Failure::Stopping))
    }
}

fn work(mut desk: Desk, questions: &Receiver<Asked>, clock: impl Fn() -> DateTime<Utc>) -> Result<()> {
    loop {
        let first = match questions.recv_timeout(desk.sleep(clock())?) {
            Ok(asked) => Some(asked),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        let asked = first.into_iter().chain(questions.try_iter()).take(TOGETHER);
        let (questions, replies): (Vec<_>, Vec<_>) = asked.unzip();
        match desk.turn(&questions, clock()) {
            Ok(answers) => {
                // Whoever no longer waits may ask again: an event that came is known by then.
                replies.into_iter().zip(answers).for_each(|(reply, answer)| drop(reply.send(Ok(answer))));
            }
            Err(failure) => {
                eprintln!("klokuur-service: {failure}");
                let why = failure.to_string();
                for reply in replies {
                    let _ = reply.send(Err(Failure::NotDone(why.clone())));
                }
                // Time acts on a case and it cannot be kept: again in a second, not at once.
                std::thread::sleep(std::time::Duration::from_secs(1));
            }
        }
    }
}
