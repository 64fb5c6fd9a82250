"""What was not counted: inputs that were rejected, copies, and lines that pages repeat."""

import textwrap
from typing import Any

from watchwords.briefs.dating import count_bases, is_few
from watchwords.briefs.exhibits import Note, Table
from watchwords.briefs.gaps import SECTION
from watchwords.briefs.rows import each_row
from watchwords.briefs.wording import listed
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of

N_ROWS = 25
N_SAMPLES = 3
_LINE = 110
_NAME = 60
_PASSAGE = 160


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
        what = "1 near copy is" if review == 1 else f"{review:,} near copies are"
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
        return f"All {n_inputs:,} inputs became {work.report.noun}s, and all are counted."
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
        "copies": meta["n_duplicates"],
        "not read": meta["n_rejects"],
    }


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
    order = ["n_docs", "n", "source", "text"]
    ordered = removed.sort_values(order, ascending=[False, False, True, True])
    rows: list[list[Any]] = [
        [
            textwrap.shorten(row.text, _LINE, placeholder=" …"),
            row.kind,
            row.source or row.doc_id,
            f"{row.n_docs:,}",
            f"{row.n:,}",
        ]
        for row in each_row(ordered.head(N_ROWS))
    ]
    return Table(
        id="table-removed",
        place="annex",
        section=SECTION,
        title="Lines removed from the texts",
        columns=[
            {"label": "Line", "align": "left", "width": "5fr"},
            {"label": "Kind", "align": "left", "width": "auto"},
            {"label": "Source", "align": "left", "width": "2fr"},
            {"label": f"{work.report.noun}s", "align": "right", "width": "auto"},
            {"label": "times", "align": "right", "width": "auto"},
        ],
        rows=rows,
        note=_rest(len(removed), len(rows), "data/removed.csv"),
    )


def copy_table(work: Workspace) -> Table | None:
    """List the copies: first those that need a decision, then the least alike that went.

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
    order = ["collapsed", "similarity", "doc_id", "copy_of"]
    ordered = copies.sort_values(order)
    rows: list[list[Any]] = [
        [
            _name(row.doc_id),
            _name(row.copy_of),
            f"{row.similarity:.2f}",
            "not counted" if row.collapsed else f"to review: {row.reason}",
            _difference(row),
        ]
        for row in each_row(ordered.head(N_ROWS))
    ]
    review = int((~copies["collapsed"]).sum())
    return Table(
        id="table-copies",
        place="annex",
        section=SECTION,
        title=f"Copies: {len(copies) - review:,} not counted, {review:,} counted and to review",
        columns=[
            {"label": work.report.noun.capitalize(), "align": "left", "width": "2fr"},
            {"label": "Copy of", "align": "left", "width": "2fr"},
            {"label": "alike", "align": "right", "width": "auto"},
            {"label": "Decision", "align": "left", "width": "2fr"},
            {"label": "Passages that differ", "align": "left", "width": "4fr"},
        ],
        rows=rows,
        note="Alike: the share of five-word runs that both have; 1.00 is the same text. "
        + _rest(len(copies), len(rows), "data/copies.csv"),
    )


def _difference(row: Any) -> str:
    parts = [("here", row.only_here), ("there", row.only_there)]
    said = [
        f"{where}: “{textwrap.shorten(text, _PASSAGE, placeholder=' …')}”"
        for where, text in parts
        if text
    ]
    return "; ".join(said) or "none"


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
        title=f"Inputs that did not become {work.report.noun}s: {len(rejects):,}",
        columns=[
            {"label": "Reason", "align": "left", "width": "auto"},
            {"label": "inputs", "align": "right", "width": "auto"},
            {"label": "File", "align": "left", "width": "1fr"},
            {"label": "Detail", "align": "left", "width": "2fr"},
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
