#!/usr/bin/env bash
# release-check.sh [STEP…]: everything short of publishing. Each package is built as its registry would get it, looked at, and tried in a
# place that has nothing else. The steps, all of them unless some are named: workflows, api, crates, wheel, sdist, jar, swift, trust.
# What cannot be built here (other platforms' wheels, Android, Apple) is made by .github/workflows/packages.yml.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
version=$(workspace_version Cargo.toml)
fail() { echo "release-check.sh: $*" >&2; exit 1; }

step_workflows() { tools/workflows.sh; }

step_api() { tools/public-api.sh check; }

step_crates() { tools/tested.sh test --test all structure::release && tools/package-rust.sh; }

step_wheel() { (cd bindings-python && tools/wheel.sh && in_the_index_form dist/*.whl); }

step_sdist() {
    (
        cd bindings-python
        source tools/environment.sh
        rm -rf dist/sdist
        maturin sdist --out dist/sdist
        in_the_index_form dist/sdist/*.tar.gz
        # From the source alone, in an empty environment.
        tools/try.sh dist/sdist/*.tar.gz
    )
}

# What the index of Python packages asks of a name, its metadata and a long description.
in_the_index_form() {
    (environment=../tools/.venv requirements=../tools/requirements-release.txt source tools/environment.sh && twine check --strict "$@")
}

step_jar() {
    make --no-print-directory package-kotlin
    local made=bindings-kotlin/kotlin/target/klokuur-$version
    has "$made.jar" klokuur/Schedule.class linux-x86-64/libklokuur_ffi.so META-INF/proguard/klokuur.pro META-INF/LICENSE-MIT META-INF/LICENSE-APACHE
    has "$made-sources.jar" klokuur.kt
    has "$made-javadoc.jar" index.html
    bindings-kotlin/kotlin/outside/run.sh
    # The archive for Android is packed with this machine's library in place of Android's, to see that its parts are there.
    local stand_in=$(mktemp -d)
    mkdir "$stand_in/x86_64"
    unzip -q -p "$made.jar" linux-x86-64/libklokuur_ffi.so >"$stand_in/x86_64/libklokuur_ffi.so"
    bindings-kotlin/android.sh pack "$stand_in"
    has "bindings-kotlin/kotlin/target/klokuur-android-$version.aar" AndroidManifest.xml classes.jar proguard.txt R.txt jni/x86_64/libklokuur_ffi.so
    rm -rf "$stand_in" bindings-kotlin/kotlin/target/klokuur-android-*
}

# has ARCHIVE NAME…: each is in it.
has() {
    local archive=$1 names
    shift
    names=$(unzip -Z1 "$archive")
    for name in "$@"; do
        grep -qE "(^|/)$(printf %s "$name" | sed 's/\./\\./g')$" <<<"$names" || fail "$(basename "$archive") has no $name"
    done
    echo "$(basename "$archive"): $(wc -l <<<"$names") entries, $(($(stat -c %s "$archive") / 1000)) kB"
}

# The tests are a package outside, which takes the one at the root by its path.
step_swift() { make --no-print-directory test-swift; }

step_trust() { tools/trust.py; }

for step in ${*:-workflows api crates wheel sdist jar swift trust}; do
    declare -F "step_$step" >/dev/null || fail "unknown step $step"
    echo "== $step"
    started=$SECONDS
    "step_$step"
    echo "== $step: done in $((SECONDS - started)) s"
done
echo "release-check: $version can be published from here, but for what other platforms make; the steps are in RELEASING.md"
