"""The report file: what a brief is made from, validated before anything starts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
)

from watchwords.briefs.compare import Compare
from watchwords.briefs.strict_yaml import read_scalar, read_yaml
from watchwords.errors import ReportError, WatchwordsError, nearest
from watchwords.events import CALENDARS
from watchwords.periods import parse_freq, period_word
from watchwords.plurals import plural_of
from watchwords.schema import TABLES

SAMPLES = ("state-of-the-union", "municipal")
TERM_BASES = ("sotu", "tifa")
NOTEBOOKS = ("1-corpus", "2-terms", "3-concepts", "4-topics", "5-changes")

# A default that follows another key, which is wrong itself: said once is enough.
_FOLLOWS_ERROR = "default_factory_not_called"
_KINDS = {
    "string_type": "a text (put it in quotes)",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list, a line for each with `-` before it",
    "dict_type": "lines of `key: value`",
    "model_type": "lines of `key: value`",
}

Scalar = str | int | float | bool | None


def _check_freq(freq: str) -> str:
    try:
        parse_freq(freq)
    except WatchwordsError as error:
        raise ValueError(str(error)) from None
    return freq


def _check_address(address: str) -> str:
    from watchwords.scale.cluster import check_scheduler

    try:
        return check_scheduler(address)
    except WatchwordsError as error:
        raise ValueError(str(error)) from None


def _as_entry(value: object) -> object:
    return {"path": value} if isinstance(value, str) else value


def _follow_freq(validated: dict[str, Any]) -> str:
    return "10Y" if validated["freq"] == "Y" else str(validated["freq"])


Freq = Annotated[str, AfterValidator(_check_freq)]
Scheduler = Annotated[str, AfterValidator(_check_address)]


class NotebookEntry(BaseModel):
    """A notebook of a report.

    Attributes
    ----------
    path : str
        The name of a bundled notebook, such as "2-terms", or the path of an ``.ipynb`` file,
        relative to the report file.
    parameters : dict
        Values for its cell tagged ``parameters``: text, numbers, true or false, null, or lists
        of them. Dates are written as ISO text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: str
    parameters: dict[str, Scalar | list[Scalar]] = {}

    @property
    def name(self) -> str:
        """File name without its ending."""
        return Path(self.path).stem


# Not strict about the outer type alone: YAML has lists and no tuples.
Entries = Annotated[
    tuple[Annotated[NotebookEntry, BeforeValidator(_as_entry)], ...], Field(strict=False)
]


