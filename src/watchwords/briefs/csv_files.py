"""Tables to CSV files that a spreadsheet opens as they are, and runs nothing of."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from watchwords.briefs.evidence import printed_date
from watchwords.briefs.workspace import Workspace

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")

_EVIDENCE = (
    *("evidence_id", "finding", "item", "doc_id", "date", "date_basis", "issuer"),
    *("form", "start", "end", "sentence", "path", "url"),
)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 with a byte-order mark, formulas disarmed.

    A text that a spreadsheet would read as a formula gets an apostrophe in front; numbers are
    untouched. Dates are ISO days; a list is written as JSON.

    Parameters
    ----------
    table : pandas.DataFrame
    path : Path
    """
    out = table.copy()
    for column in out.columns:
        if pd.api.types.is_datetime64_any_dtype(out[column]):
            out[column] = out[column].dt.strftime("%Y-%m-%d")
        elif out[column].dtype == np.object_ or isinstance(out[column].dtype, pd.StringDtype):
            out[column] = out[column].map(_plain)
    out.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return json.dumps(_listed(value), ensure_ascii=False)
    if isinstance(value, str) and value.strip(" \u3000").startswith(_TRIGGERS):
        return "'" + value
    return value


def _listed(value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return list(value.values())
    return value.item() if isinstance(value, np.generic) else value


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
        "trends": "trends",
        "rates": "rates",
        "concept_summary": "concepts",
        "hits": "hits",
        "coinages": "review",
        "keyness": "keyness",
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
