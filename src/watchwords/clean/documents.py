"""Clean every document of a table, remove what pages repeat, and mark the copies."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from watchwords.clean.boilerplate import REMOVED, find_boilerplate
from watchwords.clean.duplicates import NEAR, first_prints, list_copies, point_to_originals
from watchwords.clean.held_texts import HeldTexts, hold_texts
from watchwords.clean.line_numbers import drop_lines
from watchwords.clean.text import clean_text
from watchwords.errors import SchemaError
from watchwords.schema import check_table

_MADE_FROM = ("lang", "removed_lines", "raw")


@dataclass(frozen=True, eq=False)
class Cleaned:
    """Cleaned documents, with what was removed from them and which are copies.

    Attributes
    ----------
    documents : pandas.DataFrame
        The table ``documents``, rows in the order given; see `clean_corpus`.
    removed : pandas.DataFrame
        One row per source and line that its pages repeat, and per document and line dropped from
        its pages as it was read. Buttons, marks and bylines that `clean_text` takes out are not
        here: `clean_with_offsets` lists them for a text, and ``raw`` keeps them. Columns:
        ``doc_id`` ("" for a line that goes from every document of its source), ``source``,
        ``kind`` ("boilerplate", or "page" for a line
        that was dropped from the pages of one document as it was read), ``text``, ``n_docs``
        (documents it was removed from) and ``n`` (occurrences removed).
    copies : pandas.DataFrame
        One row per document that is a copy, or may be one; see `find_copies`.
    """

    documents: pd.DataFrame
    removed: pd.DataFrame
    copies: pd.DataFrame

    def __repr__(self) -> str:
        """Say in one line what was done."""
        collapsed = int(self.copies["collapsed"].sum())
        return (
            f"Cleaned: {len(self.documents):,} documents, {int(self.removed['n'].sum()):,} lines "
            f"removed, {collapsed:,} copies collapsed, {len(self.copies) - collapsed:,} to review"
        )


def clean_corpus(
    documents: pd.DataFrame,
    *,
    boilerplate: bool = True,
    near: float | None = NEAR,
    previous: pd.DataFrame | None = None,
    progress: bool = False,
) -> Cleaned:
    """Clean texts and titles, remove what pages repeat, and mark copies.

    Nothing is lost: ``raw`` keeps the text as extracted; what pages repeat is counted in
    ``removed``, and `clean_with_offsets` lists what else was taken out of one text.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``. A column ``page_lines`` ("times<tab>line" each) names what was
        dropped from their pages when they were read; it is listed in ``removed``.
    boilerplate : bool, default True
        Remove the lines that the pages of one source repeat at their head and foot; the rule
        stands in `find_boilerplate`.
    near : float or None, default 0.8
        Similarity from which a text is a near copy; None looks for exact copies only. The rules
        stand in `find_copies`.
    previous : pandas.DataFrame, optional
        Documents that this version of `clean_corpus` returned earlier: a text of the same
        ``doc_id``, ``lang``, ``raw`` and ``removed_lines`` is taken from there. The result is the
        same without.
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Cleaned
        Its documents are those given, with ``text`` and ``title`` cleaned and four columns of
        text: ``raw``, the text as extracted; ``removed_lines``, the numbers of the lines of
        ``raw`` that were removed ("0-2,17", see `kept_spans`); ``duplicate_of``, the doc_id of
        the original where a copy is collapsed, else ""; ``same_text_as``, the doc_id of the first
        document that prints the same text, collapsed or not, else "". Cleaning them again
        changes nothing.

    Raises
    ------
    SchemaError
        If a column is absent, of `documents` or of `previous`.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> clean_corpus(empty_table("documents"))
    Cleaned: 0 documents, 0 lines removed, 0 copies collapsed, 0 to review
    """
    check_table("documents", documents)
    # What was cleaned here before is cleaned again from what was extracted, not from its result.
    again = {"raw", "removed_lines"} <= set(documents.columns)
    raw = HeldTexts(documents["raw" if again else "text"])
    known = _Known(previous, documents, raw) if previous is not None else None
    held: list[pd.Series] = []

    def hold(texts: Iterable[str]) -> Sequence[str]:
        held.append(hold_texts(texts))
        return HeldTexts(held[0])

    done = clean_held(
        documents,
        raw,
        hold=hold,
        boilerplate=boilerplate,
        near=near,
        known=known.find if known else None,
        progress=progress,
    )
    texts = held.pop().set_axis(documents.index)
    return replace(done, documents=check_table("documents", done.documents.assign(text=texts)))


def clean_held(
    documents: pd.DataFrame,
    raw: Sequence[str],
    *,
    hold: Callable[[Iterable[str]], Sequence[str]],
    boilerplate: bool = True,
    near: float | None = NEAR,
    known: Callable[[int, str, str], str] | None = None,
    progress: bool = False,
) -> Cleaned:
    """Clean the documents of a table whose texts are held elsewhere: `clean_corpus`.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``; what stands in ``text`` is kept, and comes back as ``raw``, too.
    raw : sequence of str
        Their texts as extracted.
    hold : callable
        Takes the cleaned texts in the order of the documents, and gives them back as a sequence.
    boilerplate, near
        As for `clean_corpus`.
    known : callable, optional
        Takes a row, its language and the numbers of its removed lines, and gives the cleaned
        text if that is known, else "".
    progress : bool, default False
        Show a bar.

    Returns
    -------
    Cleaned
        Without the cleaned texts.
    """
    found = find_boilerplate(documents, raw) if boilerplate else None
    lines = found.lines if found else [""] * len(raw)
    titles = found.titles if found else documents["title"].tolist()
    langs = documents["lang"].tolist()

    def clean_each() -> Iterator[str]:
        for at in _watched(len(raw), progress=progress):
            done = known(at, langs[at], lines[at]) if known is not None else ""
            yield done or clean_text(drop_lines(raw[at], lines[at]), lang=langs[at])

    texts = hold(clean_each())
    cleaned = documents.copy()
    if "raw" not in cleaned.columns:
        cleaned["raw"] = cleaned["text"]
    columns = {
        "removed_lines": lines,
        "title": [
            clean_text(title, lang=lang) or title for title, lang in zip(titles, langs, strict=True)
        ],
    }
    for name, values in columns.items():
        cleaned[name] = pd.Series(values, index=cleaned.index, dtype="str")
    copies = list_copies(cleaned, texts, near=near)
    cleaned["duplicate_of"] = point_to_originals(cleaned, copies[copies["collapsed"]])
    cleaned["same_text_as"] = first_prints(cleaned, copies)
    rows = [*(found.removed.to_dict("records") if found else []), *_page_lines(documents)]
    removed = pd.DataFrame(rows, columns=list(REMOVED)).astype(REMOVED)
    return Cleaned(cleaned, removed, copies)


def _page_lines(documents: pd.DataFrame) -> list[dict[str, object]]:
    """List what was dropped from the pages of each document as it was read."""
    if "page_lines" not in documents.columns:
        return []
    named = documents.loc[documents["page_lines"].str.len() > 0, ["doc_id", "source", "page_lines"]]
    rows: list[dict[str, object]] = []
    for doc_id, source, dropped in sorted(named.itertuples(index=False)):
        for line in dropped.split("\n"):
            n, _, text = line.partition("\t")
            if n.isdecimal():
                about = {"doc_id": doc_id, "source": source, "kind": "page", "text": text}
                rows.append(about | {"n_docs": 1, "n": int(n)})
    return rows


class _Known:
    """Texts cleaned before, looked up by all that they were made from."""

    def __init__(self, previous: pd.DataFrame, documents: pd.DataFrame, raw: Sequence[str]) -> None:
        for name in ("doc_id", *_MADE_FROM, "text"):
            if name not in previous.columns:
                raise SchemaError(
                    f"`previous` has no column `{name}`; pass the documents of an earlier "
                    "`clean_corpus`, or leave it out."
                )
        self._rows = {name: at for at, name in enumerate(previous["doc_id"])}
        self._texts = HeldTexts(previous["text"])
        self._made_from = [HeldTexts(previous[name]) for name in _MADE_FROM]
        self._ids, self._raw = documents["doc_id"].tolist(), raw

    def find(self, here: int, lang: str, lines: str) -> str:
        """Give the text of a document, "" if it is not known."""
        at = self._rows.get(self._ids[here])
        made_from = (lang, lines, self._raw[here])
        if at is None or tuple(column[at] for column in self._made_from) != made_from:
            return ""
        return self._texts[at]


def clean_documents(
    documents: pd.DataFrame,
    *,
    boilerplate: bool = True,
    near: float | None = NEAR,
    previous: pd.DataFrame | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Clean texts and titles, remove what pages repeat, and mark copies: `clean_corpus` in short.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``.
    boilerplate, near, previous, progress
        As for `clean_corpus`.

    Returns
    -------
    pandas.DataFrame
        The documents of `clean_corpus`, with the columns ``raw``, ``removed_lines``,
        ``duplicate_of`` and ``same_text_as``. Cleaning it again changes nothing.

    Raises
    ------
    SchemaError
        If a column is absent.

    Examples
    --------
    >>> from watchwords.schema import empty_table
    >>> "raw" in clean_documents(empty_table("documents"))
    True
    """
    return clean_corpus(
        documents, boilerplate=boilerplate, near=near, previous=previous, progress=progress
    ).documents


def _watched(n: int, *, progress: bool) -> Iterable[int]:
    if not progress:
        return range(n)
    from tqdm.auto import tqdm

    bar: Iterable[int] = tqdm(range(n), desc="cleaning", unit="document")
    return bar
