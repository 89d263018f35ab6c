#!/usr/bin/env python3
"""Writes THIRD-PARTY.txt and sbom.cdx.json: what the program is built of, with the words of each licence.

Input: the lock file and the sources of the crates, as `cargo metadata` finds them for one target. Output: two files in the folder that is
given; the same bytes for the same lock file. A crate without a licence, one whose licence `deny.toml` does not allow, one that does not come
from the registry, and one that asks for a newer Rust than `Cargo.toml` states is an error: all of them are told.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Files in which a crate keeps its licence.
NAMES = re.compile(r"^(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)
# Parts of the repository that others made and that are built into the program, each with its licence.
BUILT_IN = [("CodeMirror", ROOT / "src/serve/assets/codemirror.LICENSE.txt")] + [
    (path.stem.removeprefix("OFL-"), path) for path in sorted((ROOT / "templates/fonts").glob("OFL-*.txt"))
]


def metadata(target):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def shipped(data):
    """The packages that go into the program: those reached from it without those of tests."""
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    packages = {package["id"]: package for package in data["packages"]}
    seen, waiting = set(), [data["resolve"]["root"]]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    seen.discard(data["resolve"]["root"])
    return sorted((packages[one] for one in seen), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licence texts of a package; of crates of one workspace the text may lie at the one that has the workspace's name.

    A crate that brings the code of another language has its licence beside that code.
    """
    folder = Path(package["manifest_path"]).parent
    inside = folder.rglob("*") if package["name"].endswith("-sys") else folder.iterdir()
    found = [path for path in sorted(inside) if path.is_file() and NAMES.match(path.name)]
    if package.get("license_file"):
        found.append(folder / package["license_file"])
    return [path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for path in dict.fromkeys(found)]


def checksums():
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    entries = re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = [^\n]+\nchecksum = "([0-9a-f]+)"', lock)
    return {(name, version): checksum for name, version, checksum in entries}


def may(expression, allowed):
    """Whether an SPDX expression leaves a choice that is allowed. In old crates a slash stands for OR.

    >>> may("MIT/GPL-3.0", {"MIT"}), may("(MIT OR X) AND Zlib", {"MIT"}), may("Apache-2.0 WITH LLVM-exception", {"Apache-2.0"})
    (True, False, False)
    >>> may("MIT AND (Zlib OR X)", {"MIT", "Zlib"}), may("GPL-3.0", {"MIT"})
    (True, False)
    """
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    at = 0

    def one():
        nonlocal at
        word = words[at]
        at += 1
        if word == "(":
            value = either()
            at += 1
            return value
        if at < len(words) and words[at] == "WITH":
            word = f"{word} WITH {words[at + 1]}"
            at += 2
        return word in allowed

    def both():
        nonlocal at
        value = one()
        while at < len(words) and words[at] == "AND":
            at += 1
            value = one() and value
        return value

    def either():
        nonlocal at
        value = both()
        while at < len(words) and words[at] == "OR":
            at += 1
            value = both() or value
        return value

    value = either()
    return value and at == len(words)


def faults(own, packages):
    """What forbids to pass the program on, or to build it with the Rust that is stated."""
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))["licenses"]["allow"])
    stated = version(own["rust_version"])
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"]:
            yield f"{name}: no licence"
        elif not may(package["license"], allowed):
            yield f"{name}: {package['license']} is not allowed in deny.toml"
        if not (package["source"] or "").startswith("registry+"):
            yield f"{name}: comes from {package['source']}"
        if package["rust_version"] and version(package["rust_version"]) > stated:
            yield f"{name}: asks for Rust {package['rust_version']}, Cargo.toml states {own['rust_version']}"


def version(text):
    return tuple(int(part) for part in text.split("."))


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: third_party.py FOLDER TARGET")
    folder, target = Path(sys.argv[1]), sys.argv[2]
    data = metadata(target)
    own = next(package for package in data["packages"] if package["id"] == data["resolve"]["root"])
    packages, sums = shipped(data), checksums()
    wrong = list(faults(own, packages))
    if wrong:
        sys.exit("\n".join(wrong))
    # Many crates carry the same words: each text stands once, with those that it holds for.
    by_text, without = {}, []
    for package in packages:
        name = f"{package['name']} {package['version']} ({package['license'] or 'see below'})"
        own_texts = texts(package)
        if not own_texts:
            without.append((package, name))
        for text in own_texts:
            by_text.setdefault(text, []).append(name)
    for name, path in BUILT_IN:
        by_text.setdefault(path.read_text(encoding="utf-8").strip(), []).append(name)
    lines = ["What hyoka is built of, and under which licences.", ""]
    lines += [f"{package['name']} {package['version']}  {package['license']}  {package['repository'] or ''}".rstrip() for package in packages]
    if without:
        lines += ["", "These crates are published without the text of their licence, which is that of the identifier above:"]
        lines += [f"  {name}" for _, name in without]
    for text, names in sorted(by_text.items(), key=lambda pair: pair[1]):
        lines += ["", "-" * 100, *names, "-" * 100, "", text]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "THIRD-PARTY.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    components = []
    for package in packages:
        name, number = package["name"], package["version"]
        component = {
            "type": "library",
            "bom-ref": f"pkg:cargo/{name}@{number}",
            "name": name,
            "version": number,
            "licenses": [{"expression": package["license"].replace("/", " OR ")}],
            "purl": f"pkg:cargo/{name}@{number}",
        }
        if (name, number) in sums:
            component["hashes"] = [{"alg": "SHA-256", "content": sums[name, number]}]
        components.append(component)
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "hyoka", "name": own["name"], "version": own["version"]}
        },
        "components": components,
    }
    (folder / "sbom.cdx.json").write_text(json.dumps(bom, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(packages)} crates, {len(by_text)} licence texts, {len(without)} crates without a text of their own")


if __name__ == "__main__":
    main()
