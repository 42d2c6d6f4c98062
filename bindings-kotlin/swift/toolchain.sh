#!/usr/bin/env bash
# A Swift 6 toolchain for the package beside this script.
#   toolchain.sh setup                        makes sure that there is one (nothing to do where `swift` is on the PATH)
#   toolchain.sh run swift test …   runs a command of it in this package, after ../build.sh swift
#
# Where there is no `swift`, a Debian machine with root gets the one of Debian 13: a tree of its own (about 2.6 GB, under
# KLOKUUR_SWIFT_ROOT or /var/cache/klokuur-swift), entered by chroot in a private mount namespace, so that nothing stays
# mounted. Only Debian's packages are used. Exit 77: it cannot be had here; the reason is printed.
set -euo pipefail
package=$(cd "$(dirname "$0")" && pwd)
root=${KLOKUUR_SWIFT_ROOT:-/var/cache/klokuur-swift/trixie}
# A tree made by another version of this script is made anew.
stamp="$root/.klokuur-swift-1"

cannot() {
    echo "swift: $1. Get Swift 6 from https://www.swift.org/install" >&2
    exit 77
}

setup() {
    command -v swift >/dev/null && return 0
    command -v apt-get >/dev/null || cannot "no swift on the PATH, and this is not a Debian machine"
    [ "$(id -u)" = 0 ] || cannot "no swift on the PATH, and only root can install Debian's"
    unshare --mount true 2>/dev/null || cannot "no swift on the PATH, and this machine allows no mount namespaces"
    mkdir -p "$(dirname "$root")"
    exec 9>"$root.lock"
    flock 9
    [ -e "$stamp" ] && return 0
    rm -rf "$root" # a half-made tree is never used
    if ! command -v debootstrap >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    fi
    # The mirror that apt uses already.
    local mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)}
    echo "swift: making a Debian 13 tree with Swift 6 in $root (once, about 2.6 GB) ..."
    unshare --mount --propagation private bash -euc '
        debootstrap --variant=minbase --include=ca-certificates trixie "$1" "$2"
        cp -L /etc/resolv.conf "$1/etc/resolv.conf" || true
        printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d"
        chmod +x "$1/usr/sbin/policy-rc.d"
        printf "path-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\n" >"$1/etc/dpkg/dpkg.cfg.d/small"
        mountpoint -q "$1/proc" || mount -t proc proc "$1/proc"
        export DEBIAN_FRONTEND=noninteractive
        chroot "$1" apt-get update -qq
        chroot "$1" apt-get install -y --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
        chroot "$1" apt-get clean
        chroot "$1" swift --version
    ' _ "$root" "$mirror" >"$root.log" 2>&1 || { tail -n 40 "$root.log" >&2; return 1; }
    touch "$stamp"
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
