#!/usr/bin/env bash
# Installs what the story of the desk needs (tests/it/serve_story.rs), from npm, below target/desk/: the very versions of the lock file.
# Chromium comes from the system: apt-get install chromium.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
to=$(cd "$here/../../.." && pwd)/target/desk
mkdir -p "$to"
cp "$here/package.json" "$here/package-lock.json" "$to/"
(cd "$to" && npm ci --no-fund --no-audit --silent)
