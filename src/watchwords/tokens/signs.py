"""The class of every code point: what may stand in a word, and where."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.chinese import HAN_RANGES
from watchwords.tokens.english import INNER, JOINTS

# Bits.
IS_SIGN, IS_LETTER, IS_DIGIT, IS_JOINT, IS_HAN, IS_DOT, IS_INNER = 1, 2, 4, 8, 16, 32, 64

_N_CODE_POINTS = 0x110000


@cache
def find_signs() -> NDArray[np.uint8]:
    """Class all code points as the character classes of the regular expressions do.

    Returns
    -------
    ndarray of uint8, shape (1_114_112,)
        Bits: it may stand in a word, it is a letter, a decimal digit, it joins two parts of a
        word, it is a Chinese character (and then nothing else), a full stop, a mark within a
        number.
    """
    characters = np.arange(_N_CODE_POINTS, dtype=np.uint32).view("U1")
    signs = np.strings.isalnum(characters).astype(np.uint8)
    digits = np.strings.isdecimal(characters)
    signs[digits] |= IS_DIGIT
    signs[(signs > 0) & ~digits] |= IS_LETTER
    for bit, marks in ((IS_JOINT, JOINTS), (IS_DOT, "."), (IS_INNER, INNER)):
        signs[[ord(mark) for mark in marks]] |= bit
    for first, last in HAN_RANGES:
        signs[first : last + 1] = IS_HAN
    return signs
