#!/usr/bin/env bash
# Builds a release for this system below target/dist/: the program, its notices, what it is built of, pages of the manual and completions,
# in one archive with its checksum. The same commit gives the same bytes in any folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

if [ -n "$(git status --porcelain)" ]; then
  echo "a release is built from a commit: something is not committed" >&2
  exit 2
fi
pinned=$(cat tools/release/toolchain)
if ! rustc --version | grep -q "^rustc $pinned "; then
  echo "a release is built with Rust $pinned (tools/release/toolchain); here is $(rustc --version)" >&2
  exit 2
fi
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1)
commit=$(git rev-parse --short=12 HEAD)
target=$(rustc -vV | sed -n 's/^host: //p')
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export HYOKA_VERSION="$version ($commit)"
# Paths of this machine have no place in the program.
export RUSTFLAGS="--remap-path-prefix=$root=/hyoka --remap-path-prefix=$cargo_home=/cargo"
export CFLAGS="-ffile-prefix-map=$root=/hyoka -ffile-prefix-map=$cargo_home=/cargo"
# C code writes when it was compiled: that is the time of the commit.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
export CARGO_TARGET_DIR="$root/target/dist/build"
cargo build --release --locked --bin hyoka

name="hyoka-$version-$target"
folder="$root/target/dist/$name"
rm -rf "$folder"
mkdir -p "$folder/man" "$folder/completions"
program="$CARGO_TARGET_DIR/release/hyoka"
[ -f "$program.exe" ] && program="$program.exe"
cp "$program" "$folder/"
cp LICENSE README.md CHANGELOG.md "$folder/"
cp -r docs "$folder/"
tools/release/third_party.py "$folder" "$target"
"$program" man >"$folder/man/hyoka.1"
for command in $("$program" man | sed -n 's/^hyoka\\-\([a-z]*\)(1)$/\1/p' | grep -v '^help$'); do
  "$program" man "$command" >"$folder/man/hyoka-$command.1"
done
for shell in bash zsh fish powershell elvish; do
  "$program" completions "$shell" >"$folder/completions/hyoka.$shell"
done

(cd "$folder" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$root/target/dist/sums"
mv "$root/target/dist/sums" "$folder/SHA256SUMS"
cd "$root/target/dist"
tar --sort=name --mtime="@$(git -C "$root" log -1 --format=%ct)" --owner=0 --group=0 --numeric-owner --mode='u+rwX,go+rX,go-w' -cf - "$name" | gzip -n -9 >"$name.tar.gz"
sha256sum "$name.tar.gz" >"$name.tar.gz.sha256"
cat "$name.tar.gz.sha256"
