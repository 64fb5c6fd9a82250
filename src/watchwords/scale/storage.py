"""Folders that all workers see: local ones, mounted ones, and those of an object store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

from watchwords.errors import StorageError


def make_folder(where: str) -> str:
    """Make a new folder, with a name that no other has.

    Parameters
    ----------
    where : str
        A path, or a URI that Arrow knows (s3://, gs://, hdfs://, file://).

    Returns
    -------
    str
        Its path or URI.

    Raises
    ------
    StorageError
        If that is not allowed.
    """
    folder = f"{_absolute(where).rstrip('/')}/watchwords-{uuid4().hex[:12]}"
    system, path = find_place(folder)
    try:
        system.create_dir(path, recursive=True)
    except OSError as error:
        raise StorageError(f"cannot write to {where!r}: {error}") from None
    return folder


def write_file(folder: str, kind: str, parts: list[Any]) -> str:
    """Write a new file; what a worker that died has written under another name stays apart.

    Parameters
    ----------
    folder : str
        From `make_folder`.
    kind : str
        The name begins with this.
    parts : list of bytes or buffers
        One after the other.

    Returns
    -------
    str
        The name.

    Raises
    ------
    StorageError
        If the folder is not there for this worker, or the disk refuses.
    """
    name = f"{kind}-{uuid4().hex}"
    system, path = find_place(folder)
    try:
        with system.open_output_stream(f"{path}/{name}") as stream:
            for part in parts:
                stream.write(part)
    except OSError as error:
        raise StorageError(
            f"a worker cannot write to {folder!r} ({error}); pass a `scratch` folder that all "
            "workers see, on a disk with room."
        ) from None
    return name


def read_file(folder: str, name: str, *, begin: int = 0, size: int | None = None) -> bytes:
    """Read a file, or a part of one.

    Parameters
    ----------
    folder : str
        From `make_folder`.
    name : str
        From `write_file`.
    begin : int, default 0
        First byte.
    size : int, optional
        How many; all by default.

    Returns
    -------
    bytes

    Raises
    ------
    StorageError
        If it is not there, or too short.
    """
    system, path = find_place(folder)
    try:
        with system.open_input_file(f"{path}/{name}") as file:
            wanted = file.size() - begin if size is None else size
            data: bytes = file.read_at(wanted, begin)
    except OSError as error:
        raise StorageError(
            f"a worker cannot read {folder!r} ({error}); pass a `scratch` folder that all workers "
            "see."
        ) from None
    if len(data) != wanted:
        raise StorageError(f"{folder}/{name} was cut off; count again.")
    return data


def remove_folder(folder: str) -> None:
    """Remove a folder and what is in it.

    Parameters
    ----------
    folder : str
        From `make_folder`.
    """
    system, path = find_place(folder)
    try:
        system.delete_dir(path)
    except OSError:
        # A straggler writes meanwhile: no reason to fail after the work is done.
        system.delete_dir_contents(path, missing_dir_ok=True)


@contextmanager
def open_scratch(where: str | os.PathLike[str] | None) -> Iterator[str]:
    """Make a folder for partial results, and remove it at the end.

    Parameters
    ----------
    where : path, optional
        Where; by default in this machine's folder for temporary files.

    Yields
    ------
    str
        Its path or URI.
    """
    folder = make_folder(os.fspath(where or gettempdir()))
    try:
        yield folder
    finally:
        remove_folder(folder)


def find_place(where: str) -> tuple[Any, str]:
    """Say which file system a path or URI means, and the path there.

    Parameters
    ----------
    where : str

    Returns
    -------
    pyarrow.fs.FileSystem
    str

    Raises
    ------
    StorageError
        If it cannot be reached.
    """
    from pyarrow import ArrowException, fs

    if "://" in where:
        try:
            system, path = fs.FileSystem.from_uri(where)
        except (OSError, ArrowException) as error:
            raise StorageError(f"cannot reach {where!r}: {error}") from None
        return system, path
    return fs.LocalFileSystem(), _absolute(where)


def _absolute(where: str) -> str:
    return where if "://" in where else str(Path(where).expanduser().absolute())
