#!/usr/bin/env bash
# For cargo as RUSTC_WORKSPACE_WRAPPER (coverage.sh): our own crates count which lines run, what they stand on does not.
exec "$@" -C instrument-coverage
