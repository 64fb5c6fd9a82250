"""Sentences for readers: templates over numbers, with k of n and the span they were counted in.

No word here says why something changed, or that it is used or abandoned by anyone: only what was
found in how many of the documents at hand.
"""

from dataclasses import dataclass
from functools import lru_cache

from watchwords.floors import COMPARE_DOCS, count_of
from watchwords.wording import share_in_words


@dataclass(frozen=True)
class Share:
    """Documents with an item in a span of time.

    Attributes
    ----------
    k, n : int
        Documents with the item, documents in all.
    span : str
        Words for the span: "before 1870", "since 1943".
    """

    k: int
    n: int
    span: str


@dataclass(frozen=True)
class Sighting:
    """First and last document with an item.

    Attributes
    ----------
    first, last : str
        Dates in words, as precise as they are known; the first with its preposition ("on 3 March
        2001", "in 2001").
    begins : str
        Date of the first document of the corpus.
    n_before, n_after : int
        Documents dated before the first and after the last.
    at_start : bool
        The first is in the period in which the corpus begins.
    entering : str
        The issuer that enters the corpus with that first document, or "".
    """

    first: str
    last: str
    begins: str
    n_before: int
    n_after: int
    at_start: bool
    entering: str


@lru_cache(maxsize=4096)
def word_share(share: Share) -> str:
    """Word a share as k of n, with percentage and interval where the documents suffice.

    Parameters
    ----------
    share : Share
        The counts.

    Returns
    -------
    str

    Examples
    --------
    >>> word_share(Share(12, 40, "since 1990"))
    '12 of 40 documents since 1990 (30 %, 95 % interval 18–45 %)'
    >>> word_share(Share(0, 40, "before 1870"))
    '0 of 40 documents before 1870 (up to 9 % would still be compatible)'
    >>> word_share(Share(3, 11, "since 1990"))
    '3 of 11 documents since 1990'
    """
    counted = f"{share.k} of {count_of(share.n, 'document')} {share.span}"
    told = share_in_words(share.k, share.n)
    return f"{counted} ({told})" if told else counted


def word_sighting(sighting: Sighting) -> str:
    """Word where an item was first and last found.

    Parameters
    ----------
    sighting : Sighting
        The facts.

    Returns
    -------
    str
        One or two sentences.
    """
    begins = f"coverage begins {sighting.begins}"
    if sighting.at_start:
        said = f"Already present when the corpus begins ({sighting.begins})."
    elif sighting.entering:
        said = (
            f"First found in this corpus {sighting.first}, with the first document of "
            f"{sighting.entering} in it ({begins})."
        )
    else:
        said = (
            f"First found in this corpus {sighting.first} ({begins}, "
            f"{count_of(sighting.n_before, 'earlier document')} without it)."
        )
    if sighting.n_after >= COMPARE_DOCS:
        said += f" Not found since {sighting.last} (0 of {sighting.n_after:,})."
    return said


def word_change(
    early: Share, late: Share, *, direction: str, claimed: bool, min_effect: float, rates: str = ""
) -> str:
    """Word what the test says and what was counted.

    Parameters
    ----------
    early, late : Share
        Documents with the item in the first and the last third.
    direction : {"up", "down", "flat", "few", "untested"} or words
        What the test says; "few" for an item in too few documents, "untested" where the corpus
        has too few periods for any direction. Other words, for a change that leads nowhere
        ("Found mainly between 1848 and 1881") or whose counts contradict the test ("No clear
        change"), are said as they are.
    claimed : bool
        The change is large enough to be claimed.
    min_effect : float
        How large that is.
    rates : str, optional
        Rates of the two spans in words, where shares of documents do not tell it all.

    Returns
    -------
    str

    Examples
    --------
    >>> word_change(Share(0, 84, "before 1873"), Share(61, 85, "since 1943"), direction="up",
    ...     claimed=True, min_effect=1.3)
    'Up: in 61 of 85 documents since 1943 (72 %, 95 % interval 61–80 %) and 0 of 84 documents \
before 1873 (up to 4 % would still be compatible).'
    """
    counted = f"in {word_share(late)} and {word_share(early)}{rates}."
    if direction in {"up", "down"}:
        lead = direction.capitalize()
        if not claimed:
            lead += f", though a change of less than ×{min_effect:g} is not excluded"
        return f"{lead}: {counted}"
    if direction not in {"few", "untested"}:
        return f"{'No change shown' if direction == 'flat' else direction}: {counted}"
    counted = f"in {word_share(early)} and {word_share(late)}{rates}."
    # Not `capitalize`, which would lower every other letter: "since mar 2024".
    return f"Too few to tell: {counted}" if direction == "few" else counted[0].upper() + counted[1:]


