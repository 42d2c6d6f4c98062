#!/usr/bin/env bash
# All that `make test-python` checks, in the environment that it sets up: lints, tests, types, stubs, and
# `pip install ./bindings-python` into an empty one.
# PYTHON names the interpreter that makes the environment (Python 3.11 or later).
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/environment.sh
cargo fmt -p klokuur-python --check
cargo clippy --release -p klokuur-python --quiet -- -D warnings
maturin develop --release --quiet
tools/browser.sh
python -m pytest
python -m pytest --parallel-threads 4 --iterations 1 tests/test_{calendar,schedule,columns,nps,domain,evaluate,backtest,vectors}.py
python -m mypy
pyright --pythonpath "$(command -v python)"
python -m mypy.stubtest klokuur --mypy-config-file pyproject.toml --allowlist tools/stubtest-allow.txt
python tools/stubs.py --check
tools/try_clone.sh
