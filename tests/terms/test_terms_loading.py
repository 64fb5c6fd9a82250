import pandas as pd
import pytest

from watchwords.terms import concordance, find_terms, score_cooccurrence, score_phrases
from watchwords.terms.loading import load_kernels, warm
from watchwords.tokens import load_tokens, tokenize

TEXTS = ["War and self-reliance. The cold war, the war of words.", "Peace and cold war."] * 4


@pytest.fixture(scope="module")
def kernels():
    """Every compiled function that Python calls, by module."""
    found = {}
    for name in warm():
        module = load_kernels(name)
        found |= {
            f"{name}.{key}": value
            for key, value in vars(module).items()
            if hasattr(value, "signatures")
            and value.__module__ == module.__name__
            and not key.startswith("_")
        }
    return found


def test_every_kernel_is_compiled_beforehand(kernels):
    assert len(kernels) > 10
    assert [name for name, kernel in kernels.items() if not kernel.signatures] == []


def test_nothing_is_compiled_again_when_it_is_used(kernels, tmp_path):
    names = [f"d{number}" for number in range(len(TEXTS))]
    table = pd.DataFrame({"doc_id": names, "lang": "en", "text": TEXTS})
    tokenize(table).save(tmp_path)
    for tokens in (tokenize(table), load_tokens(tmp_path)):
        for sort in ("date", "left"):
            concordance(tokens, "cold war | * of words | self", sort=sort)
        concordance(tokens, "the *")
        find_terms(tokens, ["war", "cold war"])
        score_phrases(tokens, reference=tokens, known=["cold war"])
        score_cooccurrence(tokens, "cold", within=1, terms=["war"], min_count=1)
        score_cooccurrence(tokens, "cold", within=1, min_count=1)
    assert {name: len(kernel.signatures) for name, kernel in kernels.items()} == dict.fromkeys(
        kernels, 1
    )
