#!/usr/bin/env bash
# tested.sh COMMAND [ARGUMENT…]: a command of Cargo for all crates that `make test-rust` tests, `tested.sh test --doc` say. They are
# built together, with all features and by the profile of the bindings: then what one part of `make test` has compiled, the next takes.
set -euo pipefail
cd "$(dirname "$0")/.."
command=$1
shift
exec cargo "$command" --release --workspace --exclude klokuur-python --exclude klokuur-ffi --exclude klokuur-bindgen --all-features --quiet "$@"
