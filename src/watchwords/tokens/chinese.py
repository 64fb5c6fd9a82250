"""Chinese characters: each is a token, so that nothing has to be segmented to be counted."""

import re

from watchwords.tokens.english import word_pattern

# Unified ideographs with extensions A to H, compatibility ideographs, 〇 and 々.
HAN_RANGES = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in HAN_RANGES)

HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_OR_WORD = re.compile(f"([{HAN}]|{word_pattern(HAN)})", re.VERBOSE)


def is_han(token: str) -> bool:
    """Tell whether a token is a Chinese character.

    Parameters
    ----------
    token : str
        A normal form.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_han("国"), is_han("国家"), is_han("state")
    (True, False, False)
    """
    return len(token) == 1 and HAN_CHARACTER.match(token) is not None
