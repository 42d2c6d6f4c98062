#!/usr/bin/env bash
# Compares every zone of klokuur with Python's zoneinfo on the newest tzdata package: 1900 to 2100, twice a day.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/environment.sh
pip install --quiet --upgrade tzdata
maturin develop --release --quiet
KLOKUUR_ALL_ZONES=1 python -m pytest tests/test_zones.py
