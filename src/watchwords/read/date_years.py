"""Lines that give a year, or the parts of a date one by one: issues, year lines, day tiles."""

import re

from watchwords.read.date_forms import DateForm, settle
from watchwords.read.date_grammar import find_forms

_YEAR = r"(?:1[5-9]|20|21)\d\d"
_PERIODICAL = (
    r"(?:\b(?:vol(?:ume)?|issue|iss)\b\.?|"
    r"\b(?:journal|bulletin|gazette|magazine|review|newsletter|quarterly|monthly)\b.{0,40}?"
    r"\b(?:no|number)\b\.?)"
)
_ISSUE = re.compile(
    rf"(?i){_PERIODICAL} ?\d+[^\d\[〔]{{1,12}}(?:no\.? ?\d+[^\d\[〔]{{1,6}})?"
    rf"[(（]?(?P<a>{_YEAR})(?!\d| ?[-–]\d)[)）]?"
    rf"|(?<![〔\[(（\d])(?P<b>{_YEAR}) ?年 ?第 ?\d+ ?期"
    rf"|^\W*(?:issue|no)\b\.? ?(?:no\.? ?)?\d+,? \(?(?P<d>{_YEAR})\)?\W*$"
    rf"|(?<![〔\[(（\d])(?P<c>{_YEAR}),? (?:issue|vol(?:ume)?|no)\b\.? ?\d+"
)
_NO_ISSUE = re.compile(
    r"(?i)\b(?:order|decree|announcement|document|notice|resolution|regulation|act|law|case|circular|"
    r"opinion|instruction|bill|decision)\b|令|公告|号"
)
_YEAR_LINE = re.compile(rf"\W*(?P<y>{_YEAR})\W*年?\W*$")
_SEASON = re.compile(
    r"(?i)\W*(?:[a-z ]{0,40}\b(?:newsletter|bulletin|magazine|journal|review|quarterly|digest)\b"
    r"[ ,:|–—-]+)?(?:(?:spring|summer|autumn|fall|winter)"
    r"(?:[/-](?:summer|autumn|fall|winter|spring))?(?: issue| edition)?"
    rf"(?: of|,)? (?P<c>{_YEAR})|(?:q[1-4]|"
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter|week \d\d?|"
    r"(?:spring|summer|autumn|fall|winter|michaelmas|hilary|trinity|lent) term)"
    rf"(?: issue| edition)?(?: of|,)? (?P<a>{_YEAR})|(?P<b>{_YEAR}) ?(?:年? ?第?[一二三四1-4]季度|"
    r"年第?\d\d?周|"
    r"年?[春夏秋冬]季?(?:号|刊)?| ?,? ?(?:q[1-4]|spring|summer|autumn|fall|winter)))"
    r"(?: issue| edition)?\W*$"
)
_ZH_YEAR_LINE = re.compile(r"\W*(?P<y>[一二][〇○零ＯO一二三四五六七八九]{3})年\W*$")
_EIGHT_LINE = re.compile(r"\W*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T\d{4,6}Z?)?\W*$")
_DIGITS = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
}
_TILE = re.compile(
    r"(?:(?P<d>\d{1,2}) (?P<y>20\d\d)[-/.](?P<m>\d\d)|(?P<m2>\d\d)[-/](?P<d2>\d\d) (?P<y2>20\d\d)"
    r"|(?P<y3>20\d\d) (?P<m3>\d\d)[-/.](?P<d3>\d\d))(?: \d\d:\d\d(?::\d\d)?)?"
)
MAX_TILE = 9


def find_issue(line: str) -> re.Match[str] | None:
    """Match the year of an issue: "Vol. 20 No. 3 (2021)", 2021年第3期; no number of a decree."""
    if not any(map(str.isdigit, line)) or _NO_ISSUE.search(line):
        return None
    return _ISSUE.search(line)


def find_numbered(line: str) -> DateForm | None:
    """Read a line that is a year, a season or quarter of one, an issue, or eight figures."""
    whole = _EIGHT_LINE.match(line)
    if whole:
        parts = (int(whole["y"]), int(whole["m"]), int(whole["d"]))
        form = settle(DateForm(0, len(line), parts))
        return None if form is None or form.flags else form
    alone = _YEAR_LINE.match(line) or _SEASON.match(line) or _ZH_YEAR_LINE.match(line)
    match = alone or find_issue(line)
    if match is None:
        return None
    group = next(name for name, text in match.groupdict().items() if text)
    start, end = match.span(group)
    year = int("".join(_DIGITS.get(sign, sign) for sign in match[group]))
    return DateForm(start, end, (year, None, None))


def join_tile(lines: list[str]) -> list[str]:
    """Join the parts of a date that stand one below the other: "03", "Feb", "2021".

    A number below a line that ends in a colon is left out: it is what the line counts.
    """
    joined: list[str] = []
    at = 0
    while at < len(lines):
        n_parts = _tile_length(lines, at)
        if n_parts > 1:
            joined.append(_tile(lines[at : at + n_parts]))
        elif not (at and _YEAR_LINE.match(lines[at]) and _counts(lines[at - 1])):
            joined.append(lines[at])
        at += n_parts
    return joined


def _counts(line: str) -> bool:
    return line.rstrip().endswith(":") and not re.search(r"(?i)date|time|publish|日期|时间", line)


def _tile_length(lines: list[str], at: int) -> int:
    for n_parts in (3, 2):
        parts = lines[at : at + n_parts]
        if len(parts) < n_parts or len(parts[0]) > MAX_TILE:
            continue
        if all(len(part.strip()) <= MAX_TILE for part in parts) and _tile(parts):
            return n_parts
    return 1


def _tile(parts: list[str]) -> str:
    text = " ".join(part.strip() for part in parts)
    match = _TILE.fullmatch(text)
    if match:
        year, month, day = (
            next(text for name, text in match.groupdict().items() if text and name[0] == letter)
            for letter in "ymd"
        )
        return f"{year}-{month}-{int(day):02d}"
    forms = find_forms(text) if text[-1:].isdigit() else []
    whole = len(forms) == 1 and (forms[0].start, forms[0].end) == (0, len(text))
    return text if whole and forms[0].kind == "ymd" else ""
