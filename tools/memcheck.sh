#!/usr/bin/env bash
# memcheck.sh [facade|calls|python]…: memory as it crosses into other languages, under valgrind's memcheck. Reads and writes out of
# bounds, use after free, values that were never set and what is lost for good fail, where one of our libraries is on the stack.
#   facade  the Rust tests of the facade for Kotlin and Swift
#   calls   every function of that facade through its C interface, with good and bad arguments (UniFFI's Python, made for this)
#   python  the extension with foreign Arrow data, deep documents and calendars
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "memcheck.sh: valgrind is missing (Debian: apt-get install valgrind)" >&2; exit 1; }
source tools/cargo-facts.sh
target=$(target_folder) out="$(target_folder)/memcheck"
rm -rf "$out"
mkdir -p "$out"

# watched NAME COMMAND…: runs it, and reads what memcheck wrote.
watched() {
    local name=$1
    shift
    PYTHONMALLOC=malloc PYTHONDONTWRITEBYTECODE=1 RUST_BACKTRACE=0 valgrind --quiet --leak-check="${LEAKS:-full}" --show-leak-kinds=definite \
        --num-callers=40 --xml=yes --xml-file="$out/$name.xml" "$@"
    tools/memcheck.py "$name" "$out/$name.xml"
}

# The program itself: valgrind does not follow what a shim starts.
interpreter() { python3 -c 'import sys; print(sys.executable)'; }

for part in ${*:-facade calls python}; do
    case $part in
    facade)
        program=$(cargo test -p klokuur-ffi --lib --no-run --message-format json | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p')
        watched facade "$program"
        ;;
    calls)
        PROFILE=dev bindings-kotlin/build.sh python
        # UniFFI's Python, which nobody is given, forgets what it had lowered when a later argument is refused.
        LEAKS=no watched calls "$(interpreter)" bindings-kotlin/every_call.py "$target/calls" "${ROUNDS:-3}" "${SEED:-1}"
        ;;
    python)
        (cd bindings-python && source tools/environment.sh && maturin develop --release --quiet)
        cd bindings-python
        PATH="$PWD/.venv/bin:$PATH"
        cd ..
        watched python "$(interpreter)" -m pytest -q -p no:cacheprovider -c bindings-python/pyproject.toml \
            bindings-python/tests/test_foreign_arrow.py bindings-python/tests/test_depth.py bindings-python/tests/test_calendar.py
        ;;
    *) echo "memcheck.sh: no part $part: accepted is facade, calls, python" >&2; exit 2 ;;
    esac
done
