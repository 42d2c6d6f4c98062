#!/usr/bin/env bash
# try.sh WHAT [ENVIRONMENT]: installs WHAT (a wheel, a folder) into an empty environment and runs the README's Python there.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=${2:-$(mktemp -d)}
[ -n "${2:-}" ] || trap 'rm -rf "$environment"' EXIT
"${PYTHON:-python3}" -m venv --clear "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check "$1"
"$environment/bin/pip" list --disable-pip-version-check
# Isolated: nothing of this folder is in its way.
"$environment/bin/python" -I tools/ten_lines.py ../README.md
