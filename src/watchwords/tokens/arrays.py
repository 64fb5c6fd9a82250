"""Arrays in .npy files that can grow: mapped into memory, lengthened at their end.

What is written behind the length on record is not there for a reader, so that a file can be
lengthened while others read it, and a kill in between does no harm.
"""

import os
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from watchwords.errors import WatchwordsError


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array; whoever has the file that was there mapped keeps it.

    Parameters
    ----------
    path : Path
        The .npy file.
    array : ndarray
        What to write.
    """
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        np.save(file, array, allow_pickle=False)
    new.replace(path)


def map_array(path: Path, n_rows: int | None = None) -> NDArray[Any]:
    """Map an array into memory, read-only.

    Parameters
    ----------
    path : Path
        The .npy file.
    n_rows : int, optional
        How many rows there are, whatever the file says of itself.

    Returns
    -------
    ndarray

    Raises
    ------
    WatchwordsError
        If the file has fewer rows.
    """
    with path.open("rb") as file:
        shape, dtype, begin = _read_header(file)
    shape = (shape[0] if n_rows is None else n_rows, *shape[1:])
    size = begin + int(np.prod(shape)) * dtype.itemsize
    if path.stat().st_size < size:
        raise WatchwordsError(
            f"{str(path)!r} has {path.stat().st_size:,} bytes, and {size:,} are on record; it was "
            "cut off: make it again."
        )
    if not np.prod(shape):
        # There is nothing to map.
        return np.empty(shape, dtype)
    return np.memmap(path, dtype, "r", begin, shape)


def lengthen_array(path: Path, rows: NDArray[Any], n_rows: int) -> None:
    """Write rows behind the first `n_rows`; what stood there is lost, the header stays.

    Parameters
    ----------
    path : Path
        The .npy file.
    rows : ndarray
        More rows of the same kind.
    n_rows : int
        Rows that count.
    """
    with path.open("r+b") as file:
        shape, dtype, begin = _read_header(file)
        end = begin + n_rows * int(np.prod(shape[1:])) * dtype.itemsize
        file.truncate(end)
        file.seek(end)
        np.ascontiguousarray(rows, dtype).tofile(file)
        file.flush()
        os.fsync(file.fileno())


def set_length(path: Path, n_rows: int) -> None:
    """Write into the header how many rows there are.

    Parameters
    ----------
    path : Path
        The .npy file.
    n_rows : int
        Rows.
    """
    with path.open("r+b") as file:
        shape, dtype, begin = _read_header(file)
        file.seek(0)
        header = {"descr": dtype.str, "fortran_order": False, "shape": (n_rows, *shape[1:])}
        npy.write_array_header_1_0(file, header)
        # numpy leaves room in a header for a length of any size.
        assert file.tell() == begin  # noqa: S101  (numpy's own promise)


def _read_header(file: BinaryIO) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    npy.read_magic(file)
    shape, _, dtype = npy.read_array_header_1_0(file)
    return shape, dtype, file.tell()
