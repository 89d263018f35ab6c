#!/usr/bin/env bash
# Compiles the stock typesetter, of the version that hyoka embeds, below target/typst/: `make bench-stock` runs it side by side with hyoka.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
version=$(sed -n 's/^typst = "=\(.*\)"$/\1/p' "$root/Cargo.toml")
"${CARGO:-cargo}" install typst-cli --version "$version" --locked --no-default-features --root "$root/target/typst"
