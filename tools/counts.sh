#!/usr/bin/env bash
# counts.sh check|write [NAME…]: instructions of each hot piece of work (benches/src/bin/counts.rs) under callgrind, beside those kept
# in benches/counts.txt. More than a tenth above what is kept fails: a slower build shows, however busy the machine is. Written again
# with `write`, where a change is meant. Another compiler or processor counts a little otherwise, hence the tenth.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
kept=benches/counts.txt mode=${1:-check}
shift || true
if ! command -v valgrind >/dev/null; then
    # On Debian, as root, it is installed.
    { [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends valgrind; } >/dev/null 2>&1 ||
        { echo "counts: left out, there is no valgrind (apt-get install valgrind)"; exit 0; }
fi
# Libraries of this platform are counted too, so the numbers are those of one.
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "counts: left out, the numbers kept are of Linux on x86-64"; exit 0; }
# With its test, as `make test-rust` has built it.
tools/tested.sh test --no-run --test counted
counts="$(target_folder)/release/counts"
now=$(mktemp)
trap 'rm -f "$now"' EXIT
for work in ${*:-$("$counts")}; do
    # Each often enough that what is done once is nothing beside it.
    case $work in
    *-row* | nps-score | week-of-a-case) n=100000 ;;
    schedule | empty-book | overview-page) n=20 ;;
    explain | another-book | nps-interval | judged-week | week-of-a-ledger) n=1000 ;;
    *) n=15000 ;;
    esac
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no --toggle-collect='counts::measured*' "$counts" "$work" $n 2>&1 |
        awk -v work="$work" -v n=$n '/Collected/ {printf "%-24s %12.1f\n", work, $NF / n}' >>"$now"
done
if [ "$mode" = write ]; then
    cp "$now" "$kept"
    cat "$kept"
    exit
fi
awk '
    NR == FNR {kept[$1] = $2; next}
    !($1 in kept) {print $1 " is not in the list: tools/counts.sh write"; failed = 1; next}
    $2 == 0 {print $1 " counted nothing"; failed = 1; next}
    {
        ratio = $2 / kept[$1]
        printf "%-24s %12.1f instructions, %.2f of those kept%s\n", $1, $2, ratio, ratio < 0.9 ? " (fewer: tools/counts.sh write keeps them)" : ""
        if (ratio > 1.1) {print $1 ": more than a tenth more instructions than are kept"; failed = 1}
    }
    END {exit failed}
' "$kept" "$now"
