"""Arrays as bytes and bytes as arrays: what travels between workers."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def pack_arrays(*, compression: str = "lz4", **arrays: Any) -> Any:
    """Write arrays of any lengths as one row of an Arrow table, compressed.

    Parameters
    ----------
    compression : {"lz4", "zstd"}
        The first is fast, the second small.
    **arrays : ndarray (one dimension) or pyarrow.Array of strings
        By name.

    Returns
    -------
    pyarrow.Buffer
    """
    columns = []
    for values in arrays.values():
        flat = values if isinstance(values, pa.Array) else pa.array(values)
        ends = pa.array(np.array([0, len(flat)]), pa.int64())
        columns.append(pa.LargeListArray.from_arrays(ends, flat))
    batch = pa.record_batch(columns, names=list(arrays))
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_stream(sink, batch.schema, options=options) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def unpack_arrays(packed: Any) -> dict[str, Any]:
    """Read what `pack_arrays` wrote.

    Parameters
    ----------
    packed : bytes or buffer

    Returns
    -------
    dict of str to ndarray
        Read-only; strings stay an Arrow array.
    """
    with pa.ipc.open_stream(pa.py_buffer(packed)) as reader:
        batch = reader.read_next_batch()
    flat = {name: batch.column(name).values for name in batch.schema.names}
    return {
        name: values if pa.types.is_large_string(values.type) else values.to_numpy()
        for name, values in flat.items()
    }


def compress(data: NDArray[np.uint8]) -> bytes:
    """Press bytes.

    Parameters
    ----------
    data : ndarray of uint8

    Returns
    -------
    bytes
    """
    pressed: bytes = _codec().compress(pa.py_buffer(data), asbytes=True)
    return pressed


def decompress(pressed: bytes, size: int) -> NDArray[np.uint8]:
    """Take back what was pressed.

    Parameters
    ----------
    pressed : bytes
    size : int
        How many bytes there were.

    Returns
    -------
    ndarray of uint8
        Read-only.
    """
    return np.frombuffer(_codec().decompress(pa.py_buffer(pressed), size), np.uint8)


def _codec() -> pa.Codec:
    # Stronger compression would take longer than sending the bytes.
    return pa.Codec("zstd", compression_level=1)
