#!/usr/bin/env bash
# Instructions of each piece of work at n and at twice as many parts (needs valgrind): more than 2.6 times as many is worse than
# n log n, and fails. Work is counted and not time, so a busy machine changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
n=${N:-1000}
cargo build --quiet --workspace --exclude klokuur-python --exclude klokuur-ffi --exclude klokuur-bindgen --all-features --bin growth
growth="$(target_folder)/debug/growth"
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$growth" "$1" "$2" 2>&1 | awk '/Collected/ {print $NF}'
}
failed=0
printf '%-26s %14s %14s %6s\n' work "at $n" "at $((2 * n))" ratio
for work in ${*:-$("$growth")}; do
    zero=$(instructions "$work" 1) once=$(instructions "$work" "$n") twice=$(instructions "$work" $((2 * n)))
    ratio=$(awk -v a="$((once - zero))" -v b="$((twice - zero))" 'BEGIN {printf "%.2f", (a > 0) ? b / a : 9}')
    printf '%-26s %14d %14d %6s\n' "$work" $((once - zero)) $((twice - zero)) "$ratio"
    awk -v r="$ratio" 'BEGIN {exit !(r > 2.6)}' && { echo "$work grows faster than n log n" >&2; failed=1; }
done
exit $failed
