#!/usr/bin/env bash
# `pip install ./bindings-python` from a tree with the files that git knows and no others, as a clone has them, into an empty
# environment, where the README's Python is run. Tree and build stay in the target folder: what klokuur depends on is built
# once, for this and for the tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tools/cargo-facts.sh
target=$(target_folder)
clean="$target/clean"
rm -rf "$clean/tree"
mkdir -p "$clean/tree"
git ls-files -z --deduplicate | tar --create --null --files-from - | tar --extract --directory "$clean/tree"
CARGO_TARGET_DIR="$target" bindings-python/tools/try.sh "$clean/tree/bindings-python" "$clean/environment"
