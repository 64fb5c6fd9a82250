"""Every table behind a brief, as a CSV file."""

from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.briefs.evidence import printed_dates
from watchwords.briefs.workspace import Workspace
from watchwords.spreadsheets import write_csv

_EVIDENCE = (
    *("evidence_id", "finding", "item", "doc_id", "date", "date_basis", "issuer"),
    *("form", "start", "end", "sentence", "path", "url"),
)


def write_tables(work: Workspace, brief: dict[str, Any], folder: Path) -> None:
    """Write every table behind a brief.

    Parameters
    ----------
    work : Workspace
    brief : dict
        The brief, for the evidence behind its numbers.
    folder : Path
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(evidence_table(work, brief), folder / "evidence.csv")
    names = {
        "documents": "documents",
        "rejects": "rejects",
        "removed": "removed",
        "copies": "copies",
        "lengths": "lengths",
        "anachronisms": "anachronisms",
        "trends": "trends",
        "rates": "rates",
        "concept_summary": "concepts",
        "hits": "hits",
        "coinages": "review",
        "keyness": "keyness",
        "events": "events",
        "topic_labels": "topics",
        "topic_terms": "topic_terms",
        "topic_rates": "topic_rates",
    }
    for name, file in names.items():
        if work.has(name):
            write_csv(exactly_dated(work.table(name), work.documents), folder / f"{file}.csv")


_DATED_BY = {
    "date": ("date_precision", "doc_id"),
    "first_seen": ("first_precision", "first_doc"),
    "last_seen": ("last_precision", "last_doc"),
}


def exactly_dated(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Print the dates of documents as exactly as they are known: 2016, 2016-03 or 2016-03-05.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table behind a brief; how exact a date is stands in a column beside it, or is that of
        the document that the row names.
    documents : pandas.DataFrame
        The documents, with ``doc_id`` and ``date_precision``.

    Returns
    -------
    pandas.DataFrame
        With text instead of those dates; other dates, such as those of events, are as they were.

    Examples
    --------
    >>> known = pd.DataFrame({"doc_id": ["a"], "date_precision": ["year"]})
    >>> table = pd.DataFrame({"doc_id": ["a"], "date": pd.to_datetime(["2016-01-01"])})
    >>> exactly_dated(table, known)["date"].tolist()
    ['2016']
    """
    precision = documents.drop_duplicates("doc_id").set_index("doc_id")["date_precision"]
    printed = {}
    for column, (exact, doc) in _DATED_BY.items():
        if column in table and exact in table:
            printed[column] = printed_dates(table[column], table[exact])
        elif column in table and doc in table:
            printed[column] = printed_dates(table[column], table[doc].map(precision).fillna("day"))
    return table.assign(**printed)


def evidence_table(work: Workspace, brief: dict[str, Any]) -> pd.DataFrame:
    """List every hit behind every number of a brief.

    Parameters
    ----------
    work : Workspace
    brief : dict
        The brief. Lists that a notebook of the user brought are taken as they are.

    Returns
    -------
    pandas.DataFrame
        One row a hit: ``evidence_id``, ``finding`` (F1 … where it stands behind a finding),
        ``item``, ``doc_id``, ``date``, ``date_basis``, ``issuer``, ``form``, ``start``, ``end``,
        ``sentence``, ``path``, ``url``.
    """
    findings = _behind_findings(brief)
    frames = []
    for key, listed in sorted(brief["evidence"].items()):
        rows = work.evidence.get(key)
        if rows is None:
            rows = pd.DataFrame(listed["rows"]).assign(item=listed["title"])
        else:
            rows = rows.assign(date=printed_dates(rows["date"], rows["date_precision"]))
        frames.append(rows.assign(evidence_id=key, finding=findings.get(key, "")))
    every = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_EVIDENCE)
    return every.reindex(columns=list(_EVIDENCE))


def _behind_findings(brief: dict[str, Any]) -> dict[str, str]:
    behind: dict[str, str] = {}
    for exhibit in brief["exhibits"]:
        if exhibit["kind"] == "finding":
            for segment in exhibit["segments"]:
                if isinstance(segment, dict) and segment.get("evidence"):
                    behind.setdefault(segment["evidence"], exhibit["id"])
    return behind


def n_words(work: Workspace, lang: str = "") -> int:
    """Count the words (or characters) of the documents that count.

    Parameters
    ----------
    work : Workspace
    lang : str, optional
        Of the documents; default all.

    Returns
    -------
    int
    """
    units = pd.Series(work.tokens.n_units(), work.tokens.documents["doc_id"])
    counted = work.counted[work.counted["lang"] == lang] if lang else work.counted
    return int(units[counted["doc_id"]].sum())
