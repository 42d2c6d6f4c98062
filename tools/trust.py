#!/usr/bin/env python3
"""What the library is built from: counts and findings as a table, and a bill of materials (CycloneDX) in the target directory.

Reads Cargo.lock and `cargo metadata`, asks no server. The database of advisories is not here, so those below are named by hand; where
`cargo deny` is installed it checks licences, bans and sources as well.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Crate, the first version without the fault, advisory: of crates that this library has, or had.
ADVISORIES = [
    ("chrono", "0.4.20", "RUSTSEC-2020-0159"),
    ("regex", "1.5.5", "RUSTSEC-2022-0013"),
    ("smallvec", "1.6.1", "RUSTSEC-2021-0003"),
    ("ammonia", "4.1.2", "RUSTSEC-2025-0071"),
    ("idna", "1.0.0", "RUSTSEC-2024-0421"),
    ("pyo3", "0.24.1", "RUSTSEC-2025-0020"),
    ("crossbeam-channel", "0.5.15", "RUSTSEC-2025-0024"),
]

#: Crates that nobody keeps up any longer, though nothing is wrong with them, and what that means here.
UNKEPT = {"chrono": "RUSTSEC-2026-0543, a vocabulary only: zones are jiff's", "chrono-tz": "the same, feature chrono-tz"}

rows: list[tuple[str, str, str]] = []
failed = False


def row(what: str, count: object, findings: list[str] | str) -> None:
    global failed
    if isinstance(findings, list):
        failed = failed or bool(findings)
        findings = "; ".join(findings[:5]) + ("; …" if len(findings) > 5 else "") or "none"
    rows.append((what, str(count), findings))


def run(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+")[0].split("-")[0]))


def main() -> int:
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    metadata = json.loads(run("cargo", "metadata", "--format-version", "1", "--all-features", "--locked"))
    foreign = [package for package in lock if "source" in package]
    elsewhere = [p["name"] for p in foreign if p["source"] != "registry+https://github.com/rust-lang/crates.io-index"]
    row("crates that are not ours, from crates.io", len(foreign), elsewhere)
    row("… with the checksum that was locked", sum("checksum" in p for p in foreign), [p["name"] for p in foreign if "checksum" not in p])

    tree = run("cargo", "tree", "-p", "klokuur", "-e", "normal", "--prefix", "none", "--no-dedupe")
    row("… of the core with its default features", len(set(tree.split("\n")) - {""}) - 1, "all counted")

    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    packages = metadata["packages"]
    refused = []
    for package in packages:
        licence = (package["license"] or "").replace("/", " OR ")
        choices = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
        if not any(all(part in allowed for part in re.split(r"\s+AND\s+", choice)) for choice in choices):
            refused.append(f"{package['name']} ({licence or 'no licence'})")
    row("licences of all, one of those that deny.toml allows", len(packages), refused)

    locked = {(p["name"], p["version"]) for p in foreign}
    hit = [f"{name} {version}: {which}" for name, fixed, which in ADVISORIES for n, version in sorted(locked) if n == name and numbers(version) < numbers(fixed)]
    row("advisories named by hand (the database is not here)", len(ADVISORIES), hit)

    unkept = [f"{name} ({why})" for name, why in UNKEPT.items() if any(name == n for n, _ in locked)]
    row("crates that nobody keeps up", len(unkept), "; ".join(unkept) or "none")

    ours = [p for p in (ROOT / "core" / "src").rglob("*.rs")]
    unsafe = [str(p.relative_to(ROOT)) for p in ours if re.search(r"\bunsafe\s*(\{|fn|impl)", p.read_text())]
    row("source files of the core without unsafe code", len(ours), unsafe)
    scripts = [p["name"] for p in packages if p["source"] is None and any("custom-build" in t["kind"] for t in p["targets"])]
    row("build scripts of our own", len(scripts), ", ".join(scripts) or "none")

    asked = tomllib.loads((ROOT / "core" / "Cargo.toml").read_text())["package"]["rust-version"]
    row("Rust that the core asks for", asked, f"built here by {run('rustc', '--version').split()[1]}")
    seeds = [p for p in (ROOT / "fuzz" / "seeds").rglob("*") if p.is_file()]
    row("kept inputs of fuzzing, run by the tests", len(seeds), "see make fuzz")

    if shutil.which("cargo-deny"):
        done = subprocess.run(["cargo", "deny", "--all-features", "check", "licenses", "bans", "sources"], cwd=ROOT, capture_output=True, text=True)
        row("cargo deny: licences, bans, sources", "3", [] if done.returncode == 0 else ["see make deny"])
    else:
        row("cargo deny: licences, bans, sources", "–", "not installed, not run")

    materials = Path(metadata["target_directory"]) / "klokuur.cdx.json"
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in foreign}
    components = [
        {
            "type": "library",
            "name": p["name"],
            "version": p["version"],
            "purl": f"pkg:cargo/{p['name']}@{p['version']}",
            "licenses": [{"expression": (p["license"] or "").replace("/", " OR ")}],
            "hashes": [{"alg": "SHA-256", "content": checksums[p["name"], p["version"]]}],
        }
        for p in packages
        if checksums.get((p["name"], p["version"]))
    ]
    materials.parent.mkdir(parents=True, exist_ok=True)
    materials.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}, indent=1))
    row("components in the bill of materials", len(components), str(materials))

    widths = [max(len(cells[i]) for cells in rows) for i in range(2)]
    print(f"{'what':<{widths[0]}}  {'how many':>{max(widths[1], 8)}}  findings")
    for what, count, findings in rows:
        print(f"{what:<{widths[0]}}  {count:>{max(widths[1], 8)}}  {findings}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
