"""Dates in addresses, file names and folders."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from watchwords.read.date_forms import DateForm, Partial, first_day, month_number, settle
from watchwords.read.date_grammar import find_forms

_CRAWL = re.compile(
    r"crawl|cc-main|warc|scrap|download|dump|snapshot|fetch|backup|export|wayback|harvest", re.I
)
# In one's own files and folders; in an address, "archive" is where posts lie.
_KEPT = re.compile(
    r"(?<![a-z])(?:retriev[a-z]*|accessed|access[-_ ](?:date|day|on|time)|saved|archiv[a-z]*|"
    r"captur[a-z]*|wget|(?<!daily[-_ ])(?<!sunday[-_ ])mirror(?:s|ed|ing)?|translat[a-z]*|ocr|"
    r"scan(?:s|ned|ning|ner)?)(?![a-z])",
    re.I,
)
_RECALLS = re.compile(
    r"(?i)(?<![a-z])(?:remember(?:s|ed|ing)?|commemorat[a-z]*|anniversary|in[-_ ]memor(?:y|iam)|"
    r"born|died|death[-_ ]of|tribute|since|before|after)(?![a-z])|纪念|周年|逝世|诞辰|诞生"
)
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d|21\d\d)"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_END = r"(?![0-9A-Za-z])"

_OPENS = r"(?<![0-9A-Za-z])"
_NAMES = tuple(
    re.compile(pattern)
    for pattern in [
        rf"{_OPENS}(?<!\d[-_.]){_YEAR}(?P<s>[-_.]){_MONTH}(?P=s){_DAY}(?!\d|[-_.]\d{{2}}(?!\d))",
        rf"{_OPENS}{_YEAR}(?P<s>[-_.])(?P<m>[1-9]|1[0-2])(?P=s)(?P<d>[1-9]|[12]\d|3[01])(?!\d)",
        rf"{_OPENS}t?{_YEAR}{_MONTH}{_DAY}(?:\d{{6}})?{_END}",
        rf"(?<!\d){_YEAR}年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日",
        rf"(?<!\d){_YEAR}年(?P<m>\d{{1,2}})月(?![\d至到—–-])",
        rf"^{_YEAR}[-_.]{_MONTH}{_END}(?![-_.]\d)",
        rf"[-_ ]{_YEAR}[-_.]{_MONTH}$",
    ]
)
_FILE_NAMES = (re.compile(rf"^{_YEAR}[-_ ](?=\D)"), re.compile(rf"^{_YEAR}$"))
_ADDRESS_NAMES = tuple(
    re.compile(pattern)
    for pattern in [
        rf"^{_YEAR}{_MONTH}{_DAY}[A-Z]\d",
        rf"^[PW]0{_YEAR}{_MONTH}{_DAY}\d{{3,}}",
    ]
)
_NAMED = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_FOLDERS = tuple(
    re.compile(pattern)
    for pattern in [
        rf"(?:^|/){_YEAR}[-_.]?{_MONTH}[-_./]?{_DAY}(?=/)",
        rf"(?:^|/){_YEAR}/{_MONTH}[-_/]?{_DAY}(?=/)",
        rf"(?:^|/){_YEAR}[-_/](?P<m>[1-9]|1[0-2])[-_/](?P<d>[1-9]|[12]\d|3[01])(?=/)",
        rf"(?:^|/){_YEAR}/(?P<name>{_NAMED})[a-z]{{0,6}}/(?P<d>\d{{1,2}})(?=/)",
        rf"(?:^|/){_YEAR}年?/?(?P<m>0?[1-9]|1[0-2])月/?(?P<d>0?[1-9]|[12]\d|3[01])日(?=/)",
        rf"(?:^|/){_YEAR}年?/?(?P<m>0?[1-9]|1[0-2])月(?:份)?(?=/)",
        rf"(?:^|/){_YEAR}[-_./]?{_MONTH}(?=/)",
        rf"(?:^|/){_YEAR}[-_/](?P<m>[1-9])(?=/)",
        rf"(?:^|/)(?<!info/){_YEAR}年?(?=/)",
    ]
)
_DAY_NAME = re.compile(r"(?:0[1-9]|[12]\d|3[01])日?")
_MONTH_FOLDER = re.compile(rf"(?:^|/){_YEAR}[-_./]?{_MONTH}/$")
_SHORT_DATE = re.compile(
    r"(?<!\d)(?P<y>1[5-9]\d\d|2[01]\d\d)(?:(?P<s>[-_.])(?P<m>0?[1-9]|1[0-2])(?P=s)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|[1-9])|(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))(?!\d)"
)
_FIGURE = re.compile(r"[12]\d{3}")
_HAS_WORDS = re.compile(r"[^\W\d_]")
_QUERY = re.compile(r"(?:^|&)(?:date|day|pub_?date|publish_?date)=([12][-\d/]{7,9})(?=&|$)")
MAX_PATH = 500


@dataclass(frozen=True)
class PathDate:
    """A date in a path: its parts, and whether address, file name or folder gave it."""

    parts: Partial
    basis: str
    words: str


def find_path_date(path: str, as_of: date) -> PathDate | None:
    """Find the finest date in an address or a relative path.

    What names a crawl, a download, a scan or a translation, and the folders below it, is left
    out: it says when a text was fetched or made, not when it was written; so is a file directly
    in such a folder whose name is a date and nothing else. A number is a date only if it stands
    alone, is possible and is not in the future. Of two days in one file name, what they share
    is kept. In an address, "archive" and the like say nothing of the day.

    Parameters
    ----------
    path : str
        "corpus/2022/08/x.txt", "2022-08-23_x.txt" or an address.
    as_of : datetime.date
        No later date is one.

    Returns
    -------
    PathDate or None

    Examples
    --------
    >>> find_path_date("corpus/2022/08/x.txt", date(2026, 11, 21))
    PathDate(parts=(2022, 8, None), basis='folder', words='2022/08')
    >>> find_path_date("crawl-2024-05-01/000123.txt", date(2026, 11, 21)) is None
    True
    """
    text, _, query = path[-MAX_PATH:].replace("\\", "/").partition("?")
    address = "://" in text
    text = text.rsplit("://", 1)[-1]
    folders, _, name = text.rpartition("/")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    parents = folders.split("/")
    pieces = list(takewhile(lambda piece: not _is_fetched(piece, address=address), parents))
    below = "/".join(pieces) + "/"
    if _DAY_NAME.fullmatch(stem) and _MONTH_FOLDER.search(below):
        below += f"{stem.rstrip('日')}/"
    found = []
    bare = not address and not _HAS_WORDS.search(stem) and _is_fetched(parents[-1], address=False)
    if not bare and not _is_fetched(stem, address=address):
        found = _in_name(stem, query, as_of)
        names = _ADDRESS_NAMES if address else _FILE_NAMES
        found += _candidates(names, stem, basis="file name", as_of=as_of)
        found = _shared(stem, found, as_of)
    found += _candidates(_FOLDERS, below, basis="folder", as_of=as_of)
    if not found:
        return None
    finest = max(found, key=lambda item: sum(part is not None for part in item.parts))
    if address:
        return PathDate(finest.parts, "url", finest.words)
    return finest


def _is_fetched(piece: str, *, address: bool) -> bool:
    """Say whether a piece of a path names a crawl or, in one's own folders, a scan."""
    return bool(_CRAWL.search(piece)) or (not address and _KEPT.search(piece) is not None)


