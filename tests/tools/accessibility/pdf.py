"""Reads PDFs as a screen reader would, by two independent checkers: pdfua (PDF/UA-1) and outloud (PDF/UA-1 and what is said aloud).

Usage: pdf.py [--every] KNOWN.toml FOLDER...

Every finding must stand in KNOWN.toml, with the reason why it is a false alarm; with --every, every entry there must still be found.
Exit code: 0 as it should be, 1 a finding that is not known or an entry that is not found.
"""

import collections
import fnmatch
import pathlib
import sys
import tomllib

import pdfua
from outloud.model import Document
from outloud.registry import import_rule_modules, run_rules
from outloud.findings import Result


def found_by_pdfua(path):
    report = pdfua.validate(str(path))
    for outcome in report.outcomes:
        if outcome.skipped_reason:
            yield outcome.rule_id, f"the rule did not run: {outcome.skipped_reason}"
    for one in report.findings:
        yield one.rule_id, f"{one.location.describe()}: {one.message}"


def found_by_outloud(path):
    result = Result(str(path))
    document = Document(str(path))
    try:
        run_rules(document, result)
    finally:
        document.close()
    for run in result.runs:
        if run.status == "crashed":
            yield run.rule, f"the rule crashed: {run.reason}"
    for one in result.findings:
        page = f"page {one.page}: " if one.page else ""
        yield one.rule, f"{page}{one.message} {one.evidence or ''}"


CHECKERS = {"pdfua": found_by_pdfua, "outloud": found_by_outloud}


def main(known_path, folders, every):
    import_rule_modules()
    known = tomllib.loads(pathlib.Path(known_path).read_text("utf-8")).get("alarm", [])
    met = [0] * len(known)
    unknown = 0
    count = collections.Counter()
    for folder in map(pathlib.Path, folders):
        for path in sorted(folder.rglob("*.pdf")):
            name = path.relative_to(folder).as_posix()
            for checker, found in CHECKERS.items():
                for rule, words in found(path):
                    count[name, checker, rule] += 1
                    places = [
                        at for at, alarm in enumerate(known)
                        if (alarm["checker"], alarm["rule"]) == (checker, rule)
                        and any(fnmatch.fnmatch(name, pattern) for pattern in alarm["documents"])
                        and alarm.get("says", "") in words
                    ]
                    for at in places:
                        met[at] += 1
                    if not places:
                        unknown += 1
                        print(f"{name}: {checker} {rule}: {words}")
            count[name, "", ""] += 0
    for alarm, times in zip(known, met):
        if every and times == 0:
            unknown += 1
            print(f"{known_path}: {alarm['checker']} {alarm['rule']} is no longer found: {alarm['documents']}")
    documents = {name for name, _, _ in count}
    print(f"{len(documents)} PDFs, {sum(met)} findings known as false alarms, {unknown} not")
    for (name, checker, rule), times in sorted(count.items()):
        if times:
            print(f"  {name} {checker} {rule} {times}")
    return 0 if unknown == 0 and documents else 1


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--every"]
    sys.exit(main(arguments[0], arguments[1:], "--every" in sys.argv))
