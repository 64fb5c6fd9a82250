"""What a report file names, read: documents, watched concepts, names to ignore, a calendar."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from watchwords.briefs.report import TERM_BASES, Report
from watchwords.concepts import read_concepts
from watchwords.corpora import read_corpus
from watchwords.errors import ReportError
from watchwords.events import CALENDARS, read_events
from watchwords.read import Corpus, read_sample
from watchwords.schema import empty_table
from watchwords.terms import read_ignore


def read_source(report: Report) -> Corpus:
    """Read the documents that a report names: a bundled sample, a folder or a table.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Corpus

    Raises
    ------
    ReportError
        If the folder or table is not there.
    """
    if report.sample is not None:
        none = pd.DataFrame(columns=["path", "row", "code", "detail"])
        return Corpus(read_sample(report.sample), empty_table("rejects"), none)
    return read_corpus(
        report.resolve(report.source),
        columns=report.columns or None,
        path_pattern=report.path_pattern,
        metadata=report.resolve(report.metadata) if report.metadata else None,
    )


def read_watched(report: Report) -> pd.DataFrame:
    """Read the watched concepts of a report, none where it names none.

    Parameters
    ----------
    report : Report

    Returns
    -------
    pandas.DataFrame
    """
    if not report.watch:
        return read_concepts(TERM_BASES[0]).iloc[:0]
    return read_concepts(_bundled_or_own(report, report.watch, TERM_BASES))


def read_calendar(report: Report) -> pd.DataFrame:
    """Read the dated events of a report that names a calendar.

    Parameters
    ----------
    report : Report

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    ReportError
        If it names none.
    """
    if not report.events:
        raise ReportError("`events` is not set.")
    return read_events(_bundled_or_own(report, report.events, CALENDARS))


def _bundled_or_own(report: Report, given: str, bundled: Collection[str]) -> str | Path:
    """Take the name of a bundled table as it is, and any other for a file beside the report."""
    return given if given in bundled else report.resolve(given)


def read_ignored(report: Report) -> pd.DataFrame:
    """Read the names and frames that are never headlined.

    Parameters
    ----------
    report : Report

    Returns
    -------
    pandas.DataFrame
    """
    return read_ignore(report.resolve(report.ignore) if report.ignore else None)


def single_names(report: Report) -> list[str]:
    """List the names of one word: they make topics of persons, not of subjects.

    Parameters
    ----------
    report : Report

    Returns
    -------
    list of str
    """
    ignore = read_ignored(report)
    names = ignore.loc[ignore["kind"] == "name", "term"]
    return sorted(name for name in names if " " not in name)
