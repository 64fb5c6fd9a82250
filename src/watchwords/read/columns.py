"""Columns of a user's table to our columns: a small rule, and a way to overrule it."""

from collections.abc import Mapping, Sequence

from watchwords.errors import SchemaError, nearest

RULE: dict[str, tuple[str, ...]] = {
    "doc_id": ("doc_id",),
    "date": ("date", "published", "time"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content"),
    "source": ("source", "outlet", "paper"),
    "issuer": ("issuer", "organ"),
    "lang": ("lang", "language"),
    "url": ("url", "link"),
    "event_date": ("event_date",),
    "place": ("place",),
    "level": ("level",),
    "genre": ("genre",),
    "translation": ("translation",),
    "translator": ("translator",),
    "translation_of": ("translation_of",),
}
"""Our column, and the names it is found under, the first one first; case is ignored.

A column of any other name is carried along under its own name: an author is carried, never taken
for the issuer.
"""

FILLED = ("date_precision", "date_basis", "date_role", "edtf", "path", "sha256", "duplicate_of",
          "date_text", "raw")  # fmt: skip
"""Columns of documents that reading and cleaning fill, and no table of a user."""

ABSENT = "columns"
"""The code of the note on a table that lacks a column named by the user."""

# What parsers hand on to dating and cleaning, which would take a user's column for it.
_HANDED_ON = ("removed_lines", "same_text_as", "page_lines", "page_heads", "path_for_dates")
_OURS = frozenset(RULE) | frozenset(FILLED) | frozenset(_HANDED_ON)


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Check what overrules the rule.

    Parameters
    ----------
    columns : mapping, optional
        Our column to the name in the tables, such as ``{"text": "body"}``.

    Returns
    -------
    dict

    Raises
    ------
    SchemaError
        If a key is none of our columns.
    """
    given = dict(columns or {})
    for ours in given:
        if ours not in RULE:
            raise SchemaError(
                f"`columns` maps {ours!r}, which is no column of documents; {nearest(ours, RULE)}"
            )
    return given


def map_columns(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Say which of our columns each column of a table is.

    Parameters
    ----------
    names : sequence of str
        The header.
    columns : mapping
        What overrules the rule, where the header has it: our column to a name.

    Returns
    -------
    dict
        Name in the header to our name, or to the name it is carried under. A name of ours that
        the rule does not fill, such as "sha256", is carried as "sha256_given".

    Raises
    ------
    SchemaError
        If there is no text, or a name occurs twice.

    Examples
    --------
    >>> map_columns(["Headline", "body", "author"], {})
    {'Headline': 'title', 'body': 'text', 'author': 'author'}
    """
    found = ", ".join(f"`{name}`" for name in names)
    if len(set(names)) < len(names):
        raise SchemaError(f"a column name occurs twice; the columns are {found}.")
    chosen = {theirs: ours for ours, theirs in columns.items() if theirs in names}
    settled = set(chosen.values())
    plain = {name.strip().lower(): name for name in reversed(names)}
    for ours, candidates in RULE.items():
        match = next((plain[name] for name in candidates if name in plain), None)
        if match is not None and ours not in settled:
            chosen.setdefault(match, ours)
    if "text" not in chosen.values():
        named = f"`{columns['text']}`, " if "text" in columns else ""
        raise SchemaError(
            f"no column {named}`text`, `body` or `content`; the columns are {found}. Name "
            'the one that holds the text: columns={"text": "…"}.'
        )
    return {name: chosen.get(name) or _carried(name) for name in names}


def note_absent(names: Sequence[str], columns: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Note which columns named by the user a table lacks; there the rule was used.

    Parameters
    ----------
    names : sequence of str
        The header.
    columns : mapping
        Our column to the name given for it.

    Returns
    -------
    tuple of (str, str)
        The code `ABSENT` and a detail each, as notes of a document are.

    Examples
    --------
    >>> note_absent(["text", "author"], {"issuer": "author", "date": "published"})
    (('columns', 'no column `published` for `date`; the rule was used'),)
    """
    return tuple(
        (ABSENT, describe_absent(ours, theirs))
        for ours, theirs in columns.items()
        if theirs not in names
    )


def describe_absent(ours: str, theirs: str) -> str:
    """Word that a table lacks a column named by the user."""
    return f"no column `{theirs}` for `{ours}`; the rule was used"


def _carried(name: str) -> str:
    plain = name.strip() or "unnamed"
    return f"{plain}_given" if plain in _OURS else plain
