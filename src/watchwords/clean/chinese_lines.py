"""Chinese lines broken by a page or a screen joined again; titles, lists and verses stay apart."""

import re
from collections.abc import Iterator

from watchwords.clean.chinese import HAN
from watchwords.clean.edits import Edit, replace, step
from watchwords.clean.words import chinese_words

# A Chinese line goes on if it ends or the next begins with what cannot stand there.
_ZH_BREAK = re.compile(
    rf"\n(?=[，。、；：！？”’）》])(?<=[{HAN}，、；：”’》）].)|\n(?=[{HAN}“‘《（])(?<=[，、].)"
    rf"|\n(?=[的了们])(?<=[{HAN}].)|\n(?=之[一二三四五六七八九十间内中下上类])(?<=[{HAN}].)"
    rf"|\n(?=[{HAN}“‘《（])(?<=[的把被].)|\n(?=[{HAN}])(?<=[“《（].)"
    rf"|\n(?=[{HAN}“‘《（])(?<=(?:以及|关于|对于|位于|处于|属于|由于|基于|至于|利于|为了|按照).)",
    re.DOTALL,
)
_SALUTATION = re.compile("尊敬的|各位|亲爱的|女士们|同志们|朋友们")
_PAIRS = {"“": "”", "《": "》", "（": "）", "「": "」"}
_HAN_START = re.compile(f"[{HAN}]")
_HAN_END = re.compile(f"[{HAN}]$")
_PROSE = re.compile("[，。]")
_MARK = re.compile("[，。、；：！？]")
_SENTENCE = re.compile(rf"[。！？；][^。！？；]*[{HAN}]{{2}}$")
_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[·•●▪◆■*-])")
# A line that begins like this is a paragraph of its own.
_BEGINS = re.compile(r"会议|记者|市|昨|今[日天]|本报|第|到\d|[一二三四五六七八九十]+、|.{0,5}：")
_VERSE_LINE = re.compile(
    f"[{HAN}]{{2,12}}[，。、；：！？]|[{HAN}]{{2,9}}，[{HAN}]{{2,9}}[，。；！？]"
)
MIN_WIDTH, MIN_LINES, SPREAD = 15, 3, 2
LONG_LINE, MIN_VERSE = 26, 3


@step("\n")
def join_chinese_lines(text: str) -> Iterator[Edit]:
    """Join a Chinese line that ends in a comma, or goes on with a mark, without a blank."""
    edits = list(replace(_ZH_BREAK, "", text))
    if not edits:
        return
    verses = _verse_ends(text)
    for edit in edits:
        begin = text.rfind("\n", 0, edit[0]) + 1
        alone = _ITEM.fullmatch(text, begin, edit[0])
        if edit[0] not in verses and not alone and not _SALUTATION.match(text, begin):
            yield edit


@step("\n")
def join_chinese_pages(text: str) -> Iterator[Edit]:
    r"""Join Chinese lines cut at one width, or within quotes, brackets or a book title.

    Examples
    --------
    >>> join_chinese_pages("要做到“两个维\n护”。")
    '要做到“两个维护”。'
    """
    lines = text.split("\n")
    ends = _line_ends(lines)
    for number in sorted(_cut_lines(lines) | _open_lines(lines)):
        yield (ends[number], ends[number] + 1, "")


@step("\n")
def join_chinese_words(text: str) -> Iterator[Edit]:
    r"""Join Chinese lines between which a word, or a sentence of a paragraph, is cut.

    A word is cut if the signs beside the break are a listed one and neither makes a word with
    the sign on its own side: a title and the text below it do not look like that. A sentence is
    cut if the line, and another of its block, are as wide as the widest.

    Examples
    --------
    >>> join_chinese_words("粮食产量增\n长一成。")
    '粮食产量增长一成。'
    >>> join_chinese_words("粮食工作会议\n会议在城南召开。")
    '粮食工作会议\n会议在城南召开。'
    """
    lines = text.split("\n")
    ends: list[int] = []
    for number in range(len(lines) - 1):
        if _goes_on(lines, number) and _is_cut(lines, number):
            ends = ends or _line_ends(lines)
            yield (ends[number], ends[number] + 1, "")


