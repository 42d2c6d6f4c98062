//! The program, started on a free port with a database of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use klokuur::Rulebook;
use serde_json::Value;

/// bol's rules with hours that count always, so that a deadline can come while a test runs.
pub(crate) fn always_open() -> Rulebook {
    let mut rules = Rulebook::bol();
    rules.clock.hours = "24/7".to_owned();
    rules.clock.calendars.clear();
    rules
}

pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

/// A folder with a rulebook; the database comes beside it.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(rulebook(folder.path()), always_open().to_toml()).unwrap();
    folder
}

fn rulebook(folder: &Path) -> PathBuf {
    folder.join("rules.toml")
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("cases.sqlite")
}

pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klokuur-service"));
    command.arg("--database").arg(database(folder)).arg("--rulebook").arg(rulebook(folder));
    command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
    command
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = command(folder).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("listening on ").expect("the address it listens on").to_owned();
        Self { child, address }
    }

    /// Ends it as a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and gives its exit code.
    #[cfg(unix)]
    pub(crate) fn stop(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks with a status as an answer, whichever it is; none when nobody answers.
pub(crate) struct Client(ureq::Agent);

impl Client {
    pub(crate) fn new() -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Self(config.timeout_global(Some(Duration::from_secs(10))).build().into())
    }

    pub(crate) fn get(&self, url: &str) -> Option<(u16, Value)> {
        read(self.0.get(url).call())
    }

    pub(crate) fn text(&self, url: &str) -> String {
        self.0.get(url).call().unwrap().body_mut().read_to_string().unwrap()
    }

    pub(crate) fn post(&self, url: &str, body: &str) -> Option<(u16, Value)> {
        read(self.0.post(url).send(body))
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Option<(u16, Value)> {
    let mut answer = answer.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.body_mut().read_json().ok()?))
}
