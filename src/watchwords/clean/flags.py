"""What a reader should know about a text but the cleaner may not mend."""

import re

_LOST = re.compile("\ufffd")
_LOST_RUN = re.compile(r"(?<!\?)\?{3,}(?=[\s\w])(?<=[\w\s]\?\?\?)|锟斤拷|烫烫烫|屯屯屯")
_MASKED = re.compile(
    r"[\u4e00-\u9fff][*＊×ＸX]{1,3}(?:同志|书记|总书记|主席|市长|省长|局长|主任|先生|女士|某)"
    r"|[*＊]{2,}(?:同志|总?书记|主席|总理|市长)|[\u4e00-\u9fff]?某某|\b[Xx]{2,3}\s(?:said|stressed)"
    r"|\b[Xx]i \*{1,3}|General Secretary \*+"
    r"|(?:General Secretary|President|Comrade) of the Supreme Leader"
    r"|(?:最高领导人|最高領導人)(?:总书记|總書記|同志)|\bMr\.? [*X]{2,}|\bXXX\b"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def find_flags(text: str) -> tuple[str, ...]:
    r"""Name what is doubtful in a cleaned text.

    Parameters
    ----------
    text : str
        A cleaned text.

    Returns
    -------
    tuple of str
        In this order, if so: "replacement_character" (a sign was lost before the text came to
        us), "lost_run" (a row of them, in another form), "private_character" (a sign whose
        shape only its font knows), "masked_name" (a name replaced by a mask or a paraphrase:
        to restore it is interpretation).

    Examples
    --------
    >>> find_flags("the two\ufffdropes"), find_flags("the ropes")
    (('replacement_character',), ())
    """
    tests = (
        ("replacement_character", _LOST),
        ("lost_run", _LOST_RUN),
        ("private_character", _PRIVATE),
        ("masked_name", _MASKED),
    )
    return tuple(name for name, pattern in tests if pattern.search(text))
