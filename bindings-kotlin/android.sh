#!/usr/bin/env bash
# android.sh build: the native libraries of Android's processors by cargo-ndk, packed as an archive for Android.
#   NOT RUN where this project is built: there is no NDK. Tell us when a step is wrong.
# android.sh pack FOLDER: packs those of FOLDER, one folder a processor (arm64-v8a/libklokuur_ffi.so), with the classes of the jar that
#   `make package-kotlin` made, the rules for R8 and a POM that takes JNA as an archive for Android too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
source tools/cargo-facts.sh
made=bindings-kotlin/kotlin/target
pack() {
    local version=$(workspace_version Cargo.toml)
    local jar=$made/klokuur-$version.jar archive=$here/kotlin/target/klokuur-android-$version
    [ -s "$jar" ] || { echo "android.sh: $jar is not there: first make package-kotlin" >&2; exit 1; }
    local folder=$(mktemp -d)
    trap 'rm -rf "$folder"' RETURN
    mkdir -p "$folder/classes" "$folder/archive/jni"
    unzip -q "$jar" -d "$folder/classes"
    cp "$folder/classes/META-INF/proguard/klokuur.pro" "$folder/archive/proguard.txt"
    # The libraries of the desktop stay out.
    rm -rf "$folder"/classes/{linux,darwin,win32}-*
    (cd "$folder/classes" && zip -q -r -X "$folder/archive/classes.jar" .)
    cp -r "$1"/. "$folder/archive/jni/"
    for library in "$folder"/archive/jni/*; do
        [ -s "$library/libklokuur_ffi.so" ] || { echo "android.sh: no libklokuur_ffi.so in ${library##*/}" >&2; exit 1; }
    done
    # java.time is of level 26.
    cat >"$folder/archive/AndroidManifest.xml" <<XML
<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="io.github.klokuur">
  <uses-sdk android:minSdkVersion="26"/>
</manifest>
XML
    : >"$folder/archive/R.txt"
    rm -f "$archive.aar"
    (cd "$folder/archive" && zip -q -r -X "$archive.aar" .)
    sed -e 's#<artifactId>klokuur</artifactId>#<artifactId>klokuur-android</artifactId>#' -e 's#<packaging>jar</packaging>#<packaging>aar</packaging>#' \
        -e 's#<artifactId>jna</artifactId>#&\n      <type>aar</type>#' bindings-kotlin/kotlin/pom.xml |
        sed -e '/<build>/,/<\/build>/d' -e '/<profiles>/,/<\/profiles>/d' >"$archive.pom"
    echo "made $archive.aar for $(ls "$1" | paste -sd ' ')"
}
case "${1:-}" in
build)
    libraries=$(mktemp -d)
    trap 'rm -rf "$libraries"' EXIT
    # Pages of 16 KiB, which Android 15 asks for.
    RUSTFLAGS="-C link-arg=-Wl,-z,max-page-size=16384" cargo ndk -t arm64-v8a -t armeabi-v7a -t x86_64 --platform 26 -o "$libraries" \
        build --profile phone -p klokuur-ffi
    pack "$libraries"
    ;;
pack) [ -d "${2:-}" ] || { echo "usage: android.sh pack FOLDER" >&2; exit 2; }; pack "$(realpath "$2")" ;;
*) echo "usage: android.sh build | pack FOLDER" >&2; exit 2 ;;
esac
