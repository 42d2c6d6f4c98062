#!/usr/bin/env bash
# axe-core and the width of the page, in a browser without a window. Says so and stops where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/cargo-facts.sh
for needed in chromium node npm; do
    command -v "$needed" > /dev/null || { echo "page-check: left out, there is no $needed"; exit 0; }
done
folder=$(target_folder)/page-check
mkdir -p "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" axe-core@4 puppeteer-core@24 > /dev/null
pages=()
for language in en nl; do
    cargo run --quiet -p klokuur-cli -- report core/examples/data --now 2026-11-09T08:00:00+01:00 --lang "$language" \
        --link 'https://desk.example/t/{case}' -o "$folder/$language.html" > /dev/null
    pages+=("$folder/$language.html")
done
cp tools/page-check.mjs "$folder/"
node "$folder/page-check.mjs" "$(command -v chromium)" "${pages[@]}"
