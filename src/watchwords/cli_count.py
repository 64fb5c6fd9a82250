"""The command ``watchwords count``: a corpus, whatever it is kept in, to a table of counts."""

import sys
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from watchwords.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchwords.scale import Counts, Partition

_HERE = "Where it runs"
_LANGUAGES = {"en": "English", "zh": "Chinese"}


def count(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A folder written by read --out, a folder or a file of Parquet with a column "
            "text, a folder of documents, or sample:NAME.",
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="The table of counts (Parquet). Partial results go beside it meanwhile: on a "
            "cluster, all workers must see its folder.",
        ),
    ] = Path("counts.parquet"),
    freq: Annotated[
        str | None,
        typer.Option(
            metavar="FREQ",
            help="Count by period: W, M, Q, Y, or years such as 10Y.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="Count by a column, too, such as issuer.", show_default=False
        ),
    ] = None,
    max_words: Annotated[int, typer.Option(min=1, max=8, help="Longest sequence.")] = 3,
    min_count: Annotated[int, typer.Option(min=1, help="Occurrences in the whole corpus.")] = 5,
    terms: Annotated[
        bool,
        typer.Option(
            "--terms", help="Leave out what begins or ends with a stop word such as 'the'."
        ),
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, max=256, help="Threads.", rich_help_panel=_HERE)
    ] = 1,
    processes: Annotated[
        bool,
        typer.Option("--processes", help="Processes, not threads.", rich_help_panel=_HERE),
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler, such as tcp://host:8786: its workers count.",
            show_default=False,
            rich_help_panel=_HERE,
        ),
    ] = None,
) -> None:
    """Count all sequences of words, or Chinese characters, of a corpus of any size, by period.

    - `watchwords count corpus/ --freq Y --out counts.parquet`

    - `watchwords count corpus/ --freq M --by issuer --terms --workers 2`

    - `watchwords count corpus/ --freq Y --scheduler tcp://host:8786 --out /shared/counts.parquet`

    The table has `item`, `n_words`, `group`, `period`, `n` (occurrences) and `n_docs` (documents).
    Memory depends on the largest partition, not on the corpus; the result is the same wherever it
    is counted. Of English and Chinese, the language of most documents is counted.

    Folders of documents are cleaned first. Texts in Parquet are counted as they are, and no
    sequence crosses the end of a line: where lines are broken within sentences, `watchwords read`
    the file first.
    """
    from watchwords.scale.cluster import open_executor
    from watchwords.tokens.units import UNITS

    with open_executor(workers=workers, processes=processes, scheduler=scheduler) as executor:
        counts = count_and_write(
            source,
            out,
            freq=freq,
            by=by,
            max_words=max_words,
            min_count=min_count,
            terms=terms,
            executor=executor,
            progress=sys.stderr.isatty(),
        )
    excluded, undated = counts.left_out.tolist()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right")
    documents = int(counts.groups["n_docs_total"].sum())
    lines = [
        (documents, "documents counted"),
        (int(counts.groups["n_units"].sum()), f"{UNITS[counts.lang]}s"),
        (excluded, f"documents left out: copies, or not in {_LANGUAGES[counts.lang]}"),
        (undated, f"documents left out: no date fine enough for periods of {freq}"),
        (len(counts.groups), "periods and groups" if by else "periods" if freq else "group"),
        (len(counts.n_words), f"sequences kept in {out}"),
    ]
    for n, words in lines:
        if n:
            grid.add_row(f"{n:,}", Text(words))
    Console().print(grid)


def count_and_write(
    source: str,
    out: Path,
    *,
    freq: str | None,
    by: str | None,
    max_words: int,
    min_count: int,
    terms: bool,
    executor: Executor | None,
    progress: bool,
) -> "Counts":
    """Count a corpus, whatever it is kept in, and write the table of counts.

    Parameters
    ----------
    source : str
        Partitions, one file of Parquet, a stored corpus, a folder of documents, or "sample:NAME".
    out : Path
        The file of Parquet to write. Partial results go beside it: all workers must see its
        folder.
    freq, by, max_words, min_count
        As for `count_partitions`; the language is that of most documents.
    terms : bool
        No sequence begins or ends with a stop word.
    executor, progress
        As for `count_partitions`.

    Returns
    -------
    Counts

    Raises
    ------
    WatchwordsError
        As for `count_partitions` and `read_corpus`.
    """
    from watchwords.scale import count_partitions

    beside = out.absolute().parent
    if not beside.is_dir():
        raise StorageError(f"`out` is {str(out)!r}, in a folder that is not there.")
    with TemporaryDirectory(prefix=".watchwords-", dir=beside) as folder:
        parts = find_partitions(source, Path(folder))
        lang = find_language(parts)
        counts = count_partitions(
            [replace(part, lang=lang) for part in parts],
            freq=freq,
            by=by,
            max_words=max_words,
            min_count=min_count,
            stop_words=_stop_words(lang) if terms else (),
            executor=executor,
            scratch=folder,
            progress=progress,
        )
    writing = out.with_name(out.name + ".new")
    try:
        counts.write(writing)
        writing.replace(out)
    except OSError as error:
        raise StorageError(f"cannot write {str(out)!r}: {error.strerror}") from None
    finally:
        writing.unlink(missing_ok=True)
    return counts


def find_partitions(source: str, folder: Path) -> "list[Partition]":
    """Find the partitions of a corpus, or make some.

    Parameters
    ----------
    source : str
        As for `count_and_write`.
    folder : Path
        Where they go if they have to be made.

    Returns
    -------
    list of Partition
    """
    from watchwords.corpora import clean_anew, read_corpus
    from watchwords.read import read_sample
    from watchwords.scale import list_partitions, write_partitions
    from watchwords.scale.partitions import exceeds

    if "://" in source or _is_parquet(Path(source)):
        if not exceeds(source):
            return list_partitions(source)
        files = sorted({part.path for part in list_partitions(source)})
        parts = []
        for number, file in enumerate(files):
            parts += write_partitions(file, folder / f"{number:05}")
        return parts
    if source.startswith("sample:"):
        documents = read_sample(source.removeprefix("sample:"))
    else:
        documents = read_corpus(source).documents
    return write_partitions(clean_anew(documents).documents, folder / "documents")


def find_language(partitions: "Sequence[Partition]") -> str:
    """Choose what is counted: the language of most documents.

    Parameters
    ----------
    partitions : sequence of Partition

    Returns
    -------
    str
        "en" where there is no column of languages.
    """
    from watchwords.scale.partitions import read_partition

    n_docs = dict.fromkeys(_LANGUAGES, 0)
    for part in partitions:
        table = read_partition(part, ["lang"])
        for lang in n_docs:
            n_docs[lang] += int((table["lang"] == lang).sum()) if "lang" in table else 0
    return max(n_docs, key=lambda lang: n_docs[lang])


def _stop_words(lang: str) -> frozenset[str]:
    from watchwords.terms.stop_words import read_edges, read_stop_words

    return read_edges("opens") | read_edges("closes") if lang == "zh" else read_stop_words()


def _is_parquet(source: Path) -> bool:
    """Tell partitions, or a stored corpus, from a folder of documents to be read."""
    from watchwords.corpora import is_store

    if source.is_file():
        return source.suffix == ".parquet"
    if not source.is_dir():
        return False
    names = [entry.name for entry in source.iterdir() if entry.name[0] not in "._"]
    return is_store(source) or (bool(names) and all(n.endswith(".parquet") for n in names))
