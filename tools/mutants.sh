#!/usr/bin/env bash
# mutants.sh [SUBJECT…]: every small change of the domain that cargo-mutants can think of, each tried by the tests that reach it
# (tools/mutants.py). What came of it is in tests/MUTANTS.md. Goes on where it stopped; RESUME=0
# weaves the tree as it is now, and tries first what found each mutant before.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
command -v cargo-mutants >/dev/null || { echo "mutants.sh: cargo-mutants is missing: cargo install cargo-mutants --locked" >&2; exit 1; }
work="$(target_folder)/mutants"
[ "${RESUME:-1}" != 0 ] || rm -f "$work/tests.json"
CARGO_TARGET_DIR="$work/weaver" cargo build --quiet --release --locked --manifest-path tools/mutants/Cargo.toml
subjects=()
[ $# -eq 0 ] || subjects=(--subjects "$@")
step=all
[ ! -e "$work/tests.json" ] || step=run
tools/mutants.py --work "$work" --weaver "$work/weaver/release/mutants" --step "$step" ${JOBS:+--jobs "$JOBS"} "${subjects[@]}"
