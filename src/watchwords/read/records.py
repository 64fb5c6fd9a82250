"""A source to the record of a document: date, language, title and issuer found or left empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from watchwords.read.date_paths import find_path_date
from watchwords.read.dates import FoundDate, find_date, find_event_day, parse_date
from watchwords.read.language import describe_languages, find_language
from watchwords.read.organs import find_organ
from watchwords.read.outcomes import Source, file_of
from watchwords.read.patterns import apply_pattern
from watchwords.read.text import below_front_matter
from watchwords.read.titles import find_title

DATE_ORDERS = ("", "dmy", "mdy")
TRANSLATIONS = ("original", "official", "machine", "unknown")
_TAKEN = frozenset(
    [
        "doc_id",
        "date",
        "event_date",
        "issuer",
        "lang",
        "page_heads",
        "path_for_dates",
        "title",
        "translation",
    ]
)
_LANGUAGE_NAMES = {
    "english": "en",
    "chinese": "zh",
    "中文": "zh",
    "japanese": "ja",
    "korean": "ko",
    "russian": "ru",
    "arabic": "ar",
    "thai": "th",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
}

Value = str | bool | None


@dataclass(frozen=True)
class Options:
    """What a user says about all documents of a corpus.

    Attributes
    ----------
    columns : mapping
        Our column to the name in the tables, where the rule does not fit.
    path_pattern : str
        Columns in the paths, or "".
    as_of : datetime.date
        The day of judgement: later dates are mistakes.
    issuer : str
        Who speaks, where nothing else says so.
    date_order : {"", "dmy", "mdy"}
        How 02/03/2021 is meant; "" leaves such dates at their year.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    path_pattern: str = ""
    as_of: date = date.max
    issuer: str = ""
    date_order: str = ""


@dataclass(frozen=True)
class Record:
    """A document before it has its place in the table.

    Attributes
    ----------
    fields : dict
        Column to value: text, a truth value, or None for no date. ``doc_id`` is the one given by
        its table, or "".
    notes : tuple of (str, str)
        A code and a detail each.
    row : int
        0 for a file.
    """

    fields: dict[str, Value]
    notes: tuple[tuple[str, str], ...]
    row: int


def make_record(source: Source, options: Options) -> Record:
    """Find what is known of a document.

    Parameters
    ----------
    source : Source
        What was read.
    options : Options

    Returns
    -------
    Record
    """
    if options.path_pattern:
        source = apply_pattern(source, options.path_pattern)
    fields, notes = source.fields, list(source.notes)
    one_line = source.row > 0 and "\n" not in source.text.strip()
    body = below_front_matter(source)
    title = fields.get("title", "").strip() or ("" if one_line else find_title(body))
    lang = _language(fields.get("lang", ""), f"{title}\n{source.text}")
    found = _find_date(source, title, options=options, lang=lang)
    notes.extend(("date", flag) for flag in found.flags)
    translation = fields.get("translation", "").strip().lower()
    if translation not in TRANSLATIONS:
        notes.extend([("translation", f"{translation!r} is unknown")] if translation else [])
        translation = "unknown"
    values: dict[str, Value] = {name: value for name, value in fields.items() if name not in _TAKEN}
    values |= date_fields(found) | _printed(title, source, lang)
    values |= {
        "doc_id": fields.get("doc_id", "").strip(),
        "lang": lang,
        "title": title,
        "issuer": fields.get("issuer", "").strip() or options.issuer,
        "translation": translation,
        "path": source.path,
        "text": source.text,
        "sha256": source.sha256,
    }
    if fields.get("event_date", "").strip():
        values["event_date"] = fields["event_date"].strip()
    return Record(values, tuple(notes), source.row)


def _printed(title: str, source: Source, lang: str) -> dict[str, Value]:
    """Keep what the heading and the paragraphs say of organ, place and languages."""
    organ = find_organ(title, source.text, lang=lang)
    found: dict[str, Value] = {}
    if organ.printed:
        found["issuer_printed"] = organ.printed
    if organ.place and not source.fields.get("place", "").strip():
        found["place"] = organ.place
    mixed = describe_languages(source.text)
    return found | ({"langs": mixed} if mixed else {})


def date_fields(found: FoundDate) -> dict[str, Value]:
    """Turn a found date into the date columns of a document.

    Parameters
    ----------
    found : FoundDate

    Returns
    -------
    dict
        ``date`` (the first day of what is known, ISO, or None), ``date_precision``,
        ``date_basis``, ``date_role``, ``event_date``, ``edtf``, ``date_text``.
    """
    known = found.date is not None
    return {
        "date": None if found.date is None else (found.date + "-01-01")[:10],
        "date_precision": found.precision,
        "date_basis": found.basis if known else "",
        "date_role": found.role if known else "",
        "event_date": found.event or "",
        "edtf": found.edtf or "",
        "date_text": found.words,
    }


def _find_date(source: Source, title: str, *, options: Options, lang: str) -> FoundDate:
    body = below_front_matter(source)
    printed = not source.fields.get("title") or body.lstrip().startswith(title)
    head = body if printed else f"{title}\n{body}"
    value, as_of = source.fields.get("date", "").strip(), options.as_of
    if value:
        found = parse_date(value, as_of=as_of, lang=lang, date_order=options.date_order)
        event = find_event_day(head, posted=found.date or "", lang=lang)
        if found.date is not None:  # what a parser knows of a date beyond its words
            basis = source.fields.get("date_basis") or found.basis
            found = replace(found, basis=basis, role=source.fields.get("date_role") or found.role)
        return replace(found, event=event)
    path = source.fields.get("path_for_dates", file_of(source))
    url = source.fields.get("url", "").strip()
    if url and find_path_date(url, as_of) is not None:
        path = url
    order = options.date_order
    found = find_date(head, path=path, as_of=as_of, lang=lang, date_order=order)
    running = source.fields.get("page_heads", "")
    if found.date is not None or not running:
        return found
    # Below the title a line with the name of a paper and a date is that of publication.
    first, _, rest = head.lstrip().partition("\n")
    return find_date(
        f"{first}\n{running}\n{rest}", path=path, as_of=as_of, lang=lang, date_order=order
    )


def _language(given: str, text: str) -> str:
    word = given.strip().lower()
    if not word:
        return find_language(text)
    return _LANGUAGE_NAMES.get(word, word.replace("_", "-").split("-")[0])