def word_burst(
    before: Share, within: Share, after: Share, *, when: str, claimed: bool, min_effect: float
) -> str:
    """Word a change that has a beginning and an end.

    Parameters
    ----------
    before, within, after : Share
        Documents with the item before its time, in it and after; their spans are not worded.
    when : str
        Its time in words: "between 1848 and 1881", "in 1984".
    claimed : bool
        The change is large enough to be claimed.
    min_effect : float
        How large that is.

    Returns
    -------
    str

    Examples
    --------
    >>> word_burst(Share(0, 25, ""), Share(18, 19, ""), Share(4, 28, ""),
    ...     when="between 1993 and 2011", claimed=True, min_effect=1.3)
    'Found mainly between 1993 and 2011: in 18 of 19 documents then, 0 of 25 before and 4 of 28 \
after.'
    """
    lead = f"Found mainly {when}"
    if not claimed:
        lead += f", though a change of less than ×{min_effect:g} is not excluded"
    sides = [
        f"{side.k} of {side.n:,} {word}" for side, word in ((before, "before"), (after, "after"))
    ]
    return f"{lead}: in {word_share(Share(within.k, within.n, 'then'))}, {' and '.join(sides)}."


def word_same_months(recent: Share, before: Share, *, after: bool = False) -> str:
    """Word the counts of the last months beside those of the same months a year before.

    Parameters
    ----------
    recent, before : Share
        The documents of the last months, with words for them ("in Sep to Nov 2024"), and of the
        same months a year before.
    after : bool, default False
        Both lie after the change, and so cannot bear it out.

    Returns
    -------
    str

    Examples
    --------
    >>> word_same_months(Share(9, 41, "in Sep to Nov 2024"),
    ...     Share(2, 38, "in the same months of 2023"))
    'Found in 9 of 41 documents in Sep to Nov 2024, in 2 of 38 in the same months of 2023.'
    """
    return (
        f"Found in {recent.k} of {count_of(recent.n, 'document')} {recent.span}, in {before.k} of "
        f"{before.n:,} {before.span}{', both after the change' * after}."
    )


def word_silence(k: int, n: int, n_silent: int, *, since: str) -> str:
    """Word how many documents were expected to have what none has.

    Parameters
    ----------
    k, n : int
        Documents with the item and in all, before.
    n_silent : int
        Documents since.
    since : str
        When the silence begins.

    Returns
    -------
    str

    Examples
    --------
    >>> word_silence(52, 240, 41, since="Jul 2024")
    'Expected in about 9 of 41 documents since Jul 2024, found in none.'
    """
    expected = round(n_silent * k / n)
    return (
        f"Expected in about {expected} of {count_of(n_silent, 'document')} since {since}, found "
        "in none."
    )


def word_rates(
    occurrences: tuple[int, int],
    units: tuple[int, int],
    unit: str,
    *,
    when: tuple[str, str] = ("early", "late"),
) -> str:
    """Word the rates of two spans.

    Parameters
    ----------
    occurrences, units : tuple of int
        Occurrences of the item and length of the text, early and late.
    unit : str
        "word", "character" or "paragraph".
    when : tuple of str, default ("early", "late")
        Words for the spans.

    Returns
    -------
    str
        "" if a span has no text. One decimal, or as many, up to four, as tell them apart.

    Examples
    --------
    >>> word_rates((120, 30), (100_000, 150_000), "word")
    '; 12.0 per 10,000 words early and 2.0 late'
    >>> word_rates((6, 7), (500_000, 500_000), "word")
    '; 0.12 per 10,000 words early and 0.14 late'
    """
    if min(units) <= 0:
        return ""
    early, late = (10_000 * k / n for k, n in zip(occurrences, units, strict=True))
    decimals = next((d for d in (1, 2, 3) if f"{early:.{d}f}" != f"{late:.{d}f}"), 4)
    if early == late:
        decimals = 1
    return f"; {early:.{decimals}f} per 10,000 {unit}s {when[0]} and {late:.{decimals}f} {when[1]}"
