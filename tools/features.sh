#!/usr/bin/env bash
# Checks the core with its features: each subject with every pair of the options beside it, both, one and neither. Three of them
# together are in `--all-features`, which the tests are built with.
set -euo pipefail
cd "$(dirname "$0")/.."
sets=()
for subject in "" serde documents domain message; do
    for options in "" "chrono-tz jiff" "chrono-tz parallel" "jiff parallel"; do
        sets+=("$subject $options")
    done
done
# What stands alone is checked alone.
sets+=(system-zones)
for set in "${sets[@]}"; do
    echo "features: ${set:-none}"
    cargo clippy --release -p klokuur --lib --quiet --no-default-features --features "$set" -- -D warnings
done
