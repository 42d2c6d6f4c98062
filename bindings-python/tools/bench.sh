#!/usr/bin/env bash
# `make bench-python`: klokuur's columns beside what a user would pick instead, and beside the core itself.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet -p klokuur-benches --bin column_rounds
(source tools/environment.sh && maturin develop --release --quiet)
environment=.venv-bench requirements=requirements-bench.txt source tools/environment.sh
target=$(cargo metadata --format-version 1 --no-deps | python -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
PYTHONPATH="$PWD/python" python benches/compare.py --core "$target/release/column_rounds" "$@"
