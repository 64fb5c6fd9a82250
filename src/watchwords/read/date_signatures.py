"""The date that signs a document: in its last lines, after the signer or the source."""

import re
from collections.abc import Iterator

from watchwords.read.date_asides import LIST_HEADING, is_aside
from watchwords.read.date_events import is_paragraph
from watchwords.read.date_forms import DateForm
from watchwords.read.date_grammar import find_forms
from watchwords.read.date_labels import SIGNATURE
from watchwords.read.date_lines import Found, Place
from watchwords.read.date_mastheads import is_of_something_else, whole_words

SIGNATURE_LINES, MAX_SIGNED, MAX_LISTED = 6, 90, 2
_SIGNED = re.compile(
    r"(?i)\W*(?:done|signed|given|dated|adopted|issued)\b[^.;]{0,60}$|"
    r"[A-Z][\w .'-]{2,40}, (?:this )?$"
)
_SIGNER_ZH = re.compile(
    r"[一-鿿A-Z（）()·、 ]{2,40}"
    r"(?:府|局|委|会|办|室|院|部|厅|处|校|司|社|行|署|团|中心|集团|公司|大学|长|组) *"
    r"|[一-鿿（）()·、]{2,40}  +[一-鿿 （）()·、]{0,20}"
)
_SOURCE = re.compile(
    r"(?i)\W*(?:source|from|reprinted from|editor|来源|"
    r"责任编辑|编辑|责编|原载|转自|稿源|刊于) ?:? ?[^:。]{2,40}?$|"
    r"[《<〈] ?[^》]{2,20} ?[》>〉] ?[(（]? ?$|"
    r"[(（][^，。]{2,16}[报社网刊] *$"
)


def find_signature(lines: list[str], place: Place) -> Found | None:
    """Find the date among the last lines of a text that signs it.

    Asides and what follows the heading of a link list are passed over; three dates are a list
    and no signature.

    Parameters
    ----------
    lines : list of str
        The last lines of the text, made plain.
    place : Place
        Language and order of numeric dates.

    Returns
    -------
    Found or None
    """
    signed: list[tuple[DateForm, str]] = []
    n_read = 0
    for line in reversed(lines):
        if is_aside(line):
            continue
        here = list(_signed_forms(line, place)) if len(line) <= MAX_SIGNED else []
        signed.extend(here)
        n_read += 1
        if n_read == SIGNATURE_LINES or (not here and _is_body(line)):
            break
    if not signed or len({form.first for form, _ in signed}) > MAX_LISTED:
        return None
    if any(LIST_HEADING.match(line) for line in lines):
        return None
    form, words = signed[0]
    return Found(SIGNATURE, form, "signature", "publication", words)


def _is_body(line: str) -> bool:
    return is_paragraph(line) and not line.lstrip().startswith(("(", "（"))


def _signed_forms(line: str, place: Place) -> Iterator[tuple[DateForm, str]]:
    for form in find_forms(line, lang=place.lang, date_order=place.date_order):
        if form.kind == "ymd" and form.last is None and _signs(line, form):
            yield form, line[form.start : form.end].strip()


def _signs(line: str, form: DateForm) -> bool:
    left, right = line[: form.start], line[form.end :]
    alone = whole_words(line, form)[0] == 0
    if alone:
        return not re.search(r"\d", left + right) or ":" in right
    if re.sub(r"第? ?\w{1,3} ?版", "", right).strip(" 。.)）》|"):
        return False
    if is_of_something_else(left, right):
        return False
    if _SIGNED.match(left) or _SIGNER_ZH.fullmatch(left):
        return True
    return bool(_SOURCE.match(left)) and not left.endswith(" of ")
