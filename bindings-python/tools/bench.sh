#!/usr/bin/env bash
# `make bench-python`: klokuur's columns beside what a user would pick instead, and beside the core itself.
# `make bench-peers` (with `peers` as the first argument): beside the peers in Rust and JavaScript too, with growth, into
# benches/RESULTS.md.
set -euo pipefail
cd "$(dirname "$0")/.."
source ../tools/cargo-facts.sh
cargo build --release --quiet -p klokuur-benches --bin column_rounds
(source tools/environment.sh && maturin develop --release --quiet)
environment=.venv-bench requirements=requirements-bench.txt source tools/environment.sh
target=$(target_folder)
if [ "${1:-}" != peers ]; then
    PYTHONPATH="$PWD/python" python benches/compare.py --core "$target/release/column_rounds" "$@"
    exit
fi
shift
cargo build --release --quiet --manifest-path ../benches/peers/Cargo.toml --target-dir "$target/peers"
more=()
if command -v npm >/dev/null; then
    npm ci --silent --no-audit --no-fund --prefix ../benches/peers
    more=(--javascript ../benches/peers/peers.js)
else
    echo "npm is not there: the peers in JavaScript are left out" >&2
fi
made=$(mktemp)
PYTHONPATH="$PWD/python" python benches/compare.py --core "$target/release/column_rounds" --rust "$target/peers/release/klokuur-bench-peers" \
    "${more[@]}" --most 10000000 "$@" | tee "$made" || echo "(some wanted ratio was missed)" | tee -a "$made"
grep -q "^| fifty years" "$made" || { echo "bench.sh: the comparison did not come to its end; benches/RESULTS.md stays as it was" >&2; exit 1; }
{
    echo "# klokuur beside its peers"
    echo
    echo "Made by \`make bench-peers\`: the same seeded rows for all, every answer checked row by row against klokuur's, rounds by turns in one run."
    echo "Versions: bindings-python/requirements-bench.txt, benches/peers/Cargo.lock and package-lock.json. Processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)."
    echo
    cat "$made"
} > ../benches/RESULTS.md
