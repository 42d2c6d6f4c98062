#!/usr/bin/env bash
# test.sh PART...: runs `make test-PART` for each part. A part whose tools are missing is left out and named at the
# end; with CI=true that is a failure.
set -u
cd "$(dirname "$0")/.."
failed=() left_out=()
for part in "$@"; do
    if missing=$(tools/needs.sh "$part"); then
        echo "== $part"
        make --no-print-directory "test-$part" || failed+=("$part")
    else
        left_out+=("$part, which needs $(echo "$missing" | paste -sd ';' | sed 's/;/; /g')")
    fi
done
status=0
for part in ${left_out[@]+"${left_out[@]}"}; do echo "left out: $part"; done
for part in ${failed[@]+"${failed[@]}"}; do echo "FAILED: $part"; status=1; done
if [ ${#left_out[@]} -gt 0 ] && [ "${CI:-}" = true ]; then
    echo "CI=true: a part that is left out is a failure"
    status=1
fi
[ $status = 0 ] && echo "passed: everything that was run ($*)"
exit $status
