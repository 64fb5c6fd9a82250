"""Compiled code, loaded when first used; it is compiled once on a machine and then kept."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Timer
from types import ModuleType

from watchwords.tokens.signs import find_signs

KERNELS = (
    "scan_kernels",
    "sentence_kernels",
    "ngram_kernels",
    "packed_kernels",
    "merge_kernels",
)

# Loading what is compiled takes about a second; compiling takes long enough to be asked why.
_PATIENCE = 3.0
_NOTE = (
    "watchwords: preparing the counting code; on a machine that has not run it before this takes "
    "about half a minute, once.\n"
)


@cache
def load_kernels(name: str) -> ModuleType:
    """Load a module of compiled code; say so on stderr if it has to be compiled first.

    Parameters
    ----------
    name : str
        One of `KERNELS`.

    Returns
    -------
    module
    """
    module = f"watchwords.tokens.{name}"
    # Here numba keeps what it has compiled, if it may write here.
    if any((Path(__file__).parent / "__pycache__").glob(f"{name}.*.nbi")):
        return import_module(module)
    with _note_if_slow():
        return import_module(module)


def warm() -> list[str]:
    """Compile everything that counts, so that the first run need not wait.

    The machine code is kept beside the modules, or in the user's cache folder where that is
    read-only.

    Returns
    -------
    list of str
        The modules that are ready.

    Examples
    --------
    >>> warm()[0]
    'scan_kernels'
    """
    for name in KERNELS:
        load_kernels(name)
    find_signs()
    return list(KERNELS)


@contextmanager
def _note_if_slow() -> Iterator[None]:
    timer = Timer(_PATIENCE, sys.stderr.write, [_NOTE])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
