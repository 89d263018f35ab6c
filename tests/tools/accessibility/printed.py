"""Looks at HTML pages as a browser printed them: no last page with only a line or two on it.

Usage: printed.py FOLDER
Exit code: 0 as it should be, 1 a page that is nearly empty.
"""

import pathlib
import sys

import pymupdf

#: Fewest lines that a last page may have.
LINES = 3


def main(folder):
    wrong = 0
    for path in sorted(pathlib.Path(folder).glob("*.pdf")):
        document = pymupdf.open(path)
        lines = [line for line in document[-1].get_text().splitlines() if line.strip()]
        if len(document) > 1 and len(lines) < LINES:
            wrong += 1
            print(f"{path.name}: page {len(document)} has only 「{' / '.join(lines)}」")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
