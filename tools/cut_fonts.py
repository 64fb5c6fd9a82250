"""Cut the fonts of the package out of the variable fonts on PyPI.

Run by hand, when a weight or a character is missing; the result is in the repository:

    pip download --no-deps fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52 -d wheels
    python tools/cut_fonts.py wheels

Same wheels and same fontTools, same bytes.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._n_a_m_e import table__n_a_m_e
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parents[1] / "src" / "watchwords" / "fonts"
# Seconds since 1904, as the head table counts: 2025-01-01. A clock here would change every byte.
MODIFIED = 3_818_448_000
# Copyright, licence and its address, maker, designer: what must be handed on untouched.
KEPT_NAMES = frozenset({0, 8, 9, 11, 12, 13, 14})
FEATURES = [
    *("ccmp", "locl", "mark", "mkmk", "kern", "liga", "case", "ordn"),
    *("lnum", "onum", "pnum", "tnum", "sups", "subs", "sinf", "frac", "numr", "dnom"),
]
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x0192, 0x0192),  # florin
    (0x01CD, 0x01DC),  # pinyin with carons
    (0x01E6, 0x01F5),  # further carons and acutes
    (0x0218, 0x021B),  # Romanian commas
    (0x02B0, 0x036F),  # modifier letters, combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x0491),  # Ukrainian ghe
    (0x1E9E, 0x1EF9),  # capital sharp s, Vietnamese
    (0x2000, 0x209F),  # punctuation, superscripts, subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # numero, trade mark, fractions
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x25A0, 0x25FF),  # squares, circles, triangles
    (0x2713, 0x2717),  # tick and cross
    (0xFB00, 0xFB04),  # ligatures
)


@dataclass(frozen=True)
class Cut:
    """One static font: which file of which wheel, at which place on the axes."""

    wheel: str
    source: str
    family: str
    style: str
    axes: dict[str, float]

    @property
    def file(self) -> str:
        """Name of the file, and PostScript name of the font, without the ending."""
        return f"{self.family.replace(' ', '')}-{self.style.replace(' ', '')}"


def _cuts() -> list[Cut]:
    serif = ("fontpkg_source_serif_4", "SourceSerif4{}[opsz,wght].ttf", "Watchwords Serif")
    sans = ("fontpkg_source_sans_3", "SourceSans3{}[wght].ttf", "Watchwords Sans")
    styles = {"Regular": 400.0, "Italic": 400.0, "SemiBold": 600.0, "Bold": 700.0}
    cuts = []
    for wheel, source, family in (serif, sans):
        for style, weight in styles.items():
            if (family, style) == ("Watchwords Serif", "Bold"):
                continue
            axes = {"wght": weight, **({"opsz": 12.0} if "opsz" in source else {})}
            slant = "-Italic" if style == "Italic" else ""
            cuts.append(Cut(wheel, source.format(slant), family, style, axes))
    return cuts


def cut_font(variable: bytes, cut: Cut) -> bytes:
    """Make one static subset with our name from a variable font."""
    font = TTFont(io.BytesIO(variable), recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in BLOCKS for c in range(first, last + 1)])
    subsetter.subset(font)
    font = instantiateVariableFont(font, cut.axes, updateFontNames=False)
    del font["STAT"]
    _rename(font["name"], cut)
    _mark_style(font, cut)
    font["head"].modified = MODIFIED
    stream = io.BytesIO()
    font.save(stream, reorderTables=True)
    return stream.getvalue()


def _rename(names: table__n_a_m_e, cut: Cut) -> None:
    version = names.getDebugName(5).split(";")[0].removeprefix("Version ")
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    plain = cut.style in {"Regular", "Italic", "Bold"}
    texts = {
        1: cut.family if plain else f"{cut.family} {cut.style}",
        2: cut.style if plain else "Regular",
        3: f"{version};{cut.file}",
        4: f"{cut.family} {cut.style}",
        5: f"Version {version}",
        6: cut.file,
        10: "A static subset, renamed, for the Python package watchwords.",
    }
    if not plain:
        texts |= {16: cut.family, 17: cut.style}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    names.names.sort()


def _mark_style(font: TTFont, cut: Cut) -> None:
    italic, bold = cut.style == "Italic", cut.style == "Bold"
    font["OS/2"].usWeightClass = int(cut.axes["wght"])
    regular = not italic and not bold
    kept = font["OS/2"].fsSelection & ~0b0110_0001
    font["OS/2"].fsSelection = kept | italic | bold << 5 | regular << 6
    font["head"].macStyle = bold | italic << 1


def main(wheels: Path) -> None:
    """Write every cut, and the licence, beside the package's `fonts/__init__.py`."""
    licences = []
    opened = {
        name: ZipFile(next(iter(sorted(wheels.glob(f"{name}-*.whl")))))
        for name in ("fontpkg_source_serif_4", "fontpkg_source_sans_3")
    }
    for name, wheel in opened.items():
        licences.append(wheel.read(f"{name}/LICENSE").decode().replace("\r\n", "\n").strip())
    for cut in _cuts():
        variable = opened[cut.wheel].read(f"{cut.wheel}/files/{cut.source}")
        (FOLDER / f"{cut.file}.ttf").write_bytes(cut_font(variable, cut))
    rule = "\n\n" + "=" * 60 + "\n\n"
    heads = ("Watchwords Serif, from Source Serif 4", "Watchwords Sans, from Source Sans 3")
    texts = [f"{head}\n\n{text}" for head, text in zip(heads, licences, strict=True)]
    (FOLDER / "OFL.txt").write_text(rule.join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
