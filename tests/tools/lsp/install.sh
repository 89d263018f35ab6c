#!/usr/bin/env bash
# Installs what speaks to `hyoka lsp` as VS Code does (tests/it/lsp/client.rs), from npm, below target/lsp/: the very versions of the lock file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../.." && pwd)/target/lsp
mkdir -p "$to"
cp "$here/package.json" "$here/package-lock.json" "$to/"
(cd "$to" && npm ci --no-fund --no-audit --silent)
