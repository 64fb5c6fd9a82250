"""What was not counted: inputs that were rejected, copies, and lines that pages repeat."""

import textwrap
from typing import Any

import pandas as pd

from watchwords.briefs.dating import count_bases, is_few
from watchwords.briefs.exhibits import Note, Table, column
from watchwords.briefs.gaps import SECTION
from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.wording import listed

N_ROWS = 25
N_SAMPLES = 3
N_EXAMPLES = 200
_LINE = 110
_NAME = 60
_PASSAGE = 90


def accounting_note(work: Workspace) -> Note | None:
    """Account for every input: counted, left out, copy or rejected.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Note or None
        None where the front lists every input, as a document that counts.
    """
    if is_few(work) and len(work.counted) == work.meta["n_inputs"]:
        return None
    sentences = [_sum(work)]
    review = int((~work.table("copies")["collapsed"]).sum())
    if review:
        what = (
            "1 near copy or excerpt is"
            if review == 1
            else f"{review:,} near copies or excerpts are"
        )
        sentences.append(f"{what} counted, and listed for review.")
    removed = work.table("removed")
    if len(removed):
        lines = count_of(int(removed["n"].sum()), "line")
        sentences.append(
            f"{lines} that pages repeat (menus, mastheads, page numbers) were removed from the "
            "texts; the texts as they came are kept."
        )
    bases = count_bases(work.counted)["basis"]
    if len(bases) == 1 and bases[0]:
        sentences.append(f"Dates known from: {bases[0]}.")
    return Note(
        id="accounting",
        place="annex",
        section=SECTION,
        title="What became of the inputs",
        paragraphs=[" ".join(sentences)],
    )


def _sum(work: Workspace) -> str:
    """Account for all inputs: the numbers add up to the first."""
    parts = [f"{n:,} {what}" for what, n in account(work).items() if n]
    n_inputs = work.meta["n_inputs"]
    if len(parts) == 1:
        return f"All {n_inputs:,} inputs became {work.report.nouns}, and all are counted."
    return f"{count_of(n_inputs, 'input')}: {listed(parts)}."


def account(work: Workspace) -> dict[str, int]:
    """Count what became of the inputs.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    dict
        From a few words to the number of inputs; the numbers add up to all inputs.
    """
    meta = work.meta
    kept = meta.get("kept") or {"column": "", "n": 0, "of": 0}
    return {
        "counted": len(work.counted),
        f"not marked “{kept['column']}”": kept["of"] - kept["n"],
        f"dated after {work.as_of.isoformat()}": meta["n_later"],
        "copy" if meta["n_duplicates"] == 1 else "copies": meta["n_duplicates"],
        "not read": meta["n_rejects"],
    }


