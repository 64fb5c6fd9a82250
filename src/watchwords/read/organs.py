"""The organ that a heading names, as it is printed, with its place only where that is printed.

"The municipal government" is one office in the reports of one city and another in those of the
next: without its place it is kept as printed and resolved by nobody but the analyst.
"""

import re
from dataclasses import dataclass

_LEVEL = (
    "(?:Municipal|Provincial|Prefectural|County|District|City|Township|Regional|"
    "Autonomous Region|Village)"
)
_BODY = (
    "(?:(?:People[’']s )?(?:Government|Congress|Court|Procuratorate)|(?:CPC |Party )?Committee|"
    "CPPCC|Council|Assembly)"
)
_GROUP = (
    "(?:(?:CPC |Party ){0,2}(?:Leading|Leadership|Party) (?:Party ){0,2}(?:Members[’'] )?Group)"
)
_PART = f"(?:{_GROUP}|Standing Committee|General Office|Secretariat)"
# Names of places have capitals, the words of offices have not always.
_PLACE = r"(?-i:(?P<place>[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}?) )"
_ENGLISH = re.compile(
    rf"\b(?:(?:CPC )?{_PART} of (?:the )?)?(?:CPC )?{_PLACE}?(?:CPC )?{_LEVEL} {_BODY}"
    rf"(?: of the CPC)?(?:(?:[’']s)? {_PART})?\b",
    re.IGNORECASE,
)
# A text without such words names no organ: looked for first, since most texts have none.
_MAY_NAME = re.compile(f"{_LEVEL} {_BODY}".lower())
LOOKED_AT = 600
_HELD = re.compile(
    r"\s+(?:of the city )?(?:held|holds|convened?s?|met|meets|studied|studies|issued|issues)\b"
)
_NOT_A_PLACE = frozenset(
    (
        *("A", "An", "The", "Of", "On", "At", "In", "To", "By", "And", "For", "With", "From"),
        *("CPC", "Our", "Your", "Speech", "Meeting", "Notice"),
    )
)

_ZH_BODY = (
    "(?:人民政府|政府|人民代表大会|人大|政协|委员会|委)"
    "(?:常务委员会|常委会|办公厅|办公室|党组|全会)?"
)
_CHINESE = re.compile(
    r"(?:^|[\s，。：:、])(?:中共)?(?P<place>[\u4e00-\u9fff]{2,6}?)?"
    r"(?P<level>省|市|区|县|州|自治区|盟|旗)"
    rf"{_ZH_BODY}(?=召开|举行|开展|传达|学习|印发|发布|关于|部署|研究|通知|会议|[\s，。：:、]|$)"
)
_NO_PLACE = re.compile("[的了在和与于是我各本全]")


@dataclass(frozen=True)
class Organ:
    """An organ named in a heading.

    Attributes
    ----------
    printed : str
        Its name as printed, without an article; "" if the heading names none.
    place : str
        The place printed with it, "" if there is none: then nobody can say which one it is.
    """

    printed: str
    place: str


def find_organ(title: str, text: str, *, lang: str) -> Organ:
    """Find the organ that a heading is about, or that the first sentence says met.

    Parameters
    ----------
    title : str
        The heading.
    text : str
        The document; its first 600 characters are looked at.
    lang : str
        "en" or "zh"; others name no organ here.

    Returns
    -------
    Organ

    Examples
    --------
    >>> find_organ("Port City Municipal Government holds a meeting", "", lang="en")
    Organ(printed='Port City Municipal Government', place='Port City')
    >>> find_organ("The municipal government's party group met", "", lang="en")
    Organ(printed="municipal government's party group", place='')
    >>> find_organ("海港市人民政府党组召开会议", "", lang="zh")
    Organ(printed='海港市人民政府党组', place='海港')
    """
    title, text = title[:LOOKED_AT], text[:LOOKED_AT]
    if lang == "zh":
        found = _CHINESE.search(title) or _CHINESE.search(text)
        return _chinese(found) if found else Organ("", "")
    if lang != "en":
        return Organ("", "")
    named = _ENGLISH.search(title) if _MAY_NAME.search(title.lower()) else None
    if named:
        return _english(named)
    for found in _ENGLISH.finditer(text) if _MAY_NAME.search(text.lower()) else ():
        if _HELD.match(text, found.end()):
            return _english(found)
    return Organ("", "")


def _english(found: re.Match[str]) -> Organ:
    words = (found.group("place") or "").split()
    kept = len(words)
    while kept and words[len(words) - kept] in _NOT_A_PLACE:
        kept -= 1
    dropped = " ".join(words[: len(words) - kept])
    place = " ".join(words[len(words) - kept :])
    printed = found.group()
    if dropped and found.start("place") == found.start():
        printed = printed[len(dropped) :].lstrip()
    return Organ(printed, place)


def _chinese(found: re.Match[str]) -> Organ:
    place = found.group("place") or ""
    if _NO_PLACE.search(place):
        return Organ("", "")
    return Organ(found.group().lstrip(" \t\n，。：:、"), place)
