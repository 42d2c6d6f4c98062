#!/usr/bin/env bash
# workflows.sh: the hosted workflows beside the schema of their host, and zizmor's audit of what they may do. Neither asks a server.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=tools/.venv requirements=tools/requirements-release.txt source bindings-python/tools/environment.sh
check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
zizmor --offline --quiet .github/workflows
# What a step runs must be there.
for script in $(grep -ohE '(tools|bindings-[a-z]+(/[a-z]+)?)/[a-z-]+\.(sh|py)' .github/workflows/*.yml | sort -u); do
    [ -x "$script" ] || { echo "workflows.sh: $script is not there, or cannot be run" >&2; exit 1; }
done
for goal in $(grep -ohE 'make [a-z-]+' .github/workflows/*.yml | cut -d' ' -f2 | sort -u); do
    grep -qE "^([a-z-]+ )*$goal( [a-z-]+)*:.*##|^([a-z-]+ )*$goal( [a-z-]+)*:" Makefile || { echo "workflows.sh: make $goal is not there" >&2; exit 1; }
done
