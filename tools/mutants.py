#!/usr/bin/env python3
"""What `make mutants` does: every small change of the domain that cargo-mutants can think of, all in one build, each tried by the tests
that reach it.

A build for each of the 4,000 would take days. So each stands behind its number (`tools/mutants`), the tests are run once to learn
which of them reach which, and then each mutant runs them, the quickest first, until one fails. What no test sees is written to
`missed.txt`; it gets a test, or its reason in tests/MUTANTS.md.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUBJECTS = ["timeline", "sla", "case", "norm", "standing", "nps"]
SWITCH = """
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
const UNREAD: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;
static ON: AtomicU32 = AtomicU32::new(UNREAD);
static SEEN: [AtomicBool; %d] = [const { AtomicBool::new(false) }; %d];

#[inline]
pub(crate) fn is(number: u32) -> bool {
    let on = ON.load(Relaxed);
    on == number || (on >= RECORDING && slow(number, on))
}

#[cold]
fn slow(number: u32, on: u32) -> bool {
    if on == UNREAD {
        let told = std::env::var("KLOKUUR_MUTANT").unwrap_or_default();
        ON.store(if told == "record" { RECORDING } else { told.parse().unwrap_or(0) }, Relaxed);
        return is(number);
    }
    if !SEEN[number as usize].swap(true, Relaxed) {
        use std::io::Write;
        let to = std::env::var("KLOKUUR_MUTANTS_SEEN").unwrap();
        let mut file = std::fs::File::options().append(true).create(true).open(to).unwrap();
        file.write_all(format!("{number}\\n").as_bytes()).unwrap();
    }
    false
}
"""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", type=pathlib.Path, required=True, help="a directory for the copy and the results")
    arguments.add_argument("--weaver", type=pathlib.Path, required=True, help="the program of tools/mutants")
    arguments.add_argument("--subjects", nargs="+", default=SUBJECTS)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--step", choices=["weave", "record", "run", "all"], default="all")
    arguments.add_argument("--longest", type=float, default=20, help="tests of more seconds than this are left out")
    arguments.add_argument("--budget", type=float, default=60, help="seconds of tests for a mutant that none has found yet")
    options = arguments.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    if options.step in ("weave", "all"):
        weave(work, options.weaver.resolve(), options.subjects)
    if options.step in ("record", "all"):
        record(work, options.jobs)
    if options.step in ("run", "all"):
        run(work, options.subjects, options.jobs, options.longest, options.budget)


def sources(work):
    """A copy of what git knows, with what is not committed yet; files of it that are the same stay as they are."""
    tree = work / "tree"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            to = tree / name
            to.parent.mkdir(parents=True, exist_ok=True)
            if not to.is_file() or to.read_bytes() != (ROOT / name).read_bytes():
                shutil.copyfile(ROOT / name, to)
    return tree


def environment(work):
    # All lints are off: a woven file is for no reader.
    return os.environ | {"CARGO_TARGET_DIR": str(work / "build"), "RUSTFLAGS": "--cap-lints allow", "CARGO_INCREMENTAL": "0",
                         "CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_PROFILE_DEV_OPT_LEVEL": "2"}


def weave(work, weaver, subjects):
    shutil.rmtree(work / "tree", ignore_errors=True)
    files = [option for subject in subjects for option in ("--file", f"core/src/{subject}/**/*.rs")]
    told = subprocess.run(["cargo", "mutants", "--list", "--json", "--package", "klokuur", *files, "--exclude", "core/src/**/tests/**"],
                          cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    mutants = json.loads(told)
    (work / "list.json").write_bytes(told)
    (work / "dropped").write_text("")
    dropped: set[int] = set()
    while True:
        tree = sources(work)
        subprocess.run([weaver, work / "list.json", tree, work / "dropped", work / "woven.json"], check=True)
        woven = json.loads((work / "woven.json").read_text())
        unwoven = set(woven["unwoven"])
        dropped |= set(woven["needed"])
        (tree / "core/src/mutant.rs").write_text(SWITCH % (len(mutants) + 1, len(mutants) + 1))
        library = tree / "core/src/lib.rs"
        library.write_text(library.read_text() + "\nmod mutant;\n")
        wrong = unbuilt(tree, work, woven["lines"])
        if not wrong:
            break
        dropped |= wrong
        print(f"{len(dropped)} do not build", flush=True)
        (work / "dropped").write_text("\n".join(map(str, sorted(dropped))))
    (work / "unwoven").write_text("\n".join(map(str, sorted(unwoven - dropped))))
    print(f"{len(mutants)} mutants, {len(dropped)} do not build, {len(unwoven - dropped)} cannot stand behind a number", flush=True)


def unbuilt(tree, work, lines):
    """The mutants at which the compiler finds an error."""
    done = subprocess.run(["cargo", "check", "-p", "klokuur", "--all-features", "--message-format=json"], cwd=tree,
                          env=environment(work), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode == 0:
        return set()
    own, others = collections.defaultdict(set), collections.defaultdict(set)
    for file, of in lines.items():
        for line in of:
            (own if line["own"] else others)[file, line["line"]].update(line["mutants"])
    wrong, unknown = set(), []
    for text in done.stdout.splitlines():
        message = json.loads(text)
        if message["reason"] != "compiler-message" or message["message"]["level"] != "error":
            continue
        spans = message["message"]["spans"]
        found = set()
        for where in (own, others):
            for span in spans:
                place = expanded(span)
                if not found or span["is_primary"]:
                    found |= where.get((place["file_name"], place["line_start"]), set())
            if found:
                break
        wrong |= found
        if not found and spans:
            unknown.append(message["message"]["rendered"])
    if not wrong:
        sys.exit("".join(unknown) + done.stderr)
    return wrong


def expanded(span):
    while span.get("expansion") and "core/src" not in span["file_name"]:
        span = span["expansion"]["span"]
    return span


def record(work, jobs):
    """Which mutants each test reaches, and how long it takes."""
    tree = work / "tree"
    done = subprocess.run(["cargo", "test", "--no-run", "-p", "klokuur", "-p", "klokuur-tests", "--lib", "--test", "all", "--all-features",
                           "--message-format=json"], cwd=tree, env=environment(work), stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("the woven tests do not build")
    binaries = []
    for text in done.stdout.splitlines():
        message = json.loads(text)
        if message["reason"] == "compiler-artifact" and message["profile"]["test"] and message["executable"]:
            binaries.append((message["executable"], str(pathlib.Path(message["manifest_path"]).parent)))
    tests = []
    for binary, directory in binaries:
        listed = subprocess.run([binary, "--list", "--format", "terse"], cwd=directory, check=True, stdout=subprocess.PIPE, text=True).stdout
        names = [line.removesuffix(": test") for line in listed.splitlines() if line.endswith(": test")]
        tests += [{"binary": binary, "directory": directory, "name": name} for name in names]
    print(f"{len(tests)} tests", flush=True)
    # What was found was found by other tests.
    (work / "results.jsonl").unlink(missing_ok=True)
    seen = work / "seen"
    shutil.rmtree(seen, ignore_errors=True)
    seen.mkdir()

    def one(number):
        reached = seen / str(number)
        ended, took = tried(tests[number], {"KLOKUUR_MUTANT": "record", "KLOKUUR_MUTANTS_SEEN": str(reached)}, 60)
        of = [int(line) for line in reached.read_text().split()] if reached.exists() else []
        return tests[number] | {"passed": ended == "passed", "took": took, "reached": of}

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        told = list(pool.map(one, range(len(tests))))
    (work / "tests.json").write_text(json.dumps(told))
    failed = [test["name"] for test in told if not test["passed"]]
    print(f"{len(failed)} tests fail or are too long without a mutant: {failed}", flush=True)


def tried(test, told, seconds):
    """How it ended, and after how long."""
    begun = time.monotonic()
    # Few drawn cases: what a law finds it finds in some tens of them, or by another test.
    told = os.environ | {"PROPTEST_CASES": "48", "MODEL": "60", "RUST_BACKTRACE": "0"} | told
    command = [test["binary"], "--exact", test["name"], "--test-threads", "1", "-q"]
    try:
        done = subprocess.run(command, cwd=test["directory"], env=told, timeout=seconds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ended = "passed" if done.returncode == 0 else "failed"
    except subprocess.TimeoutExpired:
        ended = "too long"
    return ended, time.monotonic() - begun


def run(work, subjects, jobs, longest, budget):
    mutants = json.loads((work / "list.json").read_text())
    tests = [test for test in json.loads((work / "tests.json").read_text()) if test["passed"] and test["took"] <= longest]
    out = {int(line) for name in ("dropped", "unwoven") for line in (work / name).read_text().split()}
    reaching = collections.defaultdict(list)
    for test in sorted(tests, key=lambda test: test["took"]):
        for number in test["reached"]:
            reaching[number].append(test)
    results_file = work / "results.jsonl"
    known = {}
    if results_file.exists():
        known = {result["mutant"]: result for result in map(json.loads, results_file.read_text().splitlines())}
    # Those that some tests were left out for are tried again: they may have more seconds now.
    known = {number: result for number, result in known.items() if result["by"] or result["tests"] == result["of"]}
    # What found a mutant in an earlier run is tried first, then what has found others of its function.
    found_by_file = work / "found_by.json"
    found_by = json.loads(found_by_file.read_text()) if found_by_file.exists() else {}
    finds = collections.Counter()

    def one(number):
        mutant = mutants[number - 1]
        place = mutant["file"], (mutant.get("function") or {}).get("function_name")
        before = found_by.get(lasting(mutant["name"]))
        order = sorted(reaching[number], key=lambda test: (test["name"] != before, finds[place, test["name"]] == 0, test["took"]))
        begun, expected, tried_tests = time.monotonic(), 0.0, 0
        for test in order:
            expected += test["took"]
            if tried_tests and expected > budget:
                break
            tried_tests += 1
            ended, _ = tried(test, {"KLOKUUR_MUTANT": str(number)}, 6 * test["took"] + 10)
            if ended != "passed":
                finds[place, test["name"]] += 1
                return {"mutant": number, "by": test["name"], "how": ended, "seconds": time.monotonic() - begun}
        return {"mutant": number, "by": None, "tests": tried_tests, "of": len(order), "seconds": time.monotonic() - begun}

    asked = tuple(f"core/src/{subject}/" for subject in subjects)
    todo = [number for number, mutant in enumerate(mutants, 1)
            if number not in out and number not in known and mutant["file"].startswith(asked)]
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool, results_file.open("a") as file:
        for count, result in enumerate(pool.map(one, todo), 1):
            known[result["mutant"]] = result
            file.write(json.dumps(result) + "\n")
            file.flush()
            if count % 100 == 0:
                missed = sum(1 for result in known.values() if not result["by"])
                print(f"{count} of {len(todo)}, {missed} missed, {time.monotonic() - begun:.0f} s", flush=True)
    found_by |= {lasting(mutants[number - 1]["name"]): result["by"] for number, result in known.items() if result["by"]}
    found_by_file.write_text(json.dumps(found_by))
    tell(work, mutants, known, out)


def lasting(name):
    """The name of a mutant without its line, so that it is known again when lines have moved."""
    file, _, what = name.partition(":")
    return f"{file}: {what.split(': ', 1)[1]}"


def tell(work, mutants, known, out):
    missed = []
    for number in sorted(known):
        result = known[number]
        if not result["by"]:
            reached = f"{result['tests']} of {result['of']} tests that reach it" if result["of"] else "no test reaches it"
            missed.append(f"{mutants[number - 1]['name']} ({reached})")
    (work / "missed.txt").write_text("\n".join(missed) + "\n")
    print(f"{len(mutants)} mutants: {len(known) - len(missed)} caught, {len(missed)} missed (missed.txt), {len(out)} left out", flush=True)


if __name__ == "__main__":
    main()
