#!/usr/bin/env bash
# docs.sh build     the pages with the references of Rust and Python into target/docs; every link is checked
# docs.sh test      runs every example of the pages, the pictures and the table of others
# docs.sh outputs   writes into the pages what their examples print, draws the pictures, runs the others
# docs.sh look      photographs of the pages as on a phone and on a desk, into target/docs-look (needs chromium)
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
root=$PWD
site=$root/target/docs

# The environment of the pages, with the package built into it.
prepare() {
    [ -z "${DOCS_PYTHON:-}" ] || return 0
    cd "$root/docs"
    requirements=requirements.txt source "$root/bindings-python/tools/environment.sh"
    cd "$root/bindings-python" && maturin develop --release --quiet
    cd "$root"
}
# DOCS_PYTHON: an interpreter that has all of docs/requirements.txt and klokuur already.
python() { "${DOCS_PYTHON:-python3}" "$@"; }

build() {
    (cd docs && NO_MKDOCS_2_WARNING=1 python -m mkdocs build --quiet)
    RUSTDOCFLAGS="-D warnings" cargo doc --release -p klokuur --all-features --no-deps --quiet
    local built=$(target_folder)/doc
    # Only this crate: the folder may hold others.
    mkdir "$site/rust"
    for part in klokuur static.files src search.index search-index.js src-files.js; do
        [ ! -e "$built/$part" ] || cp -r "$built/$part" "$site/rust"
    done
    [ ! -d bindings-kotlin/kotlin/target/dokka ] || cp -r bindings-kotlin/kotlin/target/dokka "$site/kotlin"
    python docs/tests/links.py "$site"
    echo "the pages are in target/docs/index.html"
}

case "${1:-}" in
build) prepare && build ;;
test) prepare && python -m pytest -q docs/tests && tools/tested.sh test --doc ;;
outputs)
    prepare
    python docs/pictures.py
    python docs/peers.py
    # The page of Spark needs a session: `make test-spark` runs it.
    find docs/pages -name '*.md' ! -name spark.md -print0 | xargs -0 "${DOCS_PYTHON:-python3}" docs/tests/examples.py
    ;;
look) python docs/tests/look.py "$site" target/docs-look ;;
*) echo "usage: docs.sh build | test | outputs | look" >&2; exit 2 ;;
esac