def _is_cut(lines: list[str], number: int) -> bool:
    """Say whether the break after a line cuts a word, or the sentence of a wrapped paragraph."""
    line, after = lines[number], lines[number + 1]
    if not _MARK.search(after) or _ITEM.match(after) or _BEGINS.match(after):
        return False
    known = chinese_words()
    if line[-1] + after[0] in known:
        return "：" not in line[-4:] and line[-2:] not in known and after[:2] not in known
    if _ITEM.match(line) or _SALUTATION.match(after):
        return False
    long = len(line) >= LONG_LINE and len(after) <= len(line) + 1 and "，" in line
    cut = _SENTENCE.search(line) is not None or (long and after.endswith("。"))
    return cut and _is_wrapped(lines, number)


def _is_wrapped(lines: list[str], number: int) -> bool:
    """Say whether a line, and another of its block, are about as wide as the widest of them."""
    first, last = number, number + 1
    while first > 0 and lines[first - 1]:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1]:
        last += 1
    widths = [len(line) for line in lines[first : last + 1]]
    wide = max(max(widths) - SPREAD, MIN_WIDTH)
    return len(lines[number]) >= wide and sum(width >= wide for width in widths) > 1


def _verse_ends(text: str) -> set[int]:
    """Find where lines of verse end: as many signs in each, and a mark at the end of all."""
    ends: set[int] = set()
    at = 0
    run: list[str] = []
    for line in [*text.split("\n"), ""]:
        same = _VERSE_LINE.fullmatch(line) and (not run or len(line) == len(run[0]))
        if run and not same:
            if len(run) >= MIN_VERSE:
                ends.update(_run_ends(run, at))
            run = []
        if _VERSE_LINE.fullmatch(line):
            run.append(line)
        at += len(line) + 1
    return ends


def _run_ends(run: list[str], after: int) -> Iterator[int]:
    """Give the places of the newlines within a run of lines, the one after which begins there."""
    at = after - sum(len(line) + 1 for line in run)
    for line in run[:-1]:
        at += len(line) + 1
        yield at - 1


def _line_ends(lines: list[str]) -> list[int]:
    ends: list[int] = []
    at = -1
    for line in lines:
        at += len(line) + 1
        ends.append(at)
    return ends


def _cut_lines(lines: list[str]) -> set[int]:
    """Find runs of lines of one width, the mark of a page: all but the last go on."""
    cut: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if run and abs(len(line) - len(lines[run[0]])) <= 1 and _HAN_START.search(line):
            run.append(number)
            continue
        prose = sum(bool(_PROSE.search(lines[n])) for n in run)
        if len(run) >= MIN_LINES and 2 * prose > len(run):
            cut |= {n for n in run if _goes_on(lines, n)}
        run = [number] if len(line) >= MIN_WIDTH and _HAN_START.search(line) else []
    return cut


def _open_lines(lines: list[str]) -> set[int]:
    """Find lines within which a quote or bracket opens that the next line closes."""
    found = set()
    for number, line in enumerate(lines[:-1]):
        if not _goes_on(lines, number):
            continue
        for opening, closing in _PAIRS.items():
            begin = line.rfind(opening)
            end = lines[number + 1][:40].find(closing)
            if begin > line.rfind(closing) and end >= 0 and len(line) - begin <= 30:
                inner = lines[number + 1][:end]
                if opening not in inner:
                    found.add(number)
    return found


def _goes_on(lines: list[str], number: int) -> bool:
    return (
        number + 1 < len(lines)
        and bool(_HAN_END.search(lines[number]))
        and bool(_HAN_START.match(lines[number + 1]))
    )
