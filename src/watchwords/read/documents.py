"""Sources to the documents table: date, language and title found, every column in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from watchwords.read.date_paths import find_path_date
from watchwords.read.dates import FoundDate, find_date, find_event_day, parse_date
from watchwords.read.language import find_language
from watchwords.read.outcomes import Source, file_of
from watchwords.read.titles import find_title
from watchwords.schema import TABLES, check_table

TRANSLATIONS = ("original", "official", "machine", "unknown")
_TAKEN = ("doc_id", "date", "event_date", "lang", "title", "translation", "issuer")
_LANGUAGE_NAMES = {
    "english": "en",
    "chinese": "zh",
    "中文": "zh",
    "japanese": "ja",
    "korean": "ko",
    "russian": "ru",
    "arabic": "ar",
    "thai": "th",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
}


@dataclass(frozen=True)
class Note:
    """What was done to read a document, or is odd about it: a code and a detail."""

    path: str
    row: int
    code: str
    detail: str


def build_documents(
    sources: Sequence[Source], *, as_of: date, issuer: str = ""
) -> tuple[pd.DataFrame, list[Note]]:
    """Make the documents table of what was read.

    Parameters
    ----------
    sources : sequence of Source
        In any order; paths are unique.
    as_of : datetime.date
        The day of judgement: later dates are mistakes.
    issuer : str, default ""
        Who speaks, where nothing else says so.

    Returns
    -------
    documents : pandas.DataFrame
        The table ``documents``, sorted by date (undated last) and doc_id, with ``date_text`` (the
        words the date, or what is known of it, was read from) and the carried columns.
    notes : list of Note
        Guessed encodings, odd dates and the like.
    """
    ids = make_doc_ids(sources)
    records: list[dict[str, object]] = []
    notes: list[Note] = []
    for source, doc_id in zip(sources, ids, strict=True):
        record, remarks = _record(source, doc_id, as_of=as_of, issuer=issuer)
        records.append(record)
        notes.extend(Note(source.path, source.row, *remark) for remark in remarks)
    return documents_table(records), notes


def documents_table(records: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Put records into a documents table: every column there, text where nothing is known empty.

    Parameters
    ----------
    records : sequence of dict
        Column to value; ``date`` an ISO day or None.

    Returns
    -------
    pandas.DataFrame
        Sorted by date, undated last, then doc_id.
    """
    spec = [*TABLES["documents"].columns, "date_text"]
    seen = dict.fromkeys(name for record in records for name in record)
    carried = [name for name in seen if name not in spec]
    columns: dict[str, object] = {}
    for name in [*spec, *carried]:
        values = [record.get(name) for record in records]
        if name == "date":
            days = np.array([value or "NaT" for value in values], dtype="datetime64[s]")
            columns[name] = pd.Series(days)
        elif values and all(isinstance(value, bool) for value in values):
            columns[name] = pd.Series(values, dtype="bool")
        else:
            words = ["" if value is None else str(value) for value in values]
            columns[name] = pd.Series(words, dtype="str")
    table = pd.DataFrame(columns).sort_values(
        ["date", "doc_id"], kind="stable", na_position="last", ignore_index=True
    )
    return check_table("documents", table)


def date_fields(found: FoundDate) -> dict[str, object]:
    """Turn a found date into the date columns of a document.

    Parameters
    ----------
    found : FoundDate

    Returns
    -------
    dict
        ``date`` (the first day of what is known, ISO, or None), ``date_precision``,
        ``date_basis``, ``date_role``, ``event_date``, ``edtf``, ``date_text``.
    """
    known = found.date is not None
    return {
        "date": None if found.date is None else (found.date + "-01-01")[:10],
        "date_precision": found.precision,
        "date_basis": found.basis if known else "",
        "date_role": found.role if known else "",
        "event_date": found.event or "",
        "edtf": found.edtf or "",
        "date_text": found.words,
    }


def make_doc_ids(sources: Sequence[Source]) -> list[str]:
    """Give every source a name that a person can read and every machine gives alike.

    A column doc_id is taken as it is; a file is named by its stem, a row by the stem and "#12".
    Names that collide become the relative path without its ending, then the whole path.

    Parameters
    ----------
    sources : sequence of Source
        With unique paths.

    Returns
    -------
    list of str

    Examples
    --------
    >>> paths = ["2019/a.txt", "2020/a.txt", "b.txt", "rows.csv#1"]
    >>> make_doc_ids([Source(path, "", "", row=int(path[-1:] == "1")) for path in paths])
    ['2019/a', '2020/a', 'b', 'rows#1']
    """
    choices = [_names(source) for source in sources]
    level = [0] * len(choices)
    while True:
        names = [names[at] for names, at in zip(choices, level, strict=True)]
        owners: dict[str, list[int]] = {}
        for index, name in enumerate(names):
            owners.setdefault(name, []).append(index)
        moved = False
        for members in owners.values():
            for index in members if len(members) > 1 else ():
                if level[index] < len(choices[index]) - 1:
                    level[index] += 1
                    moved = True
        if not moved:
            return names


def _names(source: Source) -> list[str]:
    path = file_of(source)
    suffix = source.path.removeprefix(path)
    whole = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
    stem = whole.rsplit("/", 1)[-1]
    given = source.fields.get("doc_id", "").strip()
    return ([given] if given else []) + [stem + suffix, whole + suffix, source.path]


def _record(
    source: Source, doc_id: str, *, as_of: date, issuer: str
) -> tuple[dict[str, object], list[tuple[str, str]]]:
    fields, notes = source.fields, list(source.notes)
    one_line = source.row > 0 and "\n" not in source.text.strip()
    title = fields.get("title", "").strip() or ("" if one_line else find_title(source.text))
    lang = _language(fields.get("lang", ""), f"{title}\n{source.text}")
    found = _find_date(source, title, as_of=as_of, lang=lang)
    notes.extend(("date", flag) for flag in found.flags)
    translation = fields.get("translation", "").strip().lower()
    if translation not in TRANSLATIONS:
        notes.extend([("translation", f"{translation!r} is unknown")] if translation else [])
        translation = "unknown"
    carried = {name: value for name, value in fields.items() if name not in _TAKEN}
    record: dict[str, object] = {
        **{name: value for name, value in carried.items() if not name.startswith("path_")},
        **date_fields(found),
        "doc_id": doc_id,
        "lang": lang,
        "title": title,
        "issuer": fields.get("issuer", "").strip() or issuer,
        "translation": translation,
        "path": source.path,
        "text": source.text,
        "sha256": source.sha256,
    }
    if fields.get("event_date", "").strip():
        record["event_date"] = fields["event_date"].strip()
    return record, notes


def _find_date(source: Source, title: str, *, as_of: date, lang: str) -> FoundDate:
    head = source.text if not source.fields.get("title") else f"{title}\n{source.text}"
    value = source.fields.get("date", "").strip()
    if value:
        found = parse_date(value, as_of=as_of, lang=lang)
        event = find_event_day(head, posted=found.date or "", lang=lang)
        return replace(found, event=event)
    path = source.fields.get("path_for_dates", file_of(source))
    url = source.fields.get("url", "").strip()
    if url and find_path_date(url, as_of) is not None:
        path = url
    return find_date(head, path=path, as_of=as_of, lang=lang)


def _language(given: str, text: str) -> str:
    word = given.strip().lower()
    if not word:
        return find_language(text)
    return _LANGUAGE_NAMES.get(word, word.replace("_", "-").split("-")[0])
