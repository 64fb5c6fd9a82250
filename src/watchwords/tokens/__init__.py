"""The compiled corpus: documents as token ids with every boundary and offset kept."""

from watchwords.tokens.append import append_documents
from watchwords.tokens.compiled import TOKENIZED, Tokens, load_tokens
from watchwords.tokens.english import normal_form
from watchwords.tokens.flow import Limits
from watchwords.tokens.group_counts import GroupCounts, load_group_counts, merge_counts
from watchwords.tokens.groups import count_by_group
from watchwords.tokens.loading import warm
from watchwords.tokens.phrases import split_phrase
from watchwords.tokens.sequences import Sequences, count_sequences, free_occurrences
from watchwords.tokens.tokenizer import tokenize

__all__ = [
    "TOKENIZED",
    "GroupCounts",
    "Limits",
    "Sequences",
    "Tokens",
    "append_documents",
    "count_by_group",
    "count_sequences",
    "free_occurrences",
    "load_group_counts",
    "load_tokens",
    "merge_counts",
    "normal_form",
    "split_phrase",
    "tokenize",
    "warm",
]
