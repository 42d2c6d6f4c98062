#!/usr/bin/env bash
# All that `make test-spark` checks: klokuur.spark with PySpark's own types, and its answers on a cluster of two workers.
# Spark wants pandas 2, so this has an environment of its own; the extension is the one that the tests' environment builds.
set -euo pipefail
cd "$(dirname "$0")/.."
(source tools/environment.sh && maturin develop --release --quiet)
environment=.venv-spark requirements=requirements-spark.txt source tools/environment.sh
export PYTHONPATH="$PWD/python"
.venv/bin/pyright --pythonpath "$(command -v python)" python/klokuur/spark.py
python -m mypy --follow-imports silent python/klokuur/spark.py
python -m pytest tests/spark
