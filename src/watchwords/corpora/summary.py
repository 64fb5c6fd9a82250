"""What was read, line by line: counts with what they count, for a terminal or a notebook."""

from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from watchwords.read.corpus import Corpus
from watchwords.read.outcomes import drop_row

_NAMED = 5
_PRECISIONS = ("day", "month", "year")


@dataclass(frozen=True)
class Line:
    """A count and what it counts; `tone` is "plain", "strong" or "bad"."""

    n: int
    words: str
    tone: str = "plain"


def summarize_corpus(corpus: Corpus) -> list[Line]:
    """Sum up a corpus: documents, formats, languages, dates, copies, guesses and rejects.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    list of Line
        In the order in which they are to be read. Names in them may hold any character.
    """
    documents = corpus.documents
    lines = [Line(len(documents), "documents", "strong")]
    lines += _formats(documents["path"])
    lines += _dates(documents)
    for lang, n in documents["lang"].value_counts().sort_index().items():
        known = f"in language {lang}" if lang not in {"", "und"} else "in an unknown language"
        lines.append(Line(int(n), known))
    copies = int((documents["duplicate_of"] != "").sum())
    if copies:
        lines.append(Line(copies, "copies of others, not counted"))
    lines += _examples(corpus.notes[corpus.notes["code"] != "date"], "code", "noted")
    lines += _examples(corpus.rejects, "reason", "rejected")
    return lines


def _formats(paths: pd.Series) -> list[Line]:
    endings = paths.map(lambda path: PurePosixPath(drop_row(path)).suffix.lower())
    counts = endings[endings != ""].value_counts().sort_index()
    if len(counts) < 2:
        return []
    return [Line(int(n), f"from {ending} files") for ending, n in counts.items()]


def _dates(documents: pd.DataFrame) -> list[Line]:
    dated = documents[documents["date"].notna()]
    lines = []
    if len(dated):
        span = f"{dated['date'].min():%Y-%m-%d} to {dated['date'].max():%Y-%m-%d}"
        lines.append(Line(len(dated), f"with a date, {span}"))
    counts = dated["date_precision"].value_counts()
    for precision in _PRECISIONS[1:]:
        if counts.get(precision, 0):
            lines.append(Line(int(counts[precision]), f"of them known by {precision} only"))
    undated = documents.loc[documents["date"].isna(), ["path", "doc_id"]]
    if len(undated):
        names = [path or doc_id for path, doc_id in undated.itertuples(index=False)]
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        lines.append(Line(len(names), f"undated: {', '.join(names[:_NAMED])}{more}"))
    return lines


def _examples(table: pd.DataFrame, column: str, word: str) -> list[Line]:
    """Count by reason, with one example each."""
    lines = []
    for reason, rows in table.groupby(column, sort=True):
        path, row, detail = rows[["path", "row", "detail"]].iloc[0]
        where = f"{path}#{row}" if row and word == "rejected" else path
        words = f"{word} ({reason}), such as {where}: {detail}"
        lines.append(Line(len(rows), words, "bad" if word == "rejected" else "plain"))
    return lines
