#!/usr/bin/env python3
"""Writes THIRD-PARTY.txt and sbom.cdx.json: what the program is built of, with the words of each licence.

Input: the lock file and the sources of the crates, as `cargo metadata` finds them for one target. Output: two files in the folder that is
given; the same bytes for the same lock file. A crate without a licence, or without its text, is an error: nobody could pass the program on.
"""

import hashlib
import json
import re
import subprocess
import sys
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
    """The licence texts of a package; of crates of one workspace the text may lie at the one that has the workspace's name."""
    folder = Path(package["manifest_path"]).parent
    found = [path for path in sorted(folder.iterdir()) if path.is_file() and NAMES.match(path.name)]
    if package.get("license_file"):
        found.append(folder / package["license_file"])
    return [path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for path in dict.fromkeys(found)]


def checksums():
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    entries = re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = [^\n]+\nchecksum = "([0-9a-f]+)"', lock)
    return {(name, version): checksum for name, version, checksum in entries}


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: third_party.py FOLDER TARGET")
    folder, target = Path(sys.argv[1]), sys.argv[2]
    data = metadata(target)
    own = next(package for package in data["packages"] if package["id"] == data["resolve"]["root"])
    packages, sums = shipped(data), checksums()
    unlicensed = [package["name"] for package in packages if not (package["license"] or package["license_file"])]
    if unlicensed:
        sys.exit(f"no licence: {', '.join(unlicensed)}")
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
        name, version = package["name"], package["version"]
        component = {
            "type": "library",
            "bom-ref": f"pkg:cargo/{name}@{version}",
            "name": name,
            "version": version,
            "licenses": [{"expression": package["license"].replace("/", " OR ")}],
            "purl": f"pkg:cargo/{name}@{version}",
        }
        if (name, version) in sums:
            component["hashes"] = [{"alg": "SHA-256", "content": sums[name, version]}]
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
