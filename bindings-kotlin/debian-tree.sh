# Sourced by swift/toolchain.sh and cross.sh: a toolchain that this machine has not, in a Debian tree of its own, entered by
# chroot in a private mount namespace, so that nothing stays mounted. Only Debian's packages are used.

# tree_obstacle: prints why this machine can have no such tree; nothing where it can.
tree_obstacle() {
    if ! command -v apt-get >/dev/null; then
        echo "this is not a Debian machine"
    elif [ "$(id -u)" != 0 ]; then
        echo "only root can install Debian's"
    elif ! unshare --mount true 2>/dev/null; then
        echo "this machine allows no mount namespaces"
    fi
}

# make_tree ROOT STAMP SUITE WHAT COMMANDS: a tree of that release of Debian, in which COMMANDS were run by bash, with the tree
# as $1. A tree with another stamp was made by another version of the script: it is made anew.
make_tree() {
    local root=$1 stamp="$1/.klokuur-$2" suite=$3 what=$4 commands=$5
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
    echo "making a Debian tree with $what in $root (once) ..."
    unshare --mount --propagation private bash -euc '
        root=$1 mirror=$2 suite=$3
        debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror"
        cp -L /etc/resolv.conf "$root/etc/resolv.conf" || true
        printf "#!/bin/sh\nexit 101\n" >"$root/usr/sbin/policy-rc.d"
        chmod +x "$root/usr/sbin/policy-rc.d"
        printf "path-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\n" >"$root/etc/dpkg/dpkg.cfg.d/small"
        mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
        export DEBIAN_FRONTEND=noninteractive
        bash -euc "$4" _ "$root" "$mirror"
        chroot "$root" apt-get clean
    ' _ "$root" "$mirror" "$suite" "$commands" >"$root.log" 2>&1 || { tail -n 40 "$root.log" >&2; return 1; }
    touch "$stamp"
}
