"""Number formulas without quotes: a number and what it bundles, used as a name."""

import re
from collections.abc import Iterator

import numpy as np

from watchwords.concepts.folding import NUMBER_WORDS, fold_word
from watchwords.tokens import Tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMERALS = NUMBER_WORDS | _words("dual double")
NUMERALS -= _words("zero one hundred thousand million billion dozen")
_WEIGHTY = _words("basic big cardinal core critical fundamental grand great key main major tough")
_NAMING = _words("the these those our its")
_BUILDS = _words("pillar pre pronged sphere wheel")
_STOP = _words(
    "a after again against all also an and any are as at be been before between but by can do each "
    "every for from had has have he if in into is it last more must next no not of on or our over "
    "shall should so such than that the their then there they this through to under until upon was "
    "we were when where which while who will with within would you"
)
_UNCOUNTABLE = re.compile("(?:ness|nesses|ance|[^tr]ence|ship)$")
_CUE = re.compile(r"(?:known as|so-called|called|named|dubbed)\s+(?:the\s+)?$", re.IGNORECASE)
_LONGEST = 3
_REACH = 24


def find_formulas(tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """Find numbers that are used as names.

    Counting is no formula, and nothing but signs tell the two apart: capitals within a sentence
    ("the Two Upholds"), a weighty adjective after an article ("the six key tasks"), an uncountable
    noun ("two maintenance"), a build such as "four-pronged", or words that announce a name
    ("known as the five goods"). What is found is for review; much counting stays out, some gets
    in, and a formula without any sign is missed.

    Parameters
    ----------
    tokens : Tokens
        The corpus; English words only.

    Yields
    ------
    doc, start, end : int
        Row of the documents, and the place in the text.
    """
    heads = (word.split("-")[0] for word in tokens.vocabulary)
    is_numeral = np.fromiter((head in NUMERALS for head in heads), bool, len(tokens.vocabulary))
    places = np.flatnonzero(is_numeral[tokens.ids])
    docs = np.searchsorted(tokens.doc_offsets, places, side="right") - 1
    doc_ids = tokens.documents["doc_id"].to_list()
    doc, text = -1, ""
    for at, on in zip(places.tolist(), docs.tolist(), strict=True):
        if on != doc:
            doc, text = on, tokens.text(doc_ids[on])
        length = _name_length(tokens, at, text)
        if length:
            yield doc, int(tokens.starts[at]), int(tokens.ends[at + length])


def _name_length(tokens: Tokens, at: int, text: str) -> int:
    """Say how many tokens after a number belong to its name; 0 if it only counts."""
    words = _words_behind(tokens, at)
    if not words:
        return 0
    number, *build = str(tokens.vocabulary[tokens.ids[at]]).split("-")
    if build:
        return len(words) if build[0] in _BUILDS else 0
    opens = bool(tokens.breaks[at])
    before = "" if opens else str(tokens.vocabulary[tokens.ids[at - 1]])
    if before in _NAMING and words[0] in _WEIGHTY and len(words) > 1:
        return 2 if fold_word(words[1]) != words[1] else 0
    if number not in {"dual", "double"} and _UNCOUNTABLE.search(words[0]) and len(words) == 1:
        return 1
    start = int(tokens.starts[at])
    if _CUE.search(text[max(start - _REACH, 0) : start]):
        return len(words)
    return 0 if opens else _capitals(tokens, at, text)


def _words_behind(tokens: Tokens, at: int) -> list[str]:
    """List the words after a token, up to a break, a function word or another number."""
    words: list[str] = []
    following = slice(at + 1, at + 1 + _LONGEST)
    ids, breaks = tokens.ids[following].tolist(), tokens.breaks[following].tolist()
    for number, breaks_off in zip(ids, breaks, strict=True):
        word = str(tokens.vocabulary[number])
        if breaks_off or word in _STOP or word in NUMBER_WORDS:
            break
        words.append(word)
    return words


def _capitals(tokens: Tokens, at: int, text: str) -> int:
    """Count the capitalised words after a capitalised number; a headline is no name."""
    first = [text[start] for start in tokens.starts[at - 1 : at + 1 + _LONGEST].tolist()]
    if first[0].isupper() or not first[1].isupper():
        return 0
    length = 0
    for letter, _ in zip(first[2:], _words_behind(tokens, at), strict=False):
        if not letter.isupper():
            break
        length += 1
    return length
