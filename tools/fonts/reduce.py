"""Makes the fonts of templates/fonts/ from those of the packages: python3 tools/fonts/reduce.py PACKAGES OUT

PACKAGES is a folder in which these stand (npm install, with the versions that templates/fonts/README.md names):

  @expo-google-fonts/biz-udgothic, biz-udmincho, noto-sans-jp, noto-sans-symbols-2

Needs fontTools 4.68.0, of which another version may write other bytes.

What is taken away is what no document shows. The fonts stand in the program, so each byte of them is a byte of the download:

- hints for the grid of a screen of few dots: a PDF is printed, and a viewer of today smooths by itself;
- what serves lines that run downwards, and letters that only a feature calls which no template asks for;
- the character maps of systems of the past: one map is enough;
- most of that map, since the glyphs follow each other as their characters do;
- of Noto Sans JP, which is asked last, each character that BIZ UD has;
- of Noto Sans Symbols 2 all but five characters.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

WHOLE = {
    "BIZUDGothic-Regular": "biz-udgothic/400Regular/BIZUDGothic_400Regular",
    "BIZUDGothic-Bold": "biz-udgothic/700Bold/BIZUDGothic_700Bold",
    "BIZUDMincho-Regular": "biz-udmincho/400Regular/BIZUDMincho_400Regular",
    "BIZUDMincho-Bold": "biz-udmincho/700Bold/BIZUDMincho_700Bold",
}
FALLBACK = ("NotoSansJP-Regular", "noto-sans-jp/400Regular/NotoSansJP_400Regular")
SYMBOLS = ("HyokaSymbols-Regular", "noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular")

# What a typesetter applies without being asked.
FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig"]
DOWNWARDS = ["vhea", "vmtx", "VORG"]

# The symbols carry a name of their own, so that they are not mistaken for the whole font.
RENAMED = {1: "Hyoka Symbols", 3: "2.008;HyokaSymbols-Regular", 4: "Hyoka Symbols Regular", 6: "HyokaSymbols-Regular"}


def reduced(path, characters, **more):
    """A font with the glyphs of some characters: `characters` says of all that it has which."""
    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False, **more)
    options.drop_tables += DOWNWARDS
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters(set(font.getBestCmap())))
    subsetter.subset(font)
    in_order(font)
    return font, options


def in_order(font):
    """Puts the glyphs in the order of their characters, so that the map from one to the other is a few stretches."""
    by_character = list(dict.fromkeys(glyph for _, glyph in sorted(font.getBestCmap().items())))
    first = font.getGlyphOrder()[:1]
    placed = {*first, *by_character}
    rest = [glyph for glyph in font.getGlyphOrder() if glyph not in placed]
    reorderGlyphs(font, first + [glyph for glyph in by_character if glyph not in first] + rest)
    # The map of all characters has those of the map of the first 65,536.
    maps = font["cmap"].tables
    font["cmap"].tables = [one for one in maps if one.format == 12 and one.platformID == 3] or maps


def main(packages, out):
    scope = packages / "node_modules" / "@expo-google-fonts"
    every = {"layout_features": FEATURES, "name_IDs": ["*"], "name_languages": ["*"]}
    for name, path in WHOLE.items():
        font, options = reduced(scope / f"{path}.ttf", lambda all_of_it: all_of_it, **every)
        subset.save_font(font, out / f"{name}.ttf", options)
    had = set.intersection(*(set(TTFont(scope / f"{path}.ttf").getBestCmap()) for path in WHOLE.values()))
    name, path = FALLBACK
    font, options = reduced(scope / f"{path}.ttf", lambda all_of_it: all_of_it - had, **every)
    subset.save_font(font, out / f"{name}.ttf", options)
    name, path = SYMBOLS
    records = {"layout_features": [], "name_IDs": [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]}
    font, options = reduced(scope / f"{path}.ttf", lambda _: {ord(sign) for sign in "☐☑☒✓✔"}, **records)
    names = font["name"]
    for record in list(names.names):
        if record.nameID in RENAMED:
            names.setName(RENAMED[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    # The trademark stands for the whole font.
    names.removeNames(7)
    subset.save_font(font, out / f"{name}.ttf", options)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
