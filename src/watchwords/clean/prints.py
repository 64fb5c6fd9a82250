"""What is known of each printing of a text: who, where, when, and which text it is."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from watchwords.clean.held_texts import HeldTexts

DAYS_APART = 7
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# An office without its place may be any city's: it is no issuer that could differ from another.
_NAMELESS = re.compile(
    r"(?:the|our|this|an?)\s[^A-Z]*|(?:municipal|provincial|city|county|district|state|local)\s[^A-Z]*|"
    r"[市省县区州镇乡](?:委|政府|人民政府|委员会|人大|政协).{0,8}"
)
_SPANS = {"month": 30, "year": 365}
_UNITS = {"month": "datetime64[M]", "year": "datetime64[Y]"}


@dataclass(frozen=True, eq=False)
class Prints:
    """What is known of each document, in order of precedence: dated before undated, early first.

    A day of 2021 comes before the bare year, which may mean any day; 2020 comes before both.
    """

    ids: list[str]
    text_of: NDArray[np.int64]
    texts: HeldTexts
    langs: list[str]
    issuers: list[str]
    places: list[str]
    sources: list[str]
    events: list[str]
    first_days: list[int | None]
    last_days: list[int | None]


LEAST_CHARACTERS = 12


def normalize_for_duplicates(text: str) -> str:
    """Fold what makes no other text: case and line breaks."""
    return " ".join(text.split()).casefold()


def arrange_prints(documents: pd.DataFrame, printed: pd.Series | Sequence[str]) -> Prints:
    """Put documents into the order of precedence and number their texts.

    Parameters
    ----------
    documents : pandas.DataFrame
        As for `find_copies`.
    printed : pandas.Series or sequence of str
        Their texts.

    Returns
    -------
    Prints
        Without the documents that have no text, or one so short ("Dialogue.") that two
        documents may have it by chance.
    """
    keys: dict[tuple[str, bytes], int] = {}
    text_of: list[int] = []
    texts: list[int] = []
    langs: list[str] = []
    kept: list[int] = []
    order = _precedence(documents)
    every_lang, every_text = documents["lang"].to_numpy(), HeldTexts(printed)
    for at in order.tolist():
        normal = normalize_for_duplicates(every_text[at])
        if len(normal) < LEAST_CHARACTERS:
            continue
        folded = normal.encode("utf-8", "surrogatepass")
        key = (every_lang[at], hashlib.blake2b(folded, digest_size=16).digest())
        text_of.append(keys.setdefault(key, len(keys)))
        kept.append(at)
        if text_of[-1] == len(texts):
            texts.append(at)
            langs.append(every_lang[at])
    places = np.array(kept, np.int64)
    first, last = _days(documents, places)
    return Prints(
        ids=documents["doc_id"].to_numpy()[places].tolist(),
        text_of=np.array(text_of, np.int64),
        texts=HeldTexts(printed, texts),
        langs=langs,
        issuers=[_named(issuer) for issuer in _column(documents, "issuer", places)],
        places=[place.strip().casefold() for place in _column(documents, "place", places)],
        sources=[source.strip().casefold() for source in _column(documents, "source", places)],
        events=_column(documents, "event_date", places),
        first_days=first,
        last_days=last,
    )


def _precedence(documents: pd.DataFrame) -> NDArray[np.int64]:
    """Put early before late, and of dates that may be the same the finer one first."""
    dates = documents["date"].to_numpy().astype("datetime64[D]")
    every = np.arange(len(documents))
    precisions = np.array(_column(documents, "date_precision", every), dtype=object)
    last = dates.copy()
    for precision, unit in _UNITS.items():
        at = (precisions == precision) & ~np.isnat(dates)
        last[at] = (dates[at].astype(unit) + 1).astype("datetime64[D]") - 1
    table = pd.DataFrame({"last": last, "date": dates, "doc_id": documents["doc_id"].to_numpy()})
    ordered = table.sort_values(
        ["last", "date", "doc_id"],
        ascending=[True, False, True],
        kind="stable",
        na_position="last",
    )
    return ordered.index.to_numpy(np.int64)


def _column(documents: pd.DataFrame, name: str, at: NDArray[np.int64]) -> list[str]:
    if name not in documents.columns:
        return [""] * len(at)
    values: list[str] = documents[name].to_numpy()[at].tolist()
    return values


def _named(issuer: str) -> str:
    bare = issuer.strip()
    return "" if _NAMELESS.fullmatch(bare) else bare.casefold()


def _days(
    documents: pd.DataFrame, at: NDArray[np.int64]
) -> tuple[list[int | None], list[int | None]]:
    """Give the first and the last day, counted from 1970, that a document's date may mean."""
    dates = documents["date"].to_numpy()[at].astype("datetime64[D]")
    precisions = _column(documents, "date_precision", at)
    first = [None if np.isnat(day) else int(day.astype(int)) for day in dates]
    last = [
        None if day is None else day + _SPANS.get(precision, 0)
        for day, precision in zip(first, precisions, strict=True)
    ]
    return first, last


def find_conflict(prints: Prints, places: tuple[int, int], *, exact: bool) -> str:
    """Say what is known to differ of who, where and when.

    Parameters
    ----------
    prints : Prints
    places : tuple of two ints
        Two documents.
    exact : bool
        Their texts are the same: then only event dates count, not those of printing.

    Returns
    -------
    str
        "other issuer", "other place", "other event date", "other date", or "".
    """
    here, there = places
    for name, values in (("issuer", prints.issuers), ("place", prints.places)):
        if values[here] and values[there] and values[here] != values[there]:
            return f"other {name}"
    events = prints.events[here], prints.events[there]
    if all(events):
        return "other event date" if _events_differ(*events) else ""
    apart = not exact and _days_between(prints, here, there) > DAYS_APART
    return "other date" if apart else ""


def _events_differ(here: str, there: str) -> bool:
    if _DAY.fullmatch(here) and _DAY.fullmatch(there):
        days = np.array([here, there], "datetime64[D]").astype(int)
        return bool(abs(days[0] - days[1]) > DAYS_APART)
    # Of dates known in part only equal ones are known not to be far apart.
    return here != there


def _days_between(prints: Prints, here: int, there: int) -> int:
    spans = []
    for at in (here, there):
        first, last = prints.first_days[at], prints.last_days[at]
        event = prints.events[at]
        if _DAY.fullmatch(event):
            first = last = int(np.datetime64(event, "D").astype(int))
        if first is None or last is None:
            return 0
        spans.append((first, last))
    (first, last), (other_first, other_last) = spans
    return max(other_first - last, first - other_last)
