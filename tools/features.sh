#!/usr/bin/env bash
# Checks the core with its features: each subject with and without each option beside it, and each two options together, one of them
# and neither. All at once is what the tests are built with (tools/tested.sh), and what stands alone is checked alone.
set -euo pipefail
cd "$(dirname "$0")/.."
sets=(
    "" "chrono-tz jiff parallel"
    "serde chrono-tz" "serde jiff parallel"
    "documents jiff" "documents chrono-tz parallel"
    "domain parallel" "domain chrono-tz jiff"
    "message"
    "system-zones"
)
for set in "${sets[@]}"; do
    echo "features: ${set:-none}"
    cargo clippy --release -p klokuur --lib --quiet --no-default-features --features "$set" -- -D warnings
done