def find_examples(removed: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Find a document that shows each removed line, as it came.

    Parameters
    ----------
    removed : pandas.DataFrame
        With ``doc_id`` ("" for a line that went from a whole source), ``source``, ``text`` and
        ``n_docs``.
    documents : pandas.DataFrame
        With ``doc_id``, ``source`` and ``raw``.

    Returns
    -------
    pandas.Series of str
        A doc_id for each row; "" for rarer lines, and where cleaning had altered the line.

    Examples
    --------
    >>> removed = pd.DataFrame({"doc_id": [""], "source": ["A"], "text": ["Share"], "n_docs": [9]})
    >>> documents = pd.DataFrame({"doc_id": ["x", "y"], "source": ["A", "A"],
    ...     "raw": ["No menu.", "Rain. Share"]})
    >>> find_examples(removed, documents).tolist()
    ['y']
    """
    pages = {
        source: list(zip(group["doc_id"], group["raw"], strict=True))
        for source, group in documents.groupby("source")
    }
    examples = removed["doc_id"].astype("str").copy()
    common = removed[removed["doc_id"] == ""].nlargest(N_EXAMPLES, "n_docs", keep="first")
    for at, source, text in zip(common.index, common["source"], common["text"], strict=True):
        shown = (doc_id for doc_id, raw in pages.get(source, []) if text in raw)
        examples[at] = next(shown, "")
    return examples


def removed_table(work: Workspace) -> Table | None:
    """List the lines that were removed because pages repeat them.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if none was.
    """
    removed = work.table("removed")
    if removed.empty:
        return None
    lines = removed.groupby(["kind", "text"], as_index=False).agg(
        n_docs=("n_docs", "sum"),
        n=("n", "sum"),
        n_sources=("source", "nunique"),
        source=("source", "first"),
        example=("example", "max"),
    )
    order = ["n_docs", "n", "kind", "text"]
    lines = lines.sort_values(order, ascending=[False, False, True, True])
    rows: list[list[Any]] = [
        [
            textwrap.shorten(row.text, _LINE, placeholder=" …"),
            f"{row.n_sources:,} sources" if row.n_sources > 1 else row.source,
            _name(row.example),
            f"{row.n_docs:,}",
            f"{row.n:,}",
        ]
        for row in each_row(lines.head(N_ROWS))
    ]
    return Table(
        id="table-removed",
        place="annex",
        section=SECTION,
        title="Lines removed from the texts",
        columns=[
            column("Line", "5fr"),
            column("Source", "2fr"),
            column("Seen in", "3fr"),
            column(work.report.nouns, align="right"),
            column("times", align="right"),
        ],
        rows=rows,
        note=_rest(len(lines), len(rows), "data/removed.csv"),
    )


def copy_table(work: Workspace) -> Table | None:
    """List the copies by kind, with samples: first those that need a decision.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if there is none.
    """
    copies = work.table("copies")
    if copies.empty:
        return None
    sizes = copies.value_counts(["collapsed", "reason"])
    rows: list[list[Any]] = []
    for kind in sorted(sizes.index, key=lambda kind: (kind[0], -int(sizes[kind]), kind[1])):
        alike = copies[(copies["collapsed"] == kind[0]) & (copies["reason"] == kind[1])]
        # The doubtful first: of what is counted the most alike, of what is not the least.
        order = ["similarity", "doc_id", "copy_of"]
        samples = alike.sort_values(order, ascending=[bool(kind[0]), True, True])
        for i, row in enumerate(each_row(samples.head(N_SAMPLES))):
            rows.append([*_kind_cells(row, int(sizes[kind]) if i == 0 else 0), *_copy_cells(row)])
    review = int((~copies["collapsed"]).sum())
    return Table(
        id="table-copies",
        place="annex",
        section=SECTION,
        title=f"Copies: {len(copies) - review:,} not counted, {review:,} counted and to review",
        columns=[
            column("Kind"),
            column("", align="right"),
            column(work.report.noun.capitalize(), "2fr"),
            column("Copy of", "2fr"),
            column("alike", align="right"),
            column("Passages that differ", "4fr"),
        ],
        rows=rows,
        note="Alike: the share of short runs of words that both have; 1.00 is the same text. An "
        "excerpt stands in a longer text. " + _rest(len(copies), len(rows), "data/copies.csv"),
    )


def _kind_cells(row: Any, n: int) -> list[str]:
    if not n:
        return ["", ""]
    return [f"{row.reason}, {'not counted' if row.collapsed else 'to review'}", f"{n:,}"]


def _copy_cells(row: Any) -> list[str]:
    names = [_name(row.doc_id), _name(row.copy_of)]
    if row.reason == "excerpt":
        return [*names, "", ""]
    parts = [("here", row.only_here), ("there", row.only_there)]
    said = [
        f"{where} “{textwrap.shorten(text, _PASSAGE, placeholder=' …')}”"
        for where, text in parts
        if text
    ]
    # Two digits would round what differs to the same text.
    alike = f"{row.similarity:.2f}" if row.similarity in {0.0, 1.0} else f"{row.similarity:.3f}"
    return [*names, alike, "; ".join(said) or "none"]


def reject_table(work: Workspace) -> Table | None:
    """List the inputs that did not become documents, by reason, with samples of each.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    Table or None
        None if all were read.
    """
    rejects = work.table("rejects")
    if rejects.empty:
        return None
    sizes = rejects["reason"].value_counts()
    rows: list[list[Any]] = []
    for reason in sorted(sizes.index, key=lambda reason: (-int(sizes[reason]), reason)):
        samples = rejects[rejects["reason"] == reason].sort_values(["path", "row"])
        for i, row in enumerate(each_row(samples.head(N_SAMPLES))):
            first = i == 0
            rows.append(
                [
                    row.reason.replace("_", " ") if first else "",
                    f"{sizes[reason]:,}" if first else "",
                    _name(row.path) + (f", row {row.row}" if row.row > 0 else ""),
                    textwrap.shorten(row.detail, _LINE, placeholder=" …"),
                ]
            )
    hidden = len(rejects) - len(rows)
    return Table(
        id="table-rejects",
        place="annex",
        section=SECTION,
        title=f"Inputs that did not become {work.report.nouns}: {len(rejects):,}",
        columns=[
            column("Reason"),
            column("inputs", align="right"),
            column("File", "1fr"),
            column("Detail", "2fr"),
        ],
        rows=rows,
        note="All of them are in data/rejects.csv." if hidden > 0 else "",
    )


def _name(path: str) -> str:
    """Print a name on one line, whatever its characters: what cannot be seen is escaped."""
    seen = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path
    )
    # The end of a path tells more than its folders.
    return seen if len(seen) <= _NAME else "… " + seen[-_NAME:]


def _rest(n: int, shown: int, file: str) -> str:
    return f"{n - shown:,} more in {file}." if n > shown else ""
