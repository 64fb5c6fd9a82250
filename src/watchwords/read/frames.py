"""What parent and child process say to each other: JSON with its length before it, never pickle."""

import json
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

from watchwords.read.files import Begun, Event, Read, Unfit
from watchwords.read.outcomes import Rejection
from watchwords.read.records import Record

_LENGTH = struct.Struct(">I")
_MAKERS: dict[str, Callable[..., Event]] = {
    "rejection": Rejection,
    "begun": Begun,
    "unfit": Unfit,
    "read": Read,
}
HEADER_BYTES = _LENGTH.size


def pack(message: Any) -> bytes:
    """Write a message as bytes; half characters survive."""
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(body)) + body


def body_length(header: bytes | bytearray) -> int:
    """Say how long the message is that follows."""
    length: int = _LENGTH.unpack_from(header)[0]
    return length


def unpack(body: bytes | bytearray) -> Any:
    """Read what `pack` wrote, without the length."""
    return json.loads(bytes(body).decode("utf-8", "surrogatepass"))


def read_message(stream: BinaryIO) -> Any:
    """Read one message from a stream; None at its end."""
    header = stream.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    return unpack(stream.read(body_length(header)))


def write_event(event: Event) -> list[Any]:
    """Turn an event into what JSON can hold."""
    match event:
        case Record():
            return ["record", event.fields, event.notes, event.row]
        case Rejection():
            return ["rejection", event.path, event.row, event.reason, event.detail]
        case Begun():
            return ["begun", event.path, event.number]
        case Unfit():
            return ["unfit", event.message]
        case Read():
            return ["read", event.size, event.mtime_ns, event.sha256]


def read_event(parts: list[Any]) -> Event:
    """Turn it back."""
    kind, *rest = parts
    if kind == "record":
        values, notes, row = rest
        return Record(values, tuple((code, detail) for code, detail in notes), row)
    made: Event = _MAKERS[kind](*rest)
    return made
