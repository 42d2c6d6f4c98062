#!/usr/bin/env bash
# Sees to a headless browser for the tests of the report's page: on Debian as root it is installed when it is missing.
set -euo pipefail
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if [ -n "$name" ] && command -v "$name" > /dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get > /dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium > /dev/null
else
    echo "no Chromium found: the test of the report's page needs one (Debian: apt-get install chromium), or CHROMIUM=/path/to/it" >&2
fi
