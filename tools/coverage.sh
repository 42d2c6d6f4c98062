#!/usr/bin/env bash
# coverage.sh [PERCENT]: which lines of the core the tests, the examples and the examples of the documentation run. Prints the share of
# each file and the lines that never ran, and fails below PERCENT (97). Stable Rust does. The profiles are read by LLVM's own tools,
# of rustc's version: rustup's llvm-tools, or Debian's llvm-NN. What will not run is in tests/COVERAGE.md with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
least=${1:-97}
major=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
host=$(rustc -vV | sed -n 's/^host: //p')
tool() {
    for one in "$(rustc --print sysroot)/lib/rustlib/$host/bin/$1" "$(command -v "$1-$major")" "/usr/lib/llvm-$major/bin/$1"; do
        [ ! -x "$one" ] || { echo "$one"; return; }
    done
    echo "coverage.sh: $1 of LLVM $major is missing: rustup component add llvm-tools, or apt-get install llvm-$major" >&2
    exit 1
}
profdata=$(tool llvm-profdata) cov=$(tool llvm-cov)
out="$(target_folder)/coverage"
rm -rf "$out"
mkdir -p "$out/profiles" "$out/documents"
# Lines need few of the random cases.
export PROPTEST_CASES=${PROPTEST_CASES:-16}
# Our own crates count, what they stand on does not: that is shared with every other build.
export RUSTC_WORKSPACE_WRAPPER="$PWD/tools/instrumented.sh" LLVM_PROFILE_FILE="$out/profiles/%4m.profraw"
# To keep the programs of the documentation rustdoc asks for its newest version, and for nothing of it.
printf '#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@" -C instrument-coverage -Z unstable-options --persist-doctests "$(mktemp -d "%s/XXXXXX")"\n' "$out/documents" >"$out/rustdoc"
chmod +x "$out/rustdoc"
# One choice of packages for all steps, so that all is built once. TARGETS narrows what is run: TARGETS="--test all".
what=(-p klokuur -p klokuur-tests -p klokuur-cli --all-features)
read -ra targets <<<"${TARGETS:---lib --bins --tests --examples --doc}"
programs=() documented=
for one in "${targets[@]}"; do [ "$one" = --doc ] && documented=1 || programs+=("$one"); done
if [ ${#programs[@]} -gt 0 ]; then
    cargo test "${what[@]}" "${programs[@]}" --no-run --message-format json |
        sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | sort -u >"$out/programs"
    cargo test "${what[@]}" "${programs[@]}" --quiet
fi
if [ -n "$documented" ]; then
    RUSTDOC="$out/rustdoc" cargo test "${what[@]}" --doc --quiet
    find "$out/documents" -type f -executable >>"$out/programs"
fi
"$profdata" merge -sparse -o "$out/all.profdata" "$out"/profiles/*.profraw
objects=()
while read -r program; do objects+=(--object "$program"); done <"$out/programs"
"$cov" export --format lcov --instr-profile "$out/all.profdata" "${objects[@]}" --ignore-filename-regex '/(\.cargo|rustc)/' >"$out/lines.info"
tools/coverage.py "$out/lines.info" "$least"
