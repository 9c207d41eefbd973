#!/bin/bash
# Makes the page's script and style anew from web/src: reports/page/bundle/. Wants npm and Debian's esbuild; who builds or
# uses Ordeal wants neither, for the result is kept.
#   web/build.sh [INTO]     into another folder, to compare
set -euo pipefail
cd "$(dirname "$0")"
into=${1:-../reports/page/bundle}
mkdir -p "$into"
npm ci --ignore-scripts --no-audit --no-fund --silent
esbuild src/main.js --bundle --minify --format=iife --target=chrome100,firefox100,safari15 --charset=ascii \
  --legal-comments=none --log-level=warning --outfile="$into/page.js"
# Whose code is in it, and under which licence.
{
  echo "The page's script holds code of these packages, each under the licence that follows it."
  for package in @preact/signals @preact/signals-core d3-array d3-color d3-dispatch d3-drag d3-ease d3-format \
                 d3-interpolate d3-path d3-sankey d3-scale d3-selection d3-shape d3-time d3-time-format d3-timer \
                 d3-transition d3-zoom htm internmap preact; do
    printf '\n--- %s %s ---\n\n' "$package" "$(sed -n 's/^ *"version": "\(.*\)",*$/\1/p' "node_modules/$package/package.json" | head -n 1)"
    sed -e "\$a\\" node_modules/"$package"/LICENSE*
  done
} > "$into/LICENSES.txt"