class Report(BaseModel):
    """A report file, validated. Paths are kept as they were written.

    Attributes
    ----------
    corpus : str
        Name of the corpus for readers, such as "State of the Union messages".
    source : str
        A folder or a table, relative to the report file; or "sample:state-of-the-union",
        "sample:municipal".
    noun : str
        What a document is called, in the singular, such as "message".
    noun_plural : str or None
        The plural, where it is irregular.
    title : str or None
        Default "Wording in <corpus>, <period>", made when the period is known.
    columns : dict
        Our column to the table's, such as ``{date: Day, text: Body}``.
    path_pattern : str or None
        Columns in the path of a file, such as "{issuer}/{year}/{name}".
    metadata : str or None
        Corrections by hand (CSV); default ``metadata.csv`` beside the documents.
    keep : str or None
        A boolean column; only documents where it is true are counted.
    freq : str
        Length of a period in the tests: "W", "M", "Q", "Y" or such as "10Y".
    chart_freq : str
        Length of a period in charts; default `freq`, or "10Y" where `freq` is "Y".
    strata : str or None
        A column within whose values dates are permuted.
    watch : str or None
        Watched concepts: "sotu", "tifa", or a CSV file with concept_id, lang, form.
    events : str or None
        Dated events drawn on charts: "china", "us", or a CSV file with date, date_end, name, kind,
        source.
    ignore : str or None
        Names and frames never headlined (CSV).
    max_words : int
        Words of the longest term, 1 to 8.
    min_docs : int
        Documents that a term must be in.
    min_effect : float
        Fold change below which a change is not claimed.
    topics : int
        How many; 0 for none.
    topic_engine : {"nmf", "lda"}
        The model.
    compare : Compare or None
        Two sides for keyness.
    notebooks : tuple of NotebookEntry
        In the order of the brief.
    seed : int
        Of everything random.
    docx : bool
        Also write the brief as a Word document, to be edited.
    label : str or None
        Printed on the cover and every page, such as "Invented sample".
    lang : str or None
        Language of all documents, such as "en"; default found for each.
    scheduler : str or None
        Address of a Dask scheduler, such as "tcp://host:8786", whose workers count the English
        terms; they must see the folder of the runs. All else is done here.
    cell_timeout, run_timeout : int
        Seconds for one notebook cell, and for all notebooks together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    corpus: str = Field(min_length=1)
    source: str = Field(min_length=1)
    noun: str = Field(default="document", min_length=1)
    noun_plural: str | None = Field(default=None, min_length=1)
    title: str | None = None
    columns: dict[str, str] = {}
    path_pattern: str | None = None
    metadata: str | None = None
    keep: str | None = None
    freq: Freq = "Y"
    chart_freq: Freq = Field(default_factory=_follow_freq)
    strata: str | None = None
    watch: str | None = None
    events: str | None = None
    ignore: str | None = None
    max_words: int = Field(default=4, ge=1, le=8)
    min_docs: int = Field(default=3, ge=1)
    min_effect: float = Field(default=1.3, gt=1, le=100, allow_inf_nan=False)
    topics: int = Field(default=20, ge=0, le=200)
    topic_engine: Literal["nmf", "lda"] = "nmf"
    compare: Compare | None = None
    notebooks: Entries = tuple(NotebookEntry(path=name) for name in NOTEBOOKS)
    seed: int = Field(default=1, ge=0, lt=2**32)
    docx: bool = True
    label: str | None = None
    lang: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    scheduler: Scheduler | None = None
    cell_timeout: int = Field(default=600, ge=1)
    run_timeout: int = Field(default=3600, ge=1)

    _path: Path = PrivateAttr(default=Path("report.yml"))

    @property
    def path(self) -> Path:
        """The report file, absolute."""
        return self._path

    @property
    def sample(self) -> str | None:
        """Name of the bundled sample that is the source, None for own documents."""
        prefix, _, name = self.source.partition(":")
        return name if prefix == "sample" else None

    @property
    def nouns(self) -> str:
        """What documents are called: "messages"."""
        return self.noun_plural or plural_of(self.noun)

    @property
    def freq_words(self) -> str:
        """The periods of the tests, in the plural: "years"."""
        return period_word(self.freq)

    def resolve(self, written: str) -> Path:
        """Find a path that stands in the report file.

        Parameters
        ----------
        written : str
            Absolute, or relative to the folder of the report file.

        Returns
        -------
        Path
            Absolute; it need not exist.
        """
        return self.path.parent / Path(written).expanduser()


def read_report(path: str | Path, *, overrides: Mapping[str, Any] | None = None) -> Report:
    """Read and check a report file.

    Nothing is guessed: an unknown key is an error, not a warning, because a misspelt key
    would silently give another report than the one asked for.

    Parameters
    ----------
    path : str or Path
        A YAML file.
    overrides : mapping, optional
        Values that replace those of the file. A key may be dotted: ``compare.since``,
        ``columns.date``, or a notebook's name and its parameter, ``5-changes.top_n``. A text is
        read as the type of its key ("12" for a number, "" for none).

    Returns
    -------
    Report

    Raises
    ------
    ReportError
        If the file is not there or not plain YAML, a key is unknown, a value is wrong, or a
        folder, table or notebook it names does not exist. Every problem has a line.
    """
    file = Path(path).absolute()
    values = read_yaml(file)
    for key, value in (overrides or {}).items():
        values = _override(values, key, value)
    try:
        report = Report.model_validate(values)
    except ValidationError as error:
        problems = [_problem(d) for d in error.errors() if d["type"] != _FOLLOWS_ERROR]
        raise ReportError("\n".join(f"{path}: {problem}" for problem in problems)) from None
    # Frozen for everyone else: where the file lies is known only here.
    report._path = file
    problems = _missing(report)
    if problems:
        raise ReportError("\n".join(f"{path}: {problem}" for problem in problems))
    return report


def restore_report(dumped: str, path: Path) -> Report:
    """Build a report again from what `Report.model_dump_json` gave.

    Parameters
    ----------
    dumped : str
        With the values that replaced those of the file.
    path : Path
        Where the report file lies.

    Returns
    -------
    Report
    """
    report = Report.model_validate_json(dumped)
    report._path = path.absolute()
    return report


def _override(values: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    head, _, tail = key.partition(".")
    if head in {"columns", "compare"} and tail:
        return {**values, head: {**(values.get(head) or {}), tail: value}}
    if tail:
        return {**values, "notebooks": _override_notebook(values, head, {tail: value})}
    if head not in Report.model_fields:
        raise ReportError(f"unknown parameter `{key}`; {nearest(key, Report.model_fields)}")
    if not isinstance(value, str):
        return {**values, head: value}
    try:
        # An empty text stands for none where none is allowed.
        field: TypeAdapter[Any] = TypeAdapter(Report.__annotations__[head])
        value = field.validate_strings(value) if value else None
    except ValidationError:
        pass  # said below, with the key, when the whole report is checked
    return {**values, head: value}


def _override_notebook(
    values: dict[str, Any], name: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    written = values.get("notebooks", list(NOTEBOOKS))
    entries = [_as_entry(entry) for entry in written if isinstance(entry, (str, dict))]
    names = [Path(str(entry.get("path"))).stem for entry in entries if isinstance(entry, dict)]
    if name not in names:
        raise ReportError(
            f"unknown parameter `{name}.{next(iter(parameters))}`; "
            f"{nearest(name, [*names, 'columns', 'compare'])}"
        )
    typed = {k: read_scalar(v) if isinstance(v, str) else v for k, v in parameters.items()}
    return [
        {**entry, "parameters": {**entry.get("parameters", {}), **typed}} if at == name else entry
        for at, entry in zip(names, entries, strict=True)
        if isinstance(entry, dict)
    ]


def _problem(details: Any) -> str:
    """Word one complaint of pydantic: the key, what came, what is allowed."""
    where = [str(part) for part in details["loc"]]
    key = ".".join(where)
    parts: dict[str, type[BaseModel]] = {"compare": Compare, "notebooks": NotebookEntry}
    if details["type"] == "extra_forbidden":
        model = parts.get(where[0], Report) if len(where) > 1 else Report
        return f"unknown key `{key}`; {nearest(where[-1], model.model_fields)}"
    if details["type"] == "missing":
        return f"the key `{key}` is missing."
    came = details["input"]
    if details["type"] == "literal_error":
        choices = details["ctx"]["expected"].replace(" or ", ", ").split(", ")
        return f"`{key}` is {came!r}; {nearest(str(came), [c.strip(chr(39)) for c in choices])}"
    message = details["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if details["type"] == "value_error":
        return message if message.startswith(f"`{key}`") else f"`{key}`: {message.rstrip('.')}."
    return f"`{key}` is {came!r}; it should be {_KINDS.get(details['type'], message)}."


def _missing(report: Report) -> list[str]:
    """List what the report names and is not there, or not known."""
    problems = []
    sample = report.sample
    if sample is not None and sample not in SAMPLES:
        problems.append(f"no sample `{sample}`; {nearest(sample, SAMPLES)}")
    if sample is None and not report.resolve(report.source).exists():
        problems.append(f"`source` is {report.source!r}: there is no such folder or table.")
    bundled = {"ignore": (), "metadata": (), "watch": TERM_BASES, "events": CALENDARS}
    for key, names in bundled.items():
        written = getattr(report, key)
        if not written or written in names or report.resolve(written).is_file():
            continue
        hint = f"no such file; {nearest(written, names)}" if names else "there is no such file."
        problems.append(f"`{key}` is {written!r}: {hint}")
    known = TABLES["documents"].columns
    problems += [
        f"`columns` has {column!r}, which no document has; {nearest(column, known)}"
        for column in report.columns
        if column not in known
    ]
    return problems + _missing_notebooks(report)


def _missing_notebooks(report: Report) -> list[str]:
    problems = []
    names = [entry.name for entry in report.notebooks]
    for entry in report.notebooks:
        if entry.path not in NOTEBOOKS and not report.resolve(entry.path).is_file():
            hint = nearest(entry.path, NOTEBOOKS)
            problems.append(f"`notebooks` has {entry.path!r}: no such file; {hint}")
        if names.count(entry.name) > 1:
            problems.append(f"`notebooks` has two called {entry.name!r}; give them two names.")
    return sorted(set(problems), key=problems.index)
