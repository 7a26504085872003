#!/usr/bin/env bash
# Digit Lab against onnxruntime-web and TensorFlow.js in one Chromium: latency, training, bytes, time to the first answer.
# Needs a build (target/site), npm and Chromium (or the environment variable CHROMIUM). Keep the machine quiet meanwhile.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="$here/../../../target"
[ -f "$target/site/index.html" ] || { echo "There is no target/site: run mvn package first." >&2; exit 1; }
mkdir -p "$target/bench-browser"
cp "$here"/package.json "$here"/*.mjs "$here"/*.html "$target/bench-browser/"
cd "$target/bench-browser"
[ -d node_modules ] || npm install --no-audit --no-fund --ignore-scripts --loglevel=error
exec node run.mjs "$@"
