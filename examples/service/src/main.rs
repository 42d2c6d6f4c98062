//! The program: arguments, start, and a stop that loses nothing.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use chrono::Utc;
use clap::Parser;
use klokuur::Rulebook;
use klokuur_service::{Desk, Failure, Office, Result, api};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests that are under way may take when the service stops.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// A case inbox over HTTP: events in, deadlines and what is to be told out.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The database; it is made if it is not there
    #[arg(long, value_name = "FILE", default_value = "cases.sqlite")]
    database: PathBuf,
    /// Where to listen; port 0 takes a free one, which is printed
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The rules: a file (.toml, .json) [default: the marketplace bol]
    #[arg(long, value_name = "FILE")]
    rulebook: Option<PathBuf>,
    /// Take a database that was judged by other rules, as its cases are judged now
    #[arg(long)]
    judge_anew: bool,
}

fn main() -> ExitCode {
    match start(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("klokuur-service: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &Arguments) -> Result<()> {
    let rules = arguments.rulebook.as_deref().map_or_else(|| Ok(Rulebook::bol()), read)?;
    let desk = Desk::open(rules, &arguments.database, arguments.judge_anew)?;
    let (ended, has_ended) = oneshot::channel();
    let office = Office::open(desk, Utc::now, ended)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|problem| Failure::Setup(format!("no runtime: {problem}")))?;
    let served = runtime.block_on(serve(arguments.listen, &office, has_ended));
    // Connections that never end are left behind with the runtime, and with them the last places to ask.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served.and(office.close())
}

async fn serve(address: SocketAddr, office: &Office, has_ended: oneshot::Receiver<()>) -> Result<()> {
    let setup = |problem: std::io::Error| Failure::Setup(format!("{address}: {problem}"));
    let listener = TcpListener::bind(address).await.map_err(setup)?;
    println!("listening on http://{}", listener.local_addr().map_err(setup)?);
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(listener, api::router(office.queue()))
        .with_graceful_shutdown(async move {
            tokio::select! {
                () = asked_to_stop() => {}
                _ = has_ended => {}
            }
            let _ = stop.send(());
        })
        .into_future();
    // No new connections; what is under way is answered, but not waited for without end.
    tokio::select! {
        served = server => served.map_err(setup),
        () = async { let _ = stopped.await; tokio::time::sleep(LAST_REQUESTS).await; } => Ok(()),
    }
}

/// Ctrl-C, or the signal by which a supervisor asks.
async fn asked_to_stop() {
    let interrupt = async {
        // Without a handler the process ends at once, which loses nothing either.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

fn read(path: &Path) -> Result<Rulebook> {
    let setup = |problem: &dyn std::fmt::Display| Failure::Setup(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|problem| setup(&problem))?;
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let rules = if is_json { Rulebook::from_json(&text) } else { Rulebook::from_toml(&text) };
    rules.map_err(|problem| setup(&problem))
}
