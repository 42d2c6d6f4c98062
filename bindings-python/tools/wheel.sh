#!/usr/bin/env bash
# Builds a manylinux wheel with zig's linker into dist/, installs it into an empty environment and tries it there.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/environment.sh
pip install --quiet 'ziglang>=0.13'
rm -rf dist
maturin build --release --strip --zig --compatibility manylinux2014 --out dist
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
python -m venv "$empty"
"$empty/bin/pip" install --quiet dist/*.whl
cd "$empty"
bin/python - <<'PYTHON'
from datetime import datetime, timezone

import numpy as np

import klokuur

clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=klokuur.HolidayCalendar("NL"))
asked = datetime(2026, 3, 13, 14, 0, tzinfo=timezone.utc)
assert clock.add(asked, hours=24) == datetime(2026, 3, 16, 14, 0, tzinfo=timezone.utc)
column = np.array(["2026-03-13T14:00"], "datetime64[us]")
assert clock.add_many(column, hours=24)[0] == np.datetime64("2026-03-16T14:00")
assert klokuur.nps([10, 9, 8, 3]).score == 25.0
print("the wheel works in an empty environment:", klokuur.__version__)
PYTHON
