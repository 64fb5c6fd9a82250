"""How well the pages of a brief are filled, and what to shrink so that they are.

A layout is known by its marks, which the template leaves where each block starts and ends: what
("start", "end", or "front" where the front is over), kind and id of the block, page, and y in mm.
"""

from typing import Any

FRONT_PAGES = 2
SMALLEST = 0.84  # of a figure's width; below it the letters are too small
_TOP, _BOTTOM = 23.0, 277.0  # of the text on a page, in mm; as in the template
_STUB = 30.0  # less than this on a page, in mm, is no page
_TIGHT = 0.6  # of the space in the rows of a table
_WORDS = 16.0  # height of a figure's title and note, which do not shrink
_SPACE = 10.0  # between two blocks, at most

Marks = list[dict[str, Any]]


def weigh_pages(marks: Marks) -> float:
    """Weigh what is wrong with a layout: 0 is full pages and a front of two.

    Parameters
    ----------
    marks : list of dict
        In reading order.

    Returns
    -------
    float
        10 for each page beyond the front's two, 1 for a last page that is hardly begun and for
        a table cut so that a stub is left, and for every other page the square of the part of
        it that is empty.

    Examples
    --------
    >>> half_page = {"what": "end", "kind": "note", "id": "a", "page": 1, "y": 150.0}
    >>> weigh_pages([half_page, {"what": "front", "page": 1, "y": 150.0}])
    0.0
    """
    front_end, last = _front_end(marks), max(mark["page"] for mark in marks)
    flaws = 10.0 * max(0, front_end - FRONT_PAGES)
    for page, bottom in _bottoms(marks).items():
        if page not in {front_end, last}:
            flaws += ((_BOTTOM - bottom) / (_BOTTOM - _TOP)) ** 2
        elif bottom - _TOP < 2 * _STUB:
            flaws += 1.0
    cut = [end["y"] - _TOP for start, end in _pairs(marks) if start["page"] < end["page"]]
    return flaws + len([height for height in cut if height < _STUB])


def find_shrinkable(marks: Marks, tried: set[str]) -> tuple[str, float] | None:
    """Find what would fit on the page before, were it a little smaller.

    That is a figure that begins a page, or a table of which only a stub is left for it.

    Parameters
    ----------
    marks : list of dict
        In reading order.
    tried : set of str
        Figures and tables to pass over, by id.

    Returns
    -------
    tuple of str and float, or None
        Its id, and the part to keep of a figure's width or of the space in a table's rows; None if
        there is nothing of the kind.
    """
    front_end, bottoms = _front_end(marks), _bottoms(marks)
    seen = {1}
    for start, end in _pairs(marks):
        page = start["page"]
        opens = page not in seen and page != front_end + 1
        seen |= {page, end["page"]}
        scale = 0.0
        if start["kind"] == "table" and page < end["page"] and end["y"] - _TOP < _STUB:
            scale = _TIGHT
        elif start["kind"] == "figures" and opens:
            scale = _fitting_scale((start["y"], end["y"]), _BOTTOM - bottoms[page - 1])
        if scale and start["id"] not in tried:
            return start["id"], scale
    return None


def _fitting_scale(spans: tuple[float, float], room: float) -> float:
    top, bottom = spans
    picture = bottom - top - _WORDS
    too_much = bottom - _TOP + _SPACE - room
    scale = round(1 - too_much / picture - 0.005, 2) if picture > 0 else 0.0
    return scale if SMALLEST <= scale < 1 else 0.0


def _front_end(marks: Marks) -> int:
    cut = next(at for at, mark in enumerate(marks) if mark["what"] == "front")
    return int(marks[max(cut - 1, 0)]["page"])


def _bottoms(marks: Marks) -> dict[int, float]:
    last = max(mark["page"] for mark in marks)
    bottoms = dict.fromkeys(range(1, last + 1), _TOP)
    for start, end in _pairs(marks):
        bottoms |= dict.fromkeys(range(start["page"], end["page"]), _BOTTOM)
        bottoms[end["page"]] = max(bottoms[end["page"]], end["y"])
    return bottoms


def _pairs(marks: Marks) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    starts = {mark["id"]: mark for mark in marks if mark["what"] == "start"}
    ends = [mark for mark in marks if mark["what"] == "end"]
    return [(starts.get(end["id"], end), end) for end in ends]