def _shared(stem: str, found: list[PathDate], as_of: date) -> list[PathDate]:
    """Keep of two days in one name what they share, and of a day that is recalled nothing."""
    days = {item.parts for item in found if item.parts[1] is not None}
    for hit in _SHORT_DATE.finditer(stem):
        part = {key: int(hit[key]) for key in ("y", "m", "m2", "d", "d2") if hit[key]}
        days.add((part["y"], part.get("m", part.get("m2")), part.get("d", part.get("d2"))))
    recalled = _RECALLS.search(stem)
    if days and recalled and not _FIGURE.search(stem[: recalled.start()]):
        return []
    finest = {day for day in days if day[2] is not None or not _is_refined(day, days)}
    if len(finest) < 2:
        return found
    if len({day[0] for day in finest}) > 1:
        return []
    first = min(finest, key=str)
    month = first[1] if len({day[1] for day in finest}) == 1 else None
    shared = (first[0], month, None)
    return [] if first_day(shared) > as_of else [PathDate(shared, "file name", stem)]


def _is_refined(day: Partial, days: set[Partial]) -> bool:
    return any(other[:2] == day[:2] and other[2] is not None for other in days)


def _in_name(stem: str, query: str, as_of: date) -> list[PathDate]:
    """Find the dates of a file name, and of a query that names one."""
    found = _candidates(_NAMES, stem, basis="file name", as_of=as_of)
    asked = _QUERY.search(query)
    if asked:
        found += _candidates(_NAMES, asked[1].replace("/", "-"), basis="file name", as_of=as_of)
    if any(len(item.words) == len("2021-02-03") for item in found):
        return found
    for form in find_forms(stem.replace("_", " ").title()):
        whole = form.kind == "ymd" and form.last is None and not form.flags
        if whole and not first_day(form.first) > as_of:
            found.append(PathDate(form.first, "file name", stem))
    return found


def _candidates(
    patterns: tuple[re.Pattern[str], ...], text: str, *, basis: str, as_of: date
) -> list[PathDate]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            part = match.groupdict()
            month = int(part["m"]) if part.get("m") else None
            month = month_number(part["name"]) if part.get("name") else month
            day = int(part["d"]) if part.get("d") else None
            form = settle(DateForm(0, 0, (int(part["y"]), month, day)))
            if form is None or form.flags or first_day(form.first) > as_of:
                continue
            found.append(PathDate(form.first, basis, match.group().strip("/_- t")))
    return found
