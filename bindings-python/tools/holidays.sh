#!/usr/bin/env bash
# Lists every day from 1990 to 2050 on which a built-in country and the package `holidays` differ, with the reason of each;
# a day without a reason fails.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/environment.sh
maturin develop --release --quiet
python tests/holiday_differences.py
