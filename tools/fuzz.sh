#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET…]: fuzzes each target for so long, beginning with the kept inputs. Stable Rust does: the flags that
# cargo-fuzz needs are let through by RUSTC_BOOTSTRAP, and no sanitizer is asked, as the core has no unsafe code. What is found
# stands in fuzz/artifacts; once mended it goes to fuzz/seeds.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v cargo-fuzz >/dev/null || { echo "fuzz.sh: cargo-fuzz is missing: cargo install cargo-fuzz --locked" >&2; exit 1; }
seconds=${1:-60}
shift || true
export RUSTC_BOOTSTRAP=1
targets=${*:-$(ls fuzz/seeds)}
for target in $targets; do
    mkdir -p "fuzz/corpus/$target"
    out=$(mktemp)
    cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- -max_total_time="$seconds" -timeout=30 -rss_limit_mb=4096 \
        -print_final_stats=1 >"$out" 2>&1 || { tail -40 "$out" >&2; echo "fuzz.sh: $target found something" >&2; exit 1; }
    awk -v t="$target" '/stat::number_of_executed_units/ {print t ": " $2 " executions, nothing found"}' "$out"
    rm -f "$out"
done
