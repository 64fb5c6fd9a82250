"""The compiled corpus: documents as token ids with every boundary and offset kept."""

from watchwords.tokens.compiled import TOKENIZED, Tokens, load_tokens
from watchwords.tokens.english import normal_form
from watchwords.tokens.ngrams import Ngrams, WordStream, count_ngrams, word_stream
from watchwords.tokens.phrases import split_phrase
from watchwords.tokens.tokenizer import tokenize

__all__ = [
    "TOKENIZED",
    "Ngrams",
    "Tokens",
    "WordStream",
    "count_ngrams",
    "load_tokens",
    "normal_form",
    "split_phrase",
    "tokenize",
    "word_stream",
]
