"""Characters that no font of a brief covers: shown as a box, counted, named."""

import unicodedata
from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Any

SUBSTITUTES = "□▯◻■?"
NOT_PRINTED = frozenset({"svg", "url"})
_INVISIBLE = frozenset({"Cc", "Cf"})
_LINE = frozenset(map(ord, "\n\t"))


def keep_covered(
    value: Any,
    covered: AbstractSet[int],
) -> tuple[Any, list[dict[str, Any]]]:
    r"""Replace every character without a glyph by a box, and say which they were.

    Pictures (``svg``) and addresses (``url``) are not text a reader sees and stay as they
    are. Marks without a shape of their own (joiners, direction marks, variation selectors,
    control characters) are left out and not listed; odd blanks become a blank. Where a text has
    a ``mark`` (code points) beside it, the mark moves with it.

    Parameters
    ----------
    value : str, number, None, list or dict
        JSON, such as a whole brief. Not changed.
    covered : set of int
        The code points the fonts have a glyph for.

    Returns
    -------
    value : same as `value`
        With the substitutes.
    lost : list of dict
        Sorted by code point: ``char`` (str), ``name`` (str, its Unicode name), ``n`` (int,
        how often it was replaced).

    Examples
    --------
    >>> covered = set(map(ord, "□ Wording"))
    >>> kept, lost = keep_covered({"title": "Wording \U0001F4C8 \u200bin"}, covered)
    >>> kept
    {'title': 'Wording □ in'}
    >>> [(row["name"], row["n"]) for row in lost]
    [('CHART WITH UPWARDS TREND', 1)]
    """
    box = next((mark for mark in SUBSTITUTES if ord(mark) in covered), "?")
    counts: Counter[str] = Counter()
    kept = _walk(value, covered, (box, counts))
    lost = [
        {"char": char, "name": unicodedata.name(char, f"U+{ord(char):04X}"), "n": counts[char]}
        for char in sorted(counts)
    ]
    return kept, lost


def _walk(
    value: Any,
    covered: AbstractSet[int],
    found: tuple[str, Counter[str]],
) -> Any:
    if isinstance(value, str):
        return _keep_text(value, covered, found)
    if isinstance(value, dict):
        kept = {
            key: inner if key in NOT_PRINTED else _walk(inner, covered, found)
            for key, inner in value.items()
        }
        if isinstance(value.get("mark"), list) and isinstance(value.get("text"), str):
            kept["mark"] = [_kept_length(value["text"][:at], covered) for at in value["mark"]]
        return kept
    if isinstance(value, list | tuple):
        return [_walk(inner, covered, found) for inner in value]
    return value


def _keep_text(text: str, covered: AbstractSet[int], found: tuple[str, Counter[str]]) -> str:
    missing = set(map(ord, text)) - covered - _LINE
    if not missing:
        return text
    box, counts = found
    table = {code: _stand_in(chr(code), box) for code in missing}
    for code in missing:
        if table[code] == box:
            counts[chr(code)] += text.count(chr(code))
    return text.translate(table)


def _kept_length(text: str, covered: AbstractSet[int]) -> int:
    return len(_keep_text(text, covered, ("□", Counter())))


def _stand_in(char: str, box: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("Z"):
        return " "
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return "" if category in _INVISIBLE or is_selector else box
