#!/usr/bin/env bash
# The pages of the API by DocC, in .build/docs beside this script. A link that leads nowhere is an error.
# `make docs-swift` runs it by toolchain.sh, after ../build.sh swift.
set -euo pipefail
cd "$(dirname "$0")"
# The package itself is the one at the root.
swift package --package-path ../.. --scratch-path .build/package dump-symbol-graph --minimum-access-level public
graphs=.build/symbols
rm -rf "$graphs" && mkdir -p "$graphs"
find .build/package -name 'Klokuur.symbols.json' -exec cp -t "$graphs" {} +
docc=$(command -v docc || xcrun --find docc)
"$docc" convert --additional-symbol-graph-dir "$graphs" --fallback-display-name Klokuur --fallback-bundle-identifier klokuur.Klokuur \
    --warnings-as-errors --output-path .build/docs
echo "docs: $PWD/.build/docs"
