"""The class of every code point: what may stand in a word, and where."""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from watchwords.tokens.chinese import HAN
from watchwords.tokens.english import DIGIT, INNER, JOINT, LETTER, SIGN

# Bits.
IS_SIGN, IS_LETTER, IS_DIGIT, IS_JOINT, IS_HAN, IS_DOT, IS_INNER = 1, 2, 4, 8, 16, 32, 64

_N_CODE_POINTS = 0x110000


@cache
def find_signs() -> NDArray[np.uint8]:
    """Class all code points by the character classes of the regular expressions.

    Returns
    -------
    ndarray of uint8, shape (1_114_112,)
        Bits: it may stand in a word, it is a letter, a decimal digit, it joins two parts of a
        word, it is a Chinese character (and then nothing else), a full stop, a mark within a
        number.
    """
    # One string of all code points, each at its own place.
    codes = np.arange(_N_CODE_POINTS, dtype="<u4").tobytes()
    characters = codes.decode("utf-32-le", "surrogatepass")
    signs = np.zeros(_N_CODE_POINTS, np.uint8)
    classes = {
        IS_SIGN: f"[{SIGN}]+",
        IS_LETTER: f"[{LETTER}]+",
        IS_DIGIT: f"{DIGIT}+",
        IS_JOINT: f"{JOINT}+",
        IS_DOT: r"\.",
        IS_INNER: f"{INNER}+",
    }
    for bit, pattern in classes.items():
        for run in re.finditer(pattern, characters):
            signs[run.start() : run.end()] |= bit
    for run in re.finditer(f"[{HAN}]+", characters):
        signs[run.start() : run.end()] = IS_HAN
    return signs
