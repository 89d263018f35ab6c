#!/usr/bin/env bash
# Installs typos, which `make typos` runs, from PyPI below target/typos/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../.." && pwd)/target/typos
mkdir -p "$to"
python3 -m venv "$to/venv"
"$to/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
