#!/usr/bin/env bash
# needs.sh PART: exits 0 when the tools of a test part are here; otherwise prints what is missing and how to get it.
set -u
missing=()
have() { command -v "$1" >/dev/null 2>&1; }
need() { have "$1" || missing+=("$1 ($2)"); }
case "$1" in
rust) need cargo "Rust 1.95 or newer: https://rustup.rs" ;;
python | spark | docs)
    need cargo "Rust 1.95 or newer: https://rustup.rs"
    [ "$1" != spark ] || need java "Java 17 or newer: apt-get install openjdk-17-jre-headless, or https://adoptium.net"
    if ! have python3 || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        missing+=("python3 (Python 3.11 or newer: https://www.python.org/downloads)")
    elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=("python3-venv (apt-get install python3-venv)")
    fi
    ;;
kotlin)
    need cargo "Rust 1.95 or newer: https://rustup.rs"
    need javac "a JDK 17 or newer: apt-get install openjdk-17-jdk-headless, or https://adoptium.net"
    need mvn "Apache Maven 3.8 or newer: apt-get install maven"
    ;;
swift)
    need cargo "Rust 1.95 or newer: https://rustup.rs"
    # Without a toolchain of its own, a Debian machine with root makes one by bindings-kotlin/swift/toolchain.sh.
    if ! have swift && ! { have apt-get && have unshare && [ "$(id -u)" = 0 ]; }; then
        missing+=("swift (Swift 6: https://www.swift.org/install; on Debian, as root, it is installed by itself)")
    fi
    ;;
*)
    echo "needs.sh: unknown part $1: accepted is rust, python, spark, docs, kotlin or swift" >&2
    exit 2
    ;;
esac
[ ${#missing[@]} -eq 0 ] && exit 0
printf '%s\n' "${missing[@]}"
exit 1
