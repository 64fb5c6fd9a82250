"""A cleaned text with the way back to the text as extracted."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from watchwords.clean.bylines import read_facts
from watchwords.clean.flags import find_flags
from watchwords.clean.offsets import Offsets, Trace
from watchwords.clean.scripts import split_scripts
from watchwords.clean.spelling import suggest_spellings
from watchwords.clean.text import run_steps


@dataclass(frozen=True)
class CleanedText:
    """A cleaned text, where each of its signs came from, and what a report should say of it.

    Attributes
    ----------
    text : str
        The cleaned text.
    raw : str
        The text as extracted.
    lang : str
        The language it was cleaned as.
    offsets : numpy.ndarray of shape (len(text) + 1,), int32
        The place in `raw` of each code point of `text`; they never fall, and the last is the
        length of `raw`. What was put in (a blank) points to where it was put.
    ends : numpy.ndarray of shape (len(text),), int32
        Where what each code point stands for ends in `raw`: one further as a rule, more after a
        wrong decoding was undone, equal to the offset for what was put in.
    removed : tuple of str
        Lines and marks taken out, as they stood in `raw`, each once, in order.
    facts : dict
        What the removed lines state: source, editor, author, date (ISO), views (int).
    flags : tuple of str
        What is doubtful but not to be mended: see `watchwords.clean.flags.find_flags`.
    suggestions : dict of str to str
        Words that may be typing errors and what may have been meant; never applied.
    """

    text: str
    raw: str
    lang: str
    offsets: Offsets
    ends: Offsets
    removed: tuple[str, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Find where a part of the cleaned text stands in the text as extracted.

        Parameters
        ----------
        start, end : int
            Bounds in `text`, half open, in code points.

        Returns
        -------
        tuple of int
            Bounds in `raw`. What was removed right before or after the part is not in them.

        Raises
        ------
        IndexError
            If the bounds do not lie within the text in this order.

        Examples
        --------
        >>> cleaned = clean_with_offsets("The “two\u200b ropes”hold.")
        >>> at = cleaned.text.index("two ropes")
        >>> begin, end = cleaned.raw_span(at, at + 9)
        >>> cleaned.raw[begin:end] == "two\u200b ropes"
        True
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(
                f"({start}, {end}) is not a part of a text of {len(self.text)} code points."
            )
        if start == end:
            return int(self.offsets[start]), int(self.offsets[start])
        return int(self.offsets[start]), int(self.ends[end - 1])

    @cached_property
    def facts(self) -> dict[str, str | int]:
        """What the removed lines state."""
        return read_facts(list(self.removed))

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """What is doubtful but not to be mended."""
        return find_flags(self.text)

    @cached_property
    def suggestions(self) -> dict[str, str]:
        """Words that may be typing errors, and what may have been meant."""
        if self.lang not in ("en", "zh"):
            return {}
        parts = split_scripts(self.text, self.lang)
        english = "\n".join(self.text[start:end] for start, end, lang in parts if lang == "en")
        return suggest_spellings(english)


def clean_with_offsets(text: str, *, lang: str = "en") -> CleanedText:
    r"""Clean a text and keep the way back, so that evidence can be quoted from the original.

    The text is the same as `clean_text` gives. A letter or digit maps to the same one in the
    text as extracted, up to what cleaning folds (full width, wrong decodings, composed accents,
    ligatures, entities).

    Parameters
    ----------
    text : str
        As extracted.
    lang : str, default "en"
        As for `clean_text`.

    Returns
    -------
    CleanedText
        ``text``, ``offsets`` and ``raw_span`` for the way back; ``removed`` lines, the
        ``facts`` they state, ``flags`` and spelling ``suggestions`` for a report.

    See Also
    --------
    clean_text : Only the text.

    Examples
    --------
    >>> cleaned = clean_with_offsets("[Print] [Close]\nThe “two ropes”hold.")
    >>> cleaned.text, cleaned.removed
    ('The "two ropes" hold.', ('[Print] [Close]',))
    >>> begin, end = cleaned.raw_span(4, 21)
    >>> cleaned.raw[begin:end]
    '“two ropes”hold.'
    """
    trace = Trace.of(text)
    clean = run_steps(text, lang, trace)
    offsets = np.append(trace.starts, np.int32(len(text))).astype(np.int32)
    removed = dict.fromkeys(text[start:end].strip() for start, end in trace.removed)
    removed.pop("", None)
    return CleanedText(clean, text, lang, offsets, trace.ends, tuple(removed))
