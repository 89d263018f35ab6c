#!/usr/bin/env bash
# Installs what tests/it/accessibility.rs asks for, from the registries, below target/accessibility/.
# Chromium comes from the system: apt-get install chromium.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../.." && pwd)/target/accessibility
mkdir -p "$to"
python3 -m venv "$to/venv"
"$to/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
if command -v npm >/dev/null; then
  cp "$here/package.json" "$to/"
  (cd "$to" && npm install --no-fund --no-audit --silent)
fi
