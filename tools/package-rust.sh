#!/usr/bin/env bash
# package-rust.sh: the crates as crates.io would have them, built from what is packed alone, with the library's own tests.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
target=$(target_folder)
cargo package --quiet --allow-dirty -p klokuur -p klokuur-cli
version=$(workspace_version Cargo.toml)
alone=$(mktemp -d)
trap 'rm -rf "$alone"' EXIT
tar xzf "$target/package/klokuur-$version.crate" -C "$alone"
for file in README.md LICENSE-MIT LICENSE-APACHE; do
    [ -s "$alone/klokuur-$version/$file" ] || { echo "package-rust.sh: $file is missing in the package" >&2; exit 1; }
done
(cd "$alone/klokuur-$version" && CARGO_TARGET_DIR="$target/packaged" cargo test --quiet --all-features)
ls -l "$target"/package/*-"$version".crate | awk '{printf "%s: %.0f KB\n", $NF, $5 / 1000}' | sed 's#.*/##'
