"""The order of cleaning: a visible list of tiny steps, each text to text."""

import numpy as np

from watchwords.clean import (
    characters,
    chinese,
    chinese_lines,
    furniture,
    lines,
    mojibake,
    quotes,
    spacing,
)
from watchwords.clean.edits import Step, apply_edits
from watchwords.clean.offsets import Trace
from watchwords.clean.scripts import split_scripts

ENCODING: tuple[Step, ...] = (
    characters.replace_surrogates,
    characters.drop_page_feet,
    characters.unify_line_ends,
    characters.unescape_entities,
    mojibake.fix_gbk_read_as_latin,
    mojibake.fix_big5_read_as_latin,
    mojibake.fix_latin_mojibake,
    mojibake.fix_utf8_read_as_gbk,
    mojibake.fix_quotes_read_as_gbk,
    mojibake.fix_utf8_read_as_japanese,
    characters.unify_next_lines,
    characters.join_soft_hyphens,
    characters.drop_invisible,
    characters.compose,
    characters.split_ligatures,
)
LAYOUT: tuple[Step, ...] = (
    characters.drop_scripts,
    characters.drop_tags,
    characters.unify_blanks,
    furniture.drop_date_artefact,
    furniture.drop_watermarks,
    furniture.drop_furniture,
    furniture.drop_page_numbers,
    spacing.collapse_blanks,
)
ENGLISH: tuple[Step, ...] = (
    spacing.narrow_letters,
    quotes.straighten_guillemets,
    quotes.raise_low_quotes,
    quotes.tighten_curly_quotes,
    quotes.tighten_single_curly_quotes,
    quotes.space_single_curly_quotes,
    quotes.straighten_tex_quotes,
    quotes.straighten_accents,
    spacing.narrow_marks,
    quotes.straighten_quotes,
    quotes.join_single_quotes,
    quotes.undouble_quotes,
    lines.join_hyphens,
    lines.join_lines,
    quotes.tighten_single_quotes,
    quotes.tighten_quotes,
    spacing.tighten_brackets,
    spacing.space_brackets,
    spacing.drop_blanks_before_marks,
    spacing.space_commas,
    spacing.space_quoted_stops,
    spacing.space_stops,
)
CHINESE: tuple[Step, ...] = (
    spacing.narrow_letters,
    chinese.drop_indents,
    chinese.drop_pinyin_noise,
    chinese_lines.join_chinese_lines,
    chinese_lines.join_chinese_pages,
    chinese_lines.join_chinese_words,
    chinese.drop_blanks,
)
BY_LANGUAGE: dict[str, tuple[Step, ...]] = {"en": ENGLISH, "zh": CHINESE}
FOR_ALL: tuple[Step, ...] = (*ENCODING, *LAYOUT)
LAST: tuple[Step, ...] = (spacing.collapse_blanks,)
STEPS: dict[str, tuple[Step, ...]] = {
    lang: (*FOR_ALL, *steps, *LAST) for lang, steps in BY_LANGUAGE.items()
}
MAX_ROUNDS = 40
SHORT = 5_000
_HALVES = frozenset(map(chr, range(0xD800, 0xE000)))
_ASCII_SIGNS = sorted(
    sign
    for sign in {sign for steps in STEPS.values() for step in steps for sign in step.signs or ""}
    if sign.isascii()
)


def clean_text(text: str, *, lang: str = "en") -> str:
    r"""Repair how a text is written down; its words are never rewritten.

    Wrong decodings that can be undone are undone, characters that cannot be seen are dropped,
    English gets straight quotes, half-width punctuation and single blanks, Chinese keeps its
    punctuation; lines broken by the page are joined, lines that are no text (page numbers,
    buttons, share lines) dropped. Typing errors, odd translations and spellings of names stay:
    they are evidence. Paragraphs stay apart by newlines. In a text of both languages English
    paragraphs get the English rules and Chinese ones the Chinese.

    Parameters
    ----------
    text : str
        As extracted.
    lang : str, default "en"
        "en" and "zh" have steps of their own; other languages get those that hold for all.

    Returns
    -------
    str
        Cleaning it again changes nothing.

    See Also
    --------
    clean_with_offsets : The same, with the way back to the text as extracted.

    Notes
    -----
    One step may give another something to do (an entity within an entity), so the list is run
    until nothing changes. A step is skipped where none of its signs occurs.

    Examples
    --------
    >>> clean_text("Strengthen the â€œfour consciousnessesâ€.The mayor’s \u00a0view")
    'Strengthen the "four consciousnesses". The mayor\'s view'
    """
    return run_steps(text, lang)


def run_steps(text: str, lang: str, trace: Trace | None = None) -> str:
    """Run all steps until nothing changes, and follow the edits in a trace if one is given."""
    for _ in range(MAX_ROUNDS):
        before, signs = text, _signs(text)
        text = _apply(text, FOR_ALL, signs, trace=trace)
        text = _apply_by_script(text, lang, signs, trace=trace)
        if text == before:
            break
    return text


def _apply_by_script(text: str, lang: str, signs: set[str], *, trace: Trace | None) -> str:
    """Apply to each run of paragraphs the steps of its language."""
    if lang not in BY_LANGUAGE:
        return text
    parts = split_scripts(text, lang)
    if len(parts) == 1:
        done = _apply(text, BY_LANGUAGE[parts[0][2]], signs, trace=trace)
    else:
        done = _apply_to_parts(text, parts, signs, trace=trace)
    return done if done is text else _apply(done, LAST, signs, trace=trace)


def _apply_to_parts(
    text: str, parts: list[tuple[int, int, str]], signs: set[str], *, trace: Trace | None
) -> str:
    done: list[str] = []
    traces: list[Trace] = []
    for start, end, lang in parts:
        part = None if trace is None else trace.part(start, end)
        done.append(_apply(text[start:end], BY_LANGUAGE[lang], set(signs), trace=part))
        if part is not None:
            traces.append(part)
    if trace is not None:
        trace.join(traces)
    return "".join(done)


def _apply(text: str, steps: tuple[Step, ...], signs: set[str], *, trace: Trace | None) -> str:
    """Apply steps in order; those of whose signs none occurs are skipped, and `signs` grows."""
    for step in steps:
        if step.signs is not None and step.signs.isdisjoint(signs):
            continue
        edits = step.edits(text)
        if edits:
            if trace is not None:
                trace.follow(text, edits, removes=step.removes)
            text = apply_edits(text, edits)
            signs.update(*(new for _, _, new in edits))
    return text


def _signs(text: str) -> set[str]:
    """Collect the signs of a text, of an ASCII text only those that some step asks for."""
    if text.isascii():
        return {sign for sign in _ASCII_SIGNS if sign in text}
    if len(text) > SHORT:
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        signs = {chr(code) for code in np.flatnonzero(np.bincount(codes))}
        if signs.isdisjoint(_HALVES):
            return signs
    return set(text)
