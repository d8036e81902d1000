"""Makes files/ScrollbackMissingCharacters.ttf: one box that stands for every character.

Typst draws the empty glyph of a font for a character that no font has, and such a glyph
keeps no text in a PDF, which PDF/A and PDF/UA forbid besides. This font has a glyph for
every character. Typst prefers other fonts to it in a search for one: its family's name is
long, and it calls itself one with serifs.

Needs fontTools 4: python3 crates/fonts/missing_characters.py
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from unicodedata import category

FAMILY = "Scrollback Missing Characters That No Other Font Has"
UNITS = 1000
WIDTH = 600
PLANES = 0x110000


def box():
    """An upright rectangle with a line of 50 units."""
    pen = TTGlyphPen(None)
    for left, bottom, right, top, inner in ((60, 0, 540, 714, False), (110, 50, 490, 664, True)):
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        if inner:
            corners.reverse()
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def is_shown(code):
    """Whether a character has a picture: none of blanks, controls and surrogates."""
    return category(chr(code)) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") and not 0xFE00 <= code <= 0xFE0F


def main():
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": box(), "box": box()})
    builder.setupHorizontalMetrics({".notdef": (WIDTH, 60), "box": (WIDTH, 60)})
    builder.setupHorizontalHeader(ascent=1069, descent=-293)
    builder.setupNameTable({
            "familyName": FAMILY,
            "styleName": "Regular",
            "fullName": FAMILY,
            "psName": "ScrollbackMissingCharacters-Regular",
            "licenseDescription": "MIT",
        })
    # Family kind 2 and serif style 2: a text face with serifs.
    builder.setupOS2(sTypoAscender=1069, sTypoDescender=-293, usWinAscent=1069, usWinDescent=293, sxHeight=536, sCapHeight=714)
    panose = builder.font["OS/2"].panose
    panose.bFamilyType, panose.bSerifStyle = 2, 2
    builder.setupPost()
    # Format 13: ranges of characters that share one glyph.
    subtable = CmapSubtable.newSubtable(13)
    subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
    subtable.cmap = {code: "box" for code in range(PLANES) if is_shown(code)}
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, [subtable]
    builder.font["cmap"] = table
    # The same bytes on every day.
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(Path(__file__).parent / "files" / "ScrollbackMissingCharacters.ttf")


main()
