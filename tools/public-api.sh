#!/usr/bin/env bash
# public-api.sh check|write: the public items of the core with every feature, beside the list that is kept in tests/public-api.txt.
# `check` says too which of them the newest tag had and this tree has not: what breaks a host, and asks for a new minor version before
# 1.0, a new major one after it.
# cargo-public-api reads what rustdoc writes as JSON, which RUSTC_BOOTSTRAP lets the stable compiler do; it is installed where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
kept=tests/public-api.txt
target=$(target_folder)
export PATH="$target/tools/bin:$PATH"
version=0.52.0 # of rustdoc's format as Rust 1.95 writes it
[ "$(cargo public-api --version 2>/dev/null)" = "cargo-public-api $version" ] ||
    cargo install --quiet --locked --root "$target/tools" "cargo-public-api@$version"
now=$(mktemp)
trap 'rm -f "$now"' EXIT
# Traits that the compiler implements by itself, and those of derives, are left out.
RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$target/public-api" cargo public-api -p klokuur --all-features -sss >"$now" 2>"$now.log" ||
    { cat "$now.log" >&2; exit 1; }
rm -f "$now.log"
case "${1:-check}" in
write) cp "$now" "$kept" ;;
check)
    diff -u "$kept" "$now" >&2 || { echo "public-api.sh: $kept is not what the core has: tools/public-api.sh write, and look at it" >&2; exit 1; }
    if tag=$(git describe --tags --abbrev=0 --match 'v*' 2>/dev/null) && git cat-file -e "$tag:$kept" 2>/dev/null; then
        gone=$(comm -23 <(git show "$tag:$kept" | sort) <(sort "$now"))
        [ -z "$gone" ] || echo "gone or changed since $tag:
$gone"
    else
        echo "no version before this one to compare with"
    fi
    echo "public items of the core: $(wc -l <"$now"), as kept"
    ;;
*) echo "usage: public-api.sh check|write" >&2; exit 2 ;;
esac
