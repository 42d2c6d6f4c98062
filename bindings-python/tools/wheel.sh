#!/usr/bin/env bash
# Builds a manylinux wheel with zig's linker into dist/, looks at what is in it, and tries it in an empty environment.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/environment.sh
pip install --quiet 'ziglang==0.15.2'
rm -rf dist
maturin build --release --strip --zig --compatibility manylinux2014 --out dist
python tools/wheel_contents.py dist/*.whl
tools/try.sh dist/*.whl
