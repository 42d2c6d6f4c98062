#!/usr/bin/env bash
# build.sh kotlin|swift|python: builds the facade and generates the sources of a language from it. Python's are for every_call.py,
# which goes through the same C interface as Kotlin and Swift; they are made into `calls` in Cargo's target folder.
# PROFILE=release (the default), phone (small) or dev. AARCH64=1: the jar has the library for 64-bit Arm with Linux too.
# NATIVE=FOLDER: the jar has the libraries of that folder too, one folder a platform as JNA names it (darwin-aarch64/…).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
source tools/cargo-facts.sh
profile=${PROFILE:-release}
folder=$([ "$profile" = dev ] && echo debug || echo "$profile")
target=$(target_folder)
cargo build --quiet -p klokuur-ffi --profile "$profile"
cargo build --quiet -p klokuur-bindgen --profile bindgen
built="$target/$folder" bindgen="$target/bindgen"

case "${1:-}" in
kotlin)
    # JNA looks for the library in the jar, in a folder named after the platform.
    case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x86-64 library=libklokuur_ffi.so ;;
    Linux-aarch64) platform=linux-aarch64 library=libklokuur_ffi.so ;;
    Darwin-arm64) platform=darwin-aarch64 library=libklokuur_ffi.dylib ;;
    Darwin-x86_64) platform=darwin-x86-64 library=libklokuur_ffi.dylib ;;
    *) echo "build.sh: no native library is known for $(uname -s) on $(uname -m)" >&2; exit 1 ;;
    esac
    out="$here/kotlin/target/generated"
    rm -rf "$out"
    mkdir -p "$out/kotlin" "$out/resources/$platform"
    # What is generated from stands among the symbols, which the small library has none of.
    described="$built/$library"
    [ "$profile" != phone ] || described="$built/libklokuur_ffi.a"
    "$bindgen/uniffi-bindgen" generate "$described" --language kotlin --no-format -o "$out/kotlin"
    [ -z "${NATIVE:-}" ] || cp -r "$NATIVE"/. "$out/resources/"
    install -m 755 "$built/$library" "$out/resources/$platform/"
    "$bindgen/klokuur-adapt" kotlin "$out/kotlin/klokuur/klokuur.kt"
    [ -z "${AARCH64:-}" ] || "$here/cross.sh" build "$out/resources/linux-aarch64/libklokuur_ffi.so"
    ;;
swift)
    library="$built/libklokuur_ffi.a" out="$here/swift/Sources"
    made=$(mktemp -d)
    trap 'rm -rf "$made"' EXIT
    "$bindgen/uniffi-bindgen-swift" "$library" "$made" --swift-sources --headers --modulemap \
        --module-name KlokuurFFI --modulemap-filename module.modulemap
    "$bindgen/klokuur-adapt" swift "$made/Klokuur.swift"
    mkdir -p "$out/KlokuurFFI"
    install -m 644 "$made/Klokuur.swift" "$out/Klokuur/Generated.swift"
    install -m 644 "$made/KlokuurFFI.h" "$made/module.modulemap" "$out/KlokuurFFI/"
    mkdir -p "$here/swift/lib"
    ln -f "$library" "$here/swift/lib/" 2>/dev/null || install -m 644 "$library" "$here/swift/lib/"
    ;;
python)
    library=$(find "$built" -maxdepth 1 \( -name libklokuur_ffi.so -o -name libklokuur_ffi.dylib \))
    rm -rf "$target/calls"
    "$bindgen/uniffi-bindgen" generate "$library" --language python --no-format -o "$target/calls"
    cp "$library" "$target/calls/"
    ;;
*) echo "usage: build.sh kotlin|swift|python" >&2; exit 2 ;;
esac
