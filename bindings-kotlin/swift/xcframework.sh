#!/usr/bin/env bash
# Makes swift/KlokuurFFI.xcframework for iOS, its simulator and macOS. On a Mac with Xcode.
# NOT RUN where this project is built: there is no Mac. Tell us when a step is wrong.
set -euo pipefail
[ "$(uname -s)" = Darwin ] || { echo "xcframework.sh: needs macOS with Xcode" >&2; exit 77; }
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
targets=(aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin)
rustup target add "${targets[@]}"
for target in "${targets[@]}"; do cargo build --release -p klokuur-ffi --target "$target"; done
bindings-kotlin/build.sh swift
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
# In a folder of their own: a second framework with a module map beside its headers would collide with this one.
mkdir -p "$made/headers/KlokuurFFI" "$made/simulator" "$made/macos"
cp "$here/Sources/KlokuurFFI/KlokuurFFI.h" "$here/Sources/KlokuurFFI/module.modulemap" "$made/headers/KlokuurFFI/"
library=libklokuur_ffi.a
lipo -create target/{aarch64-apple-ios-sim,x86_64-apple-ios}/release/$library -output "$made/simulator/$library"
lipo -create target/{aarch64,x86_64}-apple-darwin/release/$library -output "$made/macos/$library"
rm -rf "$here/KlokuurFFI.xcframework"
xcodebuild -create-xcframework \
    -library target/aarch64-apple-ios/release/$library -headers "$made/headers" \
    -library "$made/simulator/$library" -headers "$made/headers" \
    -library "$made/macos/$library" -headers "$made/headers" \
    -output "$here/KlokuurFFI.xcframework"
echo "made $here/KlokuurFFI.xcframework: Package.swift takes it by itself"
# For a release: the zip and its checksum, which Package.swift names beside the URL that it is put under.
rm -f "$here/KlokuurFFI.xcframework.zip"
(cd "$here" && ditto -c -k --sequesterRsrc --keepParent KlokuurFFI.xcframework KlokuurFFI.xcframework.zip)
echo "checksum $(swift package compute-checksum "$here/KlokuurFFI.xcframework.zip")"
