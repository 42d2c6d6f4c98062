#!/usr/bin/env bash
# A Swift 6 toolchain for the package beside this script.
#   toolchain.sh setup                        makes sure that there is one (nothing to do where `swift` is on the PATH)
#   toolchain.sh run swift test …   runs a command of it in this package, after ../build.sh swift
#
# Where there is no `swift`, a Debian machine with root gets the one of Debian 13, in a tree of its own (about 2.6 GB, under
# KLOKUUR_SWIFT_ROOT or /var/cache/klokuur-swift). Exit 77: it cannot be had here; the reason is printed.
set -euo pipefail
package=$(cd "$(dirname "$0")" && pwd)
root=${KLOKUUR_SWIFT_ROOT:-/var/cache/klokuur-swift/trixie}
source "$package/../debian-tree.sh"

cannot() {
    echo "swift: $1. Get Swift 6 from https://www.swift.org/install" >&2
    exit 77
}

setup() {
    command -v swift >/dev/null && return 0
    local obstacle=$(tree_obstacle)
    [ -z "$obstacle" ] || cannot "no swift on the PATH, and $obstacle"
    make_tree "$root" swift-1 trixie "Swift 6 (2.6 GB)" '
        chroot "$1" apt-get update -qq
        chroot "$1" apt-get install -y --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
        chroot "$1" swift --version
    '
}

run() {
    if command -v swift >/dev/null; then
        cd "$package"
        "$@"
        return
    fi
    # One copy per checkout, of what the package and the one at the root need; .build is kept, so that the next build is incremental.
    local top=$(cd "$package/../.." && pwd)
    local work=/packages/$(echo -n "$package" | cksum | cut -d ' ' -f 1)
    mkdir -p "$root$work"
    find "$root$work" -type f -not -path '*/.build/*' -delete
    # The shared vectors and the README are data of the tests.
    tar -C "$top" --exclude=.build -cf - Package.swift bindings-kotlin/README.md bindings-kotlin/swift tests/vectors |
        tar -C "$root$work" -xf -
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        root=$1 work=$2
        shift 2
        mount -t proc proc "$root/proc"
        cd /
        exec chroot "$root" env -i HOME=/root PATH=/usr/libexec/swift/bin:/usr/bin:/bin LANG=C.UTF-8 \
            sh -c "cd \"\$0/bindings-kotlin/swift\" && exec \"\$@\"" "$work" "$@"
    ' _ "$root" "$work" "$@"
}

case "${1:-}" in
setup) setup ;;
run) shift && setup && run "$@" ;;
*) echo "usage: toolchain.sh setup | run swift test [...]" >&2; exit 2 ;;
esac
