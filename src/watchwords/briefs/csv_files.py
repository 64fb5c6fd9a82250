"""Every table behind a brief, as a CSV file."""

from pathlib import Path
from typing import Any

import pandas as pd

from watchwords.briefs.evidence import printed_date
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
            write_csv(work.table(name), folder / f"{file}.csv")


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
            dates = zip(rows["date"], rows["date_precision"], strict=True)
            rows = rows.assign(date=[printed_date(day, precision) for day, precision in dates])
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


def n_words(work: Workspace) -> int:
    """Count the words (or characters) of the documents that count.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    int
    """
    units = pd.Series(work.tokens.n_units(), work.tokens.documents["doc_id"])
    return int(units[work.counted["doc_id"]].sum())
