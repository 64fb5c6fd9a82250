"""The command ``watchwords warm``: everything compiled before it is asked for."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import typer

_HERE = Path(__file__).parent


def warm() -> None:
    """Compile what counts and compares, so that the first run need not wait for it.

    - `watchwords warm`

    Takes about a minute on a new machine or after an update, and a few seconds where all is
    there. What is compiled is kept beside the package, or in your cache folder where the package
    cannot be written to. Several may run at a time: they wait for each other.
    """
    from tqdm import tqdm

    from watchwords.tokens.loading import say_nothing

    say_nothing()
    cold = not is_warm()
    if cold:
        typer.echo("Compiling what counts and compares; about a minute, once.", err=True)
    began = time.monotonic()
    for name, prepare in tqdm(list(list_steps()), "preparing", disable=not sys.stderr.isatty()):
        try:
            prepare()
        except OSError as error:
            error.add_note(f"while preparing {name}")
            raise
    seconds = time.monotonic() - began
    typer.echo(f"Ready after {seconds:.0f} s. Kept in {' and '.join(map(str, kept_in()))}.")


def is_warm() -> bool:
    """Tell whether all is compiled and kept beside the modules.

    Returns
    -------
    bool
    """
    from watchwords.tokens.loading import is_compiled

    return all(map(is_compiled, kernel_files()))


def kernel_files() -> list[Path]:
    """List the modules that are compiled.

    Returns
    -------
    list of Path

    Examples
    --------
    >>> [file.name for file in kernel_files() if file.parent.name == "scale"]
    ['partial_kernels.py']
    """
    found = sorted(_HERE.glob("*/*_kernels.py"))
    return [file for file in found if "cache=True" in file.read_text("utf-8")]


def list_steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """List what is to be prepared.

    Yields
    ------
    name : str
    prepare : callable
        Compiles it, if it is not.
    """
    from watchwords.scale.passes import load_partial_kernels
    from watchwords.terms import loading as terms
    from watchwords.tokens import loading as tokens

    for name in tokens.KERNELS:
        yield f"tokens.{name}", partial(tokens.load_kernels, name)
    for name in terms.REHEARSALS:
        yield f"terms.{name}", partial(terms.load_kernels, name)
    yield "scale.partial_kernels", load_partial_kernels
    yield "clean.shingle_kernels", _compare_copies


def _compare_copies() -> None:
    """Compare texts that are nearly the same: what compares is compiled on the way."""
    import pandas as pd

    from watchwords.clean import clean_documents
    from watchwords.read import read_sample
    from watchwords.tokens.loading import preparing

    documents = read_sample("municipal")
    copies = documents.assign(
        doc_id=documents["doc_id"] + " again",
        text=documents["text"].str.replace(".", " too.", n=1, regex=False) + "\nOne more line.",
        issuer="Another town",
    )
    with preparing(_HERE / "clean" / "shingle_kernels.py"):
        clean_documents(pd.concat([documents, copies], ignore_index=True))


def kept_in() -> list[Path]:
    """Find the folders in which numba keeps what it has compiled.

    Returns
    -------
    list of Path
        Sorted; the one above them where all lie beside the modules.
    """
    folders = set()
    for module in [m for name, m in sys.modules.items() if name.endswith("_kernels")]:
        if module.__name__.startswith("watchwords."):
            caches = [getattr(one, "_cache", None) for one in vars(module).values()]
            found = [getattr(one, "cache_path", None) for one in caches]
            folders |= {Path(path) for path in found if path}
    beside = {folder for folder in folders if folder.is_relative_to(_HERE)}
    return sorted((folders - beside) | ({_HERE} if beside else set()))
