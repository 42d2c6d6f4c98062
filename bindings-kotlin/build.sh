#!/usr/bin/env bash
# build.sh kotlin|swift: builds the facade and generates the sources of a language from it.
# PROFILE=release (the default) or dev.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
profile=${PROFILE:-release}
folder=$([ "$profile" = dev ] && echo debug || echo "$profile")
target=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])' 2>/dev/null || echo "$PWD/target")
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
    "$bindgen/uniffi-bindgen" generate "$built/$library" --language kotlin --no-format -o "$out/kotlin"
    install -m 755 "$built/$library" "$out/resources/$platform/"
    # Text with half a character in it is refused by the encoder's own exception: let it be ours.
    source="$out/kotlin/klokuur/klokuur.kt" encode='encode(CharBuffer.wrap(value))'
    grep -qF "$encode" "$source" || { echo "build.sh: the generated encoder of texts has changed" >&2; exit 1; }
    sed -i.bak "s/$encode/encoded(value)/" "$source" && rm "$source.bak"
    ;;
swift)
    library="$built/libklokuur_ffi.a" out="$here/swift/Sources"
    made=$(mktemp -d)
    trap 'rm -rf "$made"' EXIT
    "$bindgen/uniffi-bindgen-swift" "$library" "$made" --swift-sources --headers --modulemap \
        --module-name KlokuurFFI --modulemap-filename module.modulemap
    # Numbers are read from where they lie: the generated copy of each makes a row of a list cost six times as much.
    source="$made/Klokuur.swift" begin='    var value: T = 0'
    copy='    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})'
    load='    let value = reader.data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }'
    [ "$(grep -cxF -e "$begin" -e "$copy" "$source")" = 2 ] || { echo "build.sh: the generated reader of numbers has changed" >&2; exit 1; }
    awk -v begin="$begin" -v copy="$copy" -v load="$load" \
        '$0 == begin { next } $0 == copy { print load; next } { print }' "$source" >"$source.new"
    mv "$source.new" "$source"
    mkdir -p "$out/KlokuurFFI"
    install -m 644 "$made/Klokuur.swift" "$out/Klokuur/Generated.swift"
    install -m 644 "$made/KlokuurFFI.h" "$made/module.modulemap" "$out/KlokuurFFI/"
    echo "$library"
    ;;
*) echo "usage: build.sh kotlin|swift" >&2; exit 2 ;;
esac
