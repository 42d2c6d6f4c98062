#!/usr/bin/env bash
# The native library for machines that are not this one.
#   cross.sh build FILE    for 64-bit Arm with Linux, in the profile of PROFILE (phone unless said); FILE is written
#   cross.sh test          the installed jar, with that library in it, on 64-bit Arm: the project outside, run by qemu
#   cross.sh check         compiles for iOS and Android as far as it goes without their linkers and libraries
#
# With rustup (`rustup target add aarch64-unknown-linux-gnu`) and a cross linker this machine's own toolchain builds.
# Otherwise a Debian machine with root gets Debian 12's, whose Rust follows the browsers' and has the standard library of Arm,
# in a tree of its own (about 2.3 GB, under KLOKUUR_CROSS_ROOT or /var/cache/klokuur-cross). Exit 77: neither can be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/.." && pwd)
root=${KLOKUUR_CROSS_ROOT:-/var/cache/klokuur-cross/bookworm}
source "$here/debian-tree.sh"
source "$top/tools/cargo-facts.sh"
target=aarch64-unknown-linux-gnu
profile=${PROFILE:-phone}
# Android and iOS, on phones and on the machines that pretend to be one.
phones="aarch64-linux-android armv7-linux-androideabi x86_64-linux-android aarch64-apple-ios aarch64-apple-ios-sim"
java=/opt/arm64/usr/lib/jvm/java-17-openjdk-arm64/bin/java
# Another compiler than the host's: it keeps what it builds apart.
built=$(cd "$top" && target_folder)/cross

setup() {
    local obstacle=$(tree_obstacle)
    if [ -n "$obstacle" ]; then
        echo "cross: no toolchain for $target, and $obstacle" >&2
        exit 77
    fi
    make_tree "$root" cross-1 bookworm "a Rust for 64-bit Arm (2.3 GB)" '
        echo "deb ${2%/}-security bookworm-security main" >"$1/etc/apt/sources.list.d/security.list"
        chroot "$1" dpkg --add-architecture arm64
        chroot "$1" apt-get update -qq
        chroot "$1" apt-get install -y --no-install-recommends rustc-web cargo-web rust-web-src libstd-rust-web-dev:arm64 \
            gcc libc6-dev gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
        # Its own scripts would have to run on Arm: unpacked, not installed.
        chroot "$1" sh -c "cd /tmp && apt-get download openjdk-17-jre-headless:arm64 && dpkg -x openjdk-17-*.deb /opt/arm64 && cp -a /opt/arm64/etc/java-17-openjdk /etc/"
        chroot "$1" rustc --version
    '
}

# in_tree COMMAND...: in the root of the project, with this machine's registry of crates.
in_tree() {
    mkdir -p "$built" "$root/src" "$root/cargo" "$root/out"
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        root=$1 top=$2 built=$3 cargo=$4
        shift 4
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mount --bind "$top" "$root/src"
        mount --bind "$built" "$root/out"
        mount --bind "$cargo" "$root/cargo"
        # The certificates and names that this machine goes by.
        mount --bind /etc/ssl/certs "$root/etc/ssl/certs"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf" || true
        cd /
        exec chroot "$root" env -i HOME=/root PATH=/usr/bin:/bin LANG=C.UTF-8 CARGO_HOME=/cargo CARGO_TARGET_DIR=/out \
            CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
            sh -c "cd /src && exec \"\$@\"" _ "$@"
    ' _ "$root" "$top" "$built" "${CARGO_HOME:-$HOME/.cargo}" "$@"
}

build() {
    local arguments=(build --quiet -p klokuur-ffi --profile "$profile" --target "$target")
    if [ -d "$(rustc --print target-libdir --target "$target")" ] && command -v aarch64-linux-gnu-gcc >/dev/null; then
        (cd "$top" && CARGO_TARGET_DIR=$built CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc cargo "${arguments[@]}")
    else
        setup
        in_tree cargo "${arguments[@]}"
    fi
    install -D -m 755 "$built/$target/$profile/libklokuur_ffi.so" "$1"
}

run_outside() {
    setup
    cd "$here/kotlin/outside"
    mvn -q -B -ntp package
    local path=bindings-kotlin/kotlin/outside/target
    unzip -l target/lib/klokuur-*.jar linux-aarch64/libklokuur_ffi.so >/dev/null || {
        echo "cross: the installed jar has no library for linux-aarch64: first make package-kotlin AARCH64=1" >&2
        exit 1
    }
    in_tree sh -c "exec qemu-aarch64 $java -cp \"$path/outside-1.jar:\$(echo $path/lib/*.jar | tr ' ' ':')\" outside.AppKt" >target/arm.txt
    head -n "$(wc -l <expected.txt)" target/arm.txt | diff expected.txt -
    echo "cross: on 64-bit Arm the jar answers the same"
}

check() {
    setup
    for phone in $phones; do
        # The standard library of a target that Debian has none for is compiled from its source.
        in_tree env RUSTC_BOOTSTRAP=1 cargo check --quiet -Zbuild-std -p klokuur-ffi --target "$phone"
        echo "cross: $phone compiles"
    done
}

case "${1:-}" in
build) [ $# = 2 ] || { echo "usage: cross.sh build FILE" >&2; exit 2; }; build "$(realpath -m "$2")" ;;
test) run_outside ;;
check) check ;;
*) echo "usage: cross.sh build FILE | test | check" >&2; exit 2 ;;
esac
