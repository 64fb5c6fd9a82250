"""The compiled corpus: documents as token ids with every boundary and offset kept."""

from watchwords.tokens.compiled import TOKENIZED, Tokens, load_tokens
from watchwords.tokens.tokenizer import tokenize

__all__ = ["TOKENIZED", "Tokens", "load_tokens", "tokenize"]
