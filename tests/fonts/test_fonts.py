from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from watchwords import fonts

LATIN = fonts.font_files()


def test_all_weights_are_there():
    assert [path.stem for path in LATIN] == [
        "WatchwordsSans-Bold",
        "WatchwordsSans-Italic",
        "WatchwordsSans-Regular",
        "WatchwordsSans-SemiBold",
        "WatchwordsSerif-Italic",
        "WatchwordsSerif-Regular",
        "WatchwordsSerif-SemiBold",
    ]
    assert sum(path.stat().st_size for path in LATIN) < 1_250_000


@pytest.mark.parametrize("path", LATIN, ids=lambda path: path.stem)
def test_reserved_name_stands_only_in_the_copyright(path: Path):
    with TTFont(path) as font:
        names = font["name"].names
        assert {r.nameID for r in names if "source" in r.toUnicode().lower()} == {0}
        assert font["name"].getDebugName(0).startswith("©")
        assert "Open Font License" in font["name"].getDebugName(13)


@pytest.mark.parametrize(
    ("stem", "weight", "italic"),
    [
        ("WatchwordsSans-Bold", 700, False),
        ("WatchwordsSans-Italic", 400, True),
        ("WatchwordsSans-SemiBold", 600, False),
        ("WatchwordsSerif-Regular", 400, False),
    ],
)
def test_style_is_told_to_those_who_choose_fonts(stem: str, weight: int, italic: bool):
    path = next(path for path in LATIN if path.stem == stem)
    with TTFont(path) as font:
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1)
        assert family == ("Watchwords Sans" if "Sans" in stem else "Watchwords Serif")
        assert font["OS/2"].usWeightClass == weight
        assert bool(font["OS/2"].fsSelection & 1) is italic
        assert bool(font["head"].macStyle & 2) is italic
        assert "fvar" not in font


@pytest.mark.parametrize("path", LATIN, ids=lambda path: path.stem)
def test_every_latin_font_has_what_our_sentences_use(path: Path):
    needed = "AZaz09 éößłŞșŐпрогрессΩβ“”‘’–—…·•†‡×−±≤≥≈≠√∑→←↑↓²³₂½%‰€£¥№«»"
    with TTFont(path) as font:
        covered = font.getBestCmap()
        tags = {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}
        positions = {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}
    assert [c for c in needed if ord(c) not in covered] == []
    assert {"liga", "onum", "pnum", "sups"} <= tags
    assert "kern" in positions


@pytest.mark.parametrize("path", LATIN, ids=lambda path: path.stem)
def test_figures_are_tabular_by_default(path: Path):
    with TTFont(path) as font:
        widths = [font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"]
    # Interpolation between masters rounds: one thousandth of an em is not seen.
    assert max(widths) - min(widths) <= 1


def test_chinese_fonts_have_both_faces():
    families = []
    for path in fonts.chinese_fonts():
        with TTFont(path) as font:
            families.append(font["name"].getDebugName(16) or font["name"].getDebugName(1))
            assert {ord(c) for c in "两个维护高质量发展，。《》"} <= set(font.getBestCmap())
    assert families == [fonts.CHINESE_SANS, fonts.CHINESE_SERIF]


def test_covered_characters_is_the_union():
    covered = fonts.covered_characters()
    assert {ord(c) for c in "aș强Ж≤"} <= covered
    assert 0x1F600 not in covered
    assert fonts.covered_characters() is covered


def test_licence_travels_with_the_fonts():
    text = (Path(fonts.__file__).parent / "OFL.txt").read_text(encoding="utf-8")
    assert text.count("SIL OPEN FONT LICENSE Version 1.1") == 2
    assert "Reserved Font Name 'Source'" in text
