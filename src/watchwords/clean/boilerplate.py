"""Lines that the pages of one source repeat at their head or foot: found from the corpus itself.

A formula that is repeated is our subject; a menu that is repeated is not. They are told apart by
where a line stands and what it looks like, never by how often it comes alone: a wrong removal is
worse than a line left in. A sentence is safe everywhere.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from watchwords.clean.line_kinds import (
    KEPT,
    MARKED,
    MENU,
    SENTENCE,
    fold_digits,
    has_own_words,
    line_key,
)
from watchwords.clean.line_numbers import write_ranges
from watchwords.clean.near import near_pairs
from watchwords.clean.page_edges import (
    BLOCK,
    EDGE_LINES,
    ENDS,
    FURNITURE,
    LONE,
    Line,
    Page,
    reach_lines,
    read_page,
)
from watchwords.clean.sketches import sketch

LEAST_TEXTS = 8
SHARE_MARKED = 0.3
SHARE_BLOCK = 0.5
SHARE_LONE = 0.8
SHARE_NO_SOURCE = 0.5
SAME_END = 0.8
ONE_TEXT = 0.7
SAMPLE = 1000
SAID = 2
_ROUNDS = 5
_MARKS = re.compile(r"[\W_]+")
_SHARES = ((FURNITURE, SHARE_MARKED), (BLOCK, SHARE_BLOCK), (LONE, SHARE_LONE))
REMOVED = {
    "doc_id": "str",
    "source": "str",
    "kind": "str",
    "text": "str",
    "n_docs": "int64",
    "n": "int64",
}


@dataclass(frozen=True, eq=False)
class Boilerplate:
    """What the pages of a corpus repeat.

    Attributes
    ----------
    lines : list of str, one a document
        Numbers of the lines to remove, "0-3,17"; see `read_page` for how lines are counted.
    titles : list of str, one a document
        The title, where it was a line that is removed: the next line that may be one.
    removed : pandas.DataFrame
        One row per source and line: ``doc_id`` (""), ``source``, ``kind``, ``text``, ``n_docs``,
        ``n``.
    """

    lines: list[str]
    titles: list[str]
    removed: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Judged:
    """The lines of each end, by their keys, and the sentences over which a walk goes on."""

    keys: dict[str, set[str]]
    passable: set[str]

    def reach(self, page: Page, end: str) -> list[tuple[Line, int]]:
        return reach_lines(page, end, self.keys[end], passable=self.passable)


def find_boilerplate(documents: pd.DataFrame, texts: Sequence[str]) -> Boilerplate:
    """Find the lines that the pages of one source repeat at their head or foot.

    Parameters
    ----------
    documents : pandas.DataFrame
        The table ``documents``. Pages are of one source if they have the same ``source``; where
        it is empty, the same site (``url``), else the same folder (``path``). Sources of fewer
        than eight documents, and documents of which nothing is known, are taken together.
    texts : sequence of str
        Of the same documents, as extracted: their lines are needed.

    Returns
    -------
    Boilerplate

    Notes
    -----
    A line goes from a document if

    1. it stands at the head (or foot) of at least 8 different texts of the source, and in at
       least 80 % of the documents that have it anywhere it stands there. Texts that share 70 % of
       their runs of words are one text: a hundred reprints make no sentence a furniture. Sources
       of more than 1,000 documents are judged by 1,000, evenly spaced;
    2. between it and the edge there are lines of the same kind only, and at most six others that
       are no sentences (titles, dates, names);
    3. its words are those of furniture (rights, buttons, addresses, separators), and it is in
       30 % of the texts, a lone entry of a menu in 50 % and at the very edge. Where no source is
       known, 50 % is the least;
    4. or its words are its own, it is in 80 % of the texts, and furniture stands between it and
       the text, or, at the head, next to it, or it is the very first line.

    A line with words besides those of buttons stays if it stands in sentences of two documents,
    unless it is the name of the source or sure to be furniture.

    A last line before the furniture of a foot may be the last words of the document and stays.
    Sentences without the words of furniture, dates, words to the audience ("Mr. Speaker",
    同志们) and the document's own title are never removed. A line
    that was taken for the title, or that opens most of its documents without the words of
    furniture, goes only if in most documents another title or a menu follows. A document keeps
    its lines if nothing would be left.
    """
    found = Boilerplate(
        [""] * len(texts), documents["title"].tolist(), pd.DataFrame(columns=list(REMOVED))
    )
    rows: list[dict[str, object]] = []
    for source, members in _sources(documents):
        titles = [found.titles[at] for at in members]
        sampled = np.unique(np.linspace(0, len(members) - 1, SAMPLE).astype(int)).tolist()
        pages = [read_page(texts[members[at]], titles[at]) for at in sampled]
        judged = _judge(pages, source)
        if judged:
            rows += _remove(found, texts, members, judged=judged, source=source)
    removed = pd.DataFrame(rows, columns=list(REMOVED)).astype(REMOVED)
    return Boilerplate(found.lines, found.titles, removed)


def _sources(documents: pd.DataFrame) -> list[tuple[str, list[int]]]:
    """Group the documents by what tells their pages apart, each group in the order of doc_id."""
    columns = [documents[name].tolist() for name in ("doc_id", "source", "url", "path")]
    named: dict[str, list[int]] = {}
    for at, (_, source, url, path) in enumerate(zip(*columns, strict=True)):
        folder = path.rsplit("/", 1)[0] if "/" in path else ""
        name = source.strip() or urlsplit(url).netloc.removeprefix("www.") or folder
        named.setdefault(name, []).append(at)
    rest = named.pop("", [])
    for name in [name for name, members in named.items() if len(members) < LEAST_TEXTS]:
        rest += named.pop(name)
    groups = [*sorted(named.items()), ("", rest)]
    ids = columns[0]
    return [
        (name, sorted(members, key=ids.__getitem__))
        for name, members in groups
        if len(members) >= LEAST_TEXTS
    ]


def _judge(pages: Sequence[Page], source: str) -> _Judged | None:
    """Say of each end which lines are furniture there; None if no line is."""
    edges = [
        {line.key: line for line in (*page.lines[:EDGE_LINES], *page.lines[-EDGE_LINES:])}
        for page in pages
    ]
    n_edges = Counter(key for edge in edges for key in edge)
    frequent = {key for key, n in n_edges.items() if n >= LEAST_TEXTS}
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for edge in edges:
        for key in frequent & edge.keys():
            if edge[key].kind != KEPT:
                counts[edge[key].kind == SENTENCE][key] += 1
    repeated = {key for key, n in counts[False].items() if n >= LEAST_TEXTS}
    repeated -= _true_titles(pages, repeated)
    if not repeated:
        return None
    texts = _number_texts(pages, repeated)
    passable = _in_half(pages, texts, {k for k, n in counts[True].items() if n >= LEAST_TEXTS})
    keys = dict.fromkeys(ENDS, repeated)
    for _ in range(_ROUNDS):
        judged = _Judged(keys, passable)
        keys = {end: _judge_end(pages, (end, judged), texts=texts, source=source) for end in ENDS}
        if keys == judged.keys:
            break
    return _Judged(keys, passable) if any(keys.values()) else None


def _in_half(pages: Sequence[Page], texts: Sequence[int], keys: set[str]) -> set[str]:
    """Keep the keys of lines that half of the different texts have."""
    having: dict[str, set[int]] = {key: set() for key in keys}
    for page, text in zip(pages, texts, strict=True):
        for line in page.lines:
            if line.key in having:
                having[line.key].add(text)
    least = max(LEAST_TEXTS, SHARE_BLOCK * len(set(texts)))
    return {key for key, found in having.items() if len(found) >= least}


def _judge_end(
    pages: Sequence[Page], judged: tuple[str, _Judged], *, texts: Sequence[int], source: str
) -> set[str]:
    """Keep the candidates of an end that stand there often enough, and hardly elsewhere."""
    end, candidates = judged
    keys = candidates.keys[end]
    supported: dict[str, dict[int, set[int]]] = {}
    n_reached: Counter[str] = Counter()
    n_pages: Counter[str] = Counter()
    for page, text in zip(pages, texts, strict=True):
        n_pages.update(keys & {line.key for line in page.lines})
        reached = candidates.reach(page, end)
        n_reached.update({line.key for line, _ in reached})
        for line, score in reached:
            by_score = supported.setdefault(line.key, {score: set() for score, _ in _SHARES})
            for weaker in range(LONE, score + 1):
                by_score[weaker].add(text)
    n_texts, least = len(set(texts)), 0.0 if source else SHARE_NO_SOURCE
    found = {
        key
        for key, by_score in supported.items()
        if n_reached[key] >= SAME_END * n_pages[key]
        and any(
            len(by_score[score]) >= max(LEAST_TEXTS, max(share, least) * n_texts)
            for score, share in _SHARES
        )
    }
    own = {key for key in found if has_own_words(key)} - {line_key(source)}
    return found - _said_elsewhere(pages, own)


def _true_titles(pages: Sequence[Page], repeated: set[str]) -> set[str]:
    """Find the repeated lines that are titles of a series and not the name of a paper.

    A line is a title if half of its documents have it as theirs, or as their first line, unless
    most of them go on with furniture, or with another line that may be a title and that hardly
    any other has.
    """
    has = Counter(key for page in pages for key in {line.key for line in page.lines})
    n_first: Counter[str] = Counter()
    n_menus: Counter[str] = Counter()
    titles: dict[str, set[str]] = {}
    for page in pages:
        first = page.lines[0].key if page.lines else ""
        for key in {first, page.title} & repeated & {line.key for line in page.lines}:
            n_first[key] += 1
            after = next_title(page, repeated)
            titles.setdefault(key, set()).update([fold_digits(after[1])] if after else [])
            under = page.lines[1] if key == first and len(page.lines) > 1 else None
            n_menus[key] += bool(under and under.key in repeated and under.kind in (MARKED, MENU))
    marked = {line.key for page in pages for line in page.lines[:1] if line.kind in (MARKED, MENU)}
    return {
        key
        for key, n in n_first.items()
        if key not in marked
        and 2 * n >= has[key]
        and n_menus[key] + len(titles[key]) < SAME_END * n
    }


def _said_elsewhere(pages: Sequence[Page], keys: set[str]) -> set[str]:
    """Find the keys whose words stand in the sentences of two documents: they are set phrases."""
    words = {key: _fold_marks(key) for key in keys}
    n_docs: Counter[str] = Counter()
    for page in pages if keys else ():
        said = _fold_marks(" ".join(line.key for line in page.lines if line.kind == SENTENCE))
        n_docs.update(key for key, word in words.items() if word in said)
    return {key for key, n in n_docs.items() if n >= SAID}


def _fold_marks(text: str) -> str:
    return _MARKS.sub("", text)


def next_title(page: Page, removed: set[str]) -> tuple[str, str] | None:
    """Find the first line of a page that may be its title: no date, no sentence, not removed.

    Parameters
    ----------
    page : Page
    removed : set of str
        Keys of lines that are no titles.

    Returns
    -------
    (text, key), or None if a sentence comes first.
    """
    for line in page.lines[:EDGE_LINES]:
        if line.kind == SENTENCE:
            return None
        if line.key not in removed and line.kind != KEPT:
            return line.text, line.key
    return None


def _number_texts(pages: Sequence[Page], repeated: set[str]) -> list[int]:
    """Give the pages of one text one number, furniture aside."""
    bodies = [
        "\n".join(
            line.text for line in page.lines if line.key not in repeated or line.kind == SENTENCE
        )
        for page in pages
    ]
    first = {body: at for at, body in reversed(list(enumerate(bodies)))}
    pairs = near_pairs(bodies, sketch(bodies), ONE_TEXT)
    rows = np.concatenate([pairs.first, np.arange(len(bodies))])
    columns = np.concatenate([pairs.second, [first[body] for body in bodies]])
    graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(bodies),) * 2)
    labels: list[int] = connected_components(graph, directed=False)[1].tolist()
    return labels


def _remove(
    found: Boilerplate,
    texts: Sequence[str],
    members: Sequence[int],
    *,
    judged: _Judged,
    source: str,
) -> list[dict[str, object]]:
    """Name the lines to remove from each document of a source, and count them."""
    printed: dict[str, Counter[str]] = {}
    n_docs: Counter[str] = Counter()
    for at in members:
        page = read_page(texts[at], found.titles[at])
        reached = [line for end in ENDS for line, _ in judged.reach(page, end)]
        after = next_title(page, {line.key for line in reached}) if reached else None
        gone = {line.number: line for line in reached if line.key != page.title or after}
        if not gone or len(gone) == len(page.lines):
            continue
        found.lines[at] = write_ranges(sorted(gone))
        keys = {line.key for line in gone.values()}
        n_docs.update(keys)
        for line in gone.values():
            printed.setdefault(line.key, Counter())[line.text] += 1
        if after and page.title in keys:
            found.titles[at] = after[0]
    return [
        {
            "doc_id": "",
            "source": source,
            "kind": "boilerplate",
            "text": min(printed[key], key=lambda text: (-printed[key][text], text)),
            "n_docs": n_docs[key],
            "n": printed[key].total(),
        }
        for key in sorted(printed, key=lambda key: (-n_docs[key], key))
    ]
