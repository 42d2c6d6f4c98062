//! Killed at random under clients, and started again: nothing is lost, nothing is told twice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseEvent, DomainEvent, Opening, Party, What};
use rusqlite::Connection;

use crate::server::{Client, Server, always_open, database, folder};

/// One number after the other, the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        // xorshift64*, by Vigna
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

fn asked_for(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The address of the service that runs now; none while there is none.
type Address = Arc<Mutex<Option<String>>>;

fn address(of: &Address) -> Option<String> {
    of.lock().unwrap().clone()
}

/// A client: cases of its own, each event sent until it is answered. Gives the events that were answered.
fn client(number: u64, server: &Address, stop: &AtomicBool, unsure: &AtomicU64) -> Vec<CaseEvent> {
    let (client, mut random) = (Client::new(), Random(number * 0x9E37_79B9 + 1));
    let mut answered = Vec::new();
    let mut case = 0;
    while !stop.load(Ordering::Relaxed) {
        case += 1;
        for event in story(&format!("K-{number}-{case}"), &mut random) {
            let body = serde_json::to_string(&event).unwrap();
            loop {
                let sent = address(server).and_then(|at| client.post(&format!("{at}/events"), &body));
                match sent {
                    Some((200..=202, _)) => break,
                    Some((503, _)) | None => {}
                    Some((status, answer)) => panic!("{status} {answer} to {body}"),
                }
                unsure.fetch_add(1, Ordering::Relaxed);
                if stop.load(Ordering::Relaxed) {
                    return answered;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            answered.push(event);
        }
        std::thread::sleep(Duration::from_millis(random.below(20)));
    }
    answered
}

/// The events of a case: its deadline lies behind, ahead, or in the next seconds; its answer may come before its question.
fn story(case: &str, random: &mut Random) -> Vec<CaseEvent> {
    let due = Utc::now() + TimeDelta::milliseconds(random.below(8000) as i64 - 2000);
    let asked = due - TimeDelta::hours(if random.below(2) == 0 { 24 } else { 18 });
    let event = |minutes: i64, what| CaseEvent::new(case, asked + TimeDelta::minutes(minutes), what);
    let mut events = vec![event(0, What::Opened(Opening::by(Party::Customer)))];
    if random.below(3) > 0 {
        events.push(event(7, What::seller_message()).with_id("answer"));
        if random.below(2) == 0 {
            events.push(event(9, What::customer_message()));
        }
        if random.below(3) == 0 {
            events.push(event(11, What::closed(Party::Seller)));
        }
    }
    if random.below(3) == 0 {
        events.reverse();
    }
    events
}

/// Follows what is told, across every crash, by the last number that it saw.
fn reader(server: &Address, stop: &AtomicBool) -> Vec<(i64, DomainEvent)> {
    let (client, mut seen) = (Client::new(), Vec::new());
    loop {
        let last = stop.load(Ordering::Relaxed);
        let since = seen.last().map_or(0, |(number, _)| *number);
        let told = address(server).and_then(|at| client.get(&format!("{at}/told?since={since}&count=1000")));
        let told = told.filter(|(status, _)| *status == 200).map(|(_, told)| told["told"].clone());
        let told = told.and_then(|told| told.as_array().cloned()).unwrap_or_default();
        if last && told.is_empty() {
            return seen;
        }
        for item in told {
            let event = serde_json::from_value(item["told"].clone()).unwrap();
            seen.push((item["number"].as_i64().unwrap(), event));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// How often each thing was told, less how often it was taken back.
fn balance<'a>(told: impl IntoIterator<Item = &'a DomainEvent>) -> BTreeMap<DomainEvent, i64> {
    let mut balance = BTreeMap::new();
    for event in told {
        let kept = DomainEvent { retracted: false, ..event.clone() };
        *balance.entry(kept).or_default() += if event.retracted { -1 } else { 1 };
    }
    balance.retain(|_, count| *count != 0);
    balance
}

#[test]
fn killed_at_random_nothing_is_lost_and_nothing_told_twice() {
    let (kills, clients) = (asked_for("KILLS", 5), asked_for("CLIENTS", 10));
    let mut random = Random(asked_for("SEED", 1));
    let folder = folder();
    let (server, stop): (Address, _) = (Arc::default(), AtomicBool::new(false));
    let (unsure, started) = (AtomicU64::new(0), Instant::now());
    let reader_stop = AtomicBool::new(false);
    let (answered, seen) = std::thread::scope(|scope| {
        let clients: Vec<_> = (1..=clients)
            .map(|n| (n, &server, &stop, &unsure))
            .map(|(n, at, stop, unsure)| scope.spawn(move || client(n, at, stop, unsure)))
            .collect();
        let (at, reading) = (&server, &reader_stop);
        let reader = scope.spawn(move || reader(at, reading));
        for _ in 0..kills {
            let running = Server::start(folder.path());
            *server.lock().unwrap() = Some(running.address.clone());
            std::thread::sleep(Duration::from_millis(100 + random.below(500)));
            running.kill();
            *server.lock().unwrap() = None;
        }
        let running = Server::start(folder.path());
        *server.lock().unwrap() = Some(running.address.clone());
        std::thread::sleep(Duration::from_secs(1));
        stop.store(true, Ordering::Relaxed);
        let answered: Vec<_> = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
        reader_stop.store(true, Ordering::Relaxed);
        let seen = reader.join().unwrap();
        running.kill();
        (answered, seen)
    });

    let database = Connection::open(database(folder.path())).unwrap();
    let rows = |query: &str| -> Vec<(i64, String)> {
        let mut query = database.prepare(query).unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let kept: Vec<CaseEvent> = rows("SELECT number, record FROM event ORDER BY number")
        .iter()
        .map(|(_, text)| serde_json::from_str(text).unwrap())
        .collect();
    let told: Vec<(i64, DomainEvent)> = rows("SELECT number, record FROM told ORDER BY number")
        .iter()
        .map(|(number, text)| (*number, serde_json::from_str(text).unwrap()))
        .collect();
    let advanced_to: Option<String> =
        database.query_row("SELECT advanced_to FROM book", [], |row| row.get(0)).unwrap();

    // Nothing is lost, and nothing is kept twice.
    let mut by_content: BTreeMap<&CaseEvent, u32> = BTreeMap::new();
    kept.iter().for_each(|event| *by_content.entry(event).or_default() += 1);
    assert!(by_content.values().all(|count| *count == 1), "an event is kept twice");
    let lost: Vec<_> = answered.iter().filter(|event| !by_content.contains_key(event)).collect();
    assert!(lost.is_empty(), "{} answered events are lost, the first {:?}", lost.len(), lost[0]);

    // A reader saw what the file holds, as far as it had come when the reader ended: under every number the same.
    assert!(!seen.is_empty(), "the reader saw nothing");
    assert!(seen.len() <= told.len() && seen == told[..seen.len()], "what was told has changed afterwards");

    // What was told, less what was taken back, is what a book tells that was never killed.
    let advanced_to: Option<DateTime<Utc>> = advanced_to.map(|text| text.parse().unwrap());
    let mut book = CaseBook::of(&always_open()).unwrap();
    let mut expected: Vec<DomainEvent> = Vec::new();
    for event in &kept {
        if let klokuur::case::Applied::Taken(told) = book.apply(event).unwrap() {
            expected.extend(told);
        }
    }
    if let Some(now) = advanced_to {
        expected.extend(book.advance(now).unwrap());
    }
    let balance_of_told = balance(told.iter().map(|(_, event)| event));
    assert!(balance_of_told.values().all(|count| *count == 1), "something was told twice");
    assert_eq!(balance_of_told, balance(&expected));
    let by_time = told.iter().filter(|(_, event)| {
        matches!(
            event.what,
            klokuur::case::Happening::Breached { .. } | klokuur::case::Happening::Warned { .. }
        )
    });
    let (by_time, taken_back) = (by_time.count(), told.iter().filter(|(_, event)| event.retracted).count());
    assert!(answered.len() as u64 > kills * clients && by_time > 0, "the clients came to nothing");
    println!(
        "{kills} kills, {clients} clients, {:.1} s: {} events answered and {} kept, {} tries without an answer, {} told, \
         {by_time} of them warnings and breaches, {taken_back} taken back",
        started.elapsed().as_secs_f64(),
        answered.len(),
        kept.len(),
        unsure.load(Ordering::Relaxed),
        told.len(),
    );
}
