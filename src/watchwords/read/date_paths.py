"""Dates in addresses, file names and folders."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from watchwords.read.date_forms import DateForm, Partial, settle

_CRAWL = re.compile(r"crawl|scrap|download|dump|snapshot|fetch|backup|export|wayback|harvest", re.I)
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d|21\d\d)"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_END = r"(?![0-9A-Za-z])"

_NAMES = tuple(
    re.compile(pattern)
    for pattern in [
        rf"(?<![0-9A-Za-z]){_YEAR}(?P<s>[-_.]){_MONTH}(?P=s){_DAY}(?!\d)",
        rf"(?<![0-9A-Za-z])t?{_YEAR}{_MONTH}{_DAY}(?:\d{{6}})?{_END}",
        rf"(?<!\d){_YEAR}年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日",
        rf"^{_YEAR}[-_.]{_MONTH}{_END}",
        rf"[-_ ]{_YEAR}[-_.]{_MONTH}$",
        rf"^{_YEAR}[-_ ](?=\D)",
        rf"^{_YEAR}$",
    ]
)
_FOLDERS = tuple(
    re.compile(pattern)
    for pattern in [
        rf"(?:^|/){_YEAR}[-_.]?{_MONTH}[-_./]?{_DAY}(?=/)",
        rf"(?:^|/){_YEAR}/{_MONTH}[-_/]?{_DAY}(?=/)",
        rf"(?:^|/){_YEAR}/(?P<m>[1-9]|1[0-2])/(?P<d>[1-9]|[12]\d|3[01])(?=/)",
        rf"(?:^|/){_YEAR}[-_./]?{_MONTH}(?=/)",
        rf"(?:^|/){_YEAR}年?(?=/)",
    ]
)


@dataclass(frozen=True)
class PathDate:
    """A date in a path: its parts, and whether address, file name or folder gave it."""

    parts: Partial
    basis: str
    words: str


def find_path_date(path: str, as_of: date) -> PathDate | None:
    """Find the finest date in an address or a relative path.

    What names a crawl, a download or a backup, and the folders below it, is left out: it says
    when a text was fetched, not when it was written. A number is a date only if it stands alone,
    is possible and is not in the future.

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
    text = path.replace("\\", "/").split("?")[0]
    address = "://" in text
    text = text.split("://", 1)[-1]
    folders, _, name = text.rpartition("/")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    pieces = list(takewhile(lambda piece: not _CRAWL.search(piece), folders.split("/")))
    below = "/".join(pieces) + "/"
    found = [] if _CRAWL.search(stem) else _candidates(_NAMES, stem, basis="file name", as_of=as_of)
    found += _candidates(_FOLDERS, below, basis="folder", as_of=as_of)
    if not found:
        return None
    finest = max(found, key=lambda item: sum(part is not None for part in item.parts))
    if address:
        return PathDate(finest.parts, "url", finest.words)
    return finest


def _candidates(
    patterns: tuple[re.Pattern[str], ...], text: str, *, basis: str, as_of: date
) -> list[PathDate]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            part = match.groupdict()
            month = int(part["m"]) if part.get("m") else None
            day = int(part["d"]) if part.get("d") else None
            form = settle(DateForm(0, 0, (int(part["y"]), month, day)))
            if form is None or form.flags or _begins_after(form.first, as_of):
                continue
            found.append(PathDate(form.first, basis, match.group().strip("/_- t")))
    return found


def _begins_after(parts: Partial, as_of: date) -> bool:
    year, month, day = parts
    return date(year or 1, month or 1, day or 1) > as_of
