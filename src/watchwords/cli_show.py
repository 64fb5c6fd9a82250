"""The commands that show: a wording where it stands, the corpora that come along."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    import pandas as pd

_SAMPLES = {
    "state-of-the-union": "249 messages of the presidents of the United States, 1790 to 2026; "
    "English, 2 million words, public domain.",
    "municipal": "Five short reports of invented cities; English. Too few for a trend, which is "
    "what they show.",
}
SOURCE_HELP = "A folder, one file, a folder written by read --out, or sample:NAME."


def concordance(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=SOURCE_HELP)],
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="A wording; * stands for any letters, | parts alternatives."
        ),
    ],
    *,
    n: Annotated[int, typer.Option("--n", "-n", min=1, help="At most so many lines.")] = 30,
    sort: Annotated[
        str, typer.Option(help="Order of the lines: date, document, left, match or right.")
    ] = "date",
    page: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Show the lines page by page instead of a sample spread over time.",
            show_default=False,
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Save the lines as CSV, too.", show_default=False),
    ] = None,
) -> None:
    """Show a wording where it stands.

    - `watchwords concordance sample:state-of-the-union "interstate commerce"`

    - `watchwords concordance speeches/ 两个维护 -n 100`

    - `watchwords concordance speeches/ "terroris* | war on terror" --sort right`

    - `watchwords concordance speeches/ tariff --page 2 --csv tariff.csv`

    If there are more hits than lines, the lines are a sample spread evenly over time.
    """
    from watchwords.clean import clean_documents
    from watchwords.terms import concordance as find
    from watchwords.tokens import tokenize

    documents = _read(source)
    tokens = tokenize(clean_documents(documents))
    lines = find(tokens, query, n=n, page=page, sort=sort)
    if csv is not None:
        lines.to_csv(csv)
    # A pipe has no width: there is room for the whole window.
    console = Console() if sys.stdout.isatty() else Console(width=160)
    for day, left, match, right in lines.aligned(console.width):
        line = Text.assemble(f"{day:<10}  ", left, (match, "bold"), right)
        console.print(line, no_wrap=True, overflow="crop")
    typer.echo(printable(lines.caption), err=bool(lines))


def samples() -> None:
    """List the corpora that come with watchwords.

    Use one as `source: sample:NAME` in a report file, or as `sample:NAME` on the command line.
    """
    grid = Table.grid(padding=(0, 2))
    for name, words in _SAMPLES.items():
        grid.add_row(Text(f"sample:{name}", style="bold"), Text(words))
    Console().print(grid)


def _read(source: str) -> "pd.DataFrame":
    from watchwords.corpora import read_corpus
    from watchwords.read import read_sample

    if source.startswith("sample:"):
        return read_sample(source.removeprefix("sample:"))
    return read_corpus(source).documents


def printable(text: str) -> str:
    r"""Show characters that would steer a terminal or forge a line of a log as their codes.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    return "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text
    )
