"""The order of cleaning: a visible list of tiny functions, each text to text."""

from collections.abc import Callable

from watchwords.clean import characters, chinese, furniture, lines, mojibake, quotes, spacing

Step = Callable[[str], str]

ENCODING: tuple[Step, ...] = (
    characters.replace_surrogates,
    characters.unify_line_ends,
    characters.unescape_entities,
    mojibake.fix_latin_mojibake,
    mojibake.fix_gbk_read_as_latin,
    characters.drop_invisible,
    characters.compose,
    characters.split_ligatures,
)
LAYOUT: tuple[Step, ...] = (
    characters.drop_tags,
    characters.unify_blanks,
    furniture.drop_date_artefact,
    furniture.drop_watermarks,
    spacing.collapse_blanks,
    furniture.drop_furniture,
    furniture.drop_page_numbers,
)
ENGLISH: tuple[Step, ...] = (
    mojibake.fix_utf8_read_as_gbk,
    spacing.narrow_letters,
    quotes.tighten_curly_quotes,
    quotes.straighten_quotes,
    quotes.undouble_quotes,
    spacing.narrow_marks,
    lines.join_hyphens,
    lines.join_lines,
    quotes.tighten_quotes,
    spacing.space_brackets,
    spacing.space_marks,
)
CHINESE: tuple[Step, ...] = (
    mojibake.fix_utf8_read_as_gbk,
    spacing.narrow_letters,
    chinese.drop_indents,
    chinese.drop_pinyin_noise,
    lines.join_chinese_lines,
    chinese.drop_blanks,
)
STEPS: dict[str, tuple[Step, ...]] = {
    "en": (*ENCODING, *LAYOUT, *ENGLISH, spacing.collapse_blanks),
    "zh": (*ENCODING, *LAYOUT, *CHINESE, spacing.collapse_blanks),
}
OTHER: tuple[Step, ...] = (*ENCODING, *LAYOUT, spacing.collapse_blanks)
MAX_ROUNDS = 40


def clean_text(text: str, *, lang: str = "en") -> str:
    r"""Repair how a text is written down; its words are never rewritten.

    Wrong decodings that can be undone are undone, characters that cannot be seen are dropped,
    English gets straight quotes, half-width punctuation and single blanks, Chinese keeps its
    punctuation; lines broken by the page are joined, lines that are no text (page numbers,
    buttons, share lines) dropped. Typing errors, odd translations and spellings of names stay:
    they are evidence. Paragraphs stay apart by newlines.

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

    Notes
    -----
    One step may give another something to do (an entity within an entity), so the list is run
    until nothing changes.

    Examples
    --------
    >>> clean_text("Strengthen the â€œfour consciousnessesâ€.The mayor’s \u00a0view")
    'Strengthen the "four consciousnesses". The mayor\'s view'
    """
    steps = STEPS.get(lang, OTHER)
    for _ in range(MAX_ROUNDS):
        before = text
        for step in steps:
            text = step(text)
        if text == before:
            break
    return text
