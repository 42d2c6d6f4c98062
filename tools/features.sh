#!/usr/bin/env bash
# Checks the core with every set of its features.
set -euo pipefail
cd "$(dirname "$0")/.."
sets=()
for subject in "" serde documents domain message; do
    for chrono_tz in "" chrono-tz; do
        for jiff in "" jiff; do
            for parallel in "" parallel; do
                sets+=("$subject $chrono_tz $jiff $parallel")
            done
        done
    done
done
# What stands alone is checked alone.
sets+=(system-zones)
for set in "${sets[@]}"; do
    echo "features: ${set:-none}"
    cargo clippy -p klokuur --lib --quiet --no-default-features --features "$set" -- -D warnings
done
