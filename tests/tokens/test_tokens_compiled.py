import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError, WatchwordsError
from watchwords.schema import check_table
from watchwords.tokens import Tokens, load_tokens, normal_form, tokenize

PIECES = st.sampled_from(
    [
        "war",
        "War",
        "peace",
        "high-quality",
        "U.S.",
        "nation’s",
        "don't",
        "3.5",
        "1,000",
        "国",
        "发展",
        "naïve",
        "Mr",
        "No",
        "The",
        "𠀀",
        "x",
        "é",
        " ",
        " ",
        " ",
        ". ",
        ", ",
        "\n",
        "\n\n",
        "! ",
        "。",
        " “",
        "” ",
        "--",
        "'",
        "…",
        ".",
        "-",
        "(",
        ") ",
        "🙂",
        "\u3000",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
CORPORA = st.lists(st.tuples(TEXTS, st.sampled_from(["en", "zh", "fr"])), max_size=5)


def compiled(corpus):
    return tokenize(
        pd.DataFrame(
            {
                "doc_id": pd.Series([f"d{i}" for i in range(len(corpus))], dtype="str"),
                "lang": pd.Series([lang for _, lang in corpus], dtype="str"),
                "text": pd.Series([text for text, _ in corpus], dtype="str"),
            }
        )
    )


def same(first: Tokens, second: Tokens) -> bool:
    arrays = all(
        np.array_equal(getattr(first, field.name), getattr(second, field.name))
        for field in dataclasses.fields(Tokens)
        if field.name != "documents"
    )
    return arrays and first.documents.equals(second.documents)


def slow_parts(word):
    return [normal_form(part) for part in word.split("-")]


@given(CORPORA)
@settings(max_examples=25, deadline=None)
def test_words_lie_where_their_offsets_say(corpus):
    tokens = compiled(corpus)
    for row, (text, lang) in enumerate(corpus):
        assert tokens.text(f"d{row}") == text
        covered = np.zeros(len(text), int)
        for at in range(tokens.doc_offsets[row], tokens.doc_offsets[row + 1]):
            printed = text[tokens.starts[at] : tokens.ends[at]]
            assert normal_form(printed) == tokens.vocabulary[tokens.ids[at]]
            covered[tokens.starts[at] : tokens.ends[at]] += 1
        # Every letter and digit is in one token, and no character in two.
        in_words = np.array([lang != "fr" and sign.isalnum() for sign in text], bool)
        assert (covered[in_words] == 1).all()
        assert covered.max(initial=0) <= 1
        n_han = sum("\u4e00" <= sign <= "\u9fff" or sign == "𠀀" for sign in text)
        _, token_index = tokens.expanded()
        n_words = int((tokens.doc_index()[token_index] == row).sum())
        assert tokens.n_units()[row] == {"en": n_words, "zh": n_han, "fr": 0}[lang]


@given(CORPORA)
@settings(max_examples=25, deadline=None)
def test_documents_paragraphs_and_sentences_partition_the_tokens(corpus):
    tokens = compiled(corpus)
    for offsets in (tokens.doc_offsets, tokens.paragraph_offsets, tokens.sentence_offsets):
        assert offsets[0] == 0
        assert offsets[-1] == len(tokens.ids)
    assert (np.diff(tokens.doc_offsets) >= 0).all()
    assert (np.diff(tokens.paragraph_offsets) > 0).all()
    assert (np.diff(tokens.sentence_offsets) > 0).all()
    assert set(tokens.doc_offsets) <= set(tokens.paragraph_offsets) <= set(tokens.sentence_offsets)
    assert tokens.breaks[tokens.sentence_offsets[:-1]].all()


@given(CORPORA)
@settings(max_examples=25, deadline=None)
def test_sentences_hold_their_tokens_and_do_not_overlap(corpus):
    tokens = compiled(corpus)
    sentence, doc = tokens.sentence_index(), tokens.doc_index()
    left, right = tokens.sentence_bounds[sentence].T
    assert (left <= tokens.starts).all()
    assert (tokens.ends <= right).all()
    doc_of_sentence = doc[tokens.sentence_offsets[:-1]]
    same_doc = doc_of_sentence[1:] == doc_of_sentence[:-1]
    assert (tokens.sentence_bounds[:-1, 1] <= tokens.sentence_bounds[1:, 0])[same_doc].all()
    for at in range(len(tokens.ids)):
        found = tokens.sentence(f"d{doc[at]}", int(tokens.starts[at]), int(tokens.ends[at]))
        assert found == tuple(tokens.sentence_bounds[sentence[at]])


@given(CORPORA)
@settings(max_examples=25, deadline=None)
def test_expanding_splits_hyphens_and_nothing_else(corpus):
    tokens = compiled(corpus)
    ids, token_index = tokens.expanded()
    words = [tokens.vocabulary[at] for at in tokens.ids]
    expected = [(part, at) for at, word in enumerate(words) for part in slow_parts(word)]
    assert list(zip(tokens.vocabulary[ids], token_index.tolist(), strict=True)) == expected


def test_saved_tokens_are_mapped_back_the_same(tmp_path):
    tokens = compiled([("War and peace. High-quality growth!", "en"), ("新发展理念。", "zh")])
    tokens.save(tmp_path / "deep" / "tokens")
    loaded = load_tokens(tmp_path / "deep" / "tokens")
    assert same(tokens, loaded)
    assert isinstance(loaded.ids, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        loaded.ids[0] = 1
    assert loaded.sentence("d0", 16, 20) == (15, 35)


def test_tokens_are_saved_over_the_files_they_are_mapped_from(tmp_path):
    tokens = compiled([("War and peace. High-quality growth!", "en"), ("新发展理念。", "zh")])
    tokens.save(tmp_path)
    mapped = load_tokens(tmp_path)
    mapped.save(tmp_path)
    assert same(mapped, tokens)
    assert same(load_tokens(tmp_path), tokens)


@pytest.mark.parametrize("corpus", [[], [("", "en")], [("bon jour", "fr")]])
def test_a_corpus_without_tokens_is_saved_too(tmp_path, corpus):
    tokens = compiled(corpus)
    tokens.save(tmp_path)
    assert same(tokens, load_tokens(tmp_path))
    assert len(tokens.expanded()[0]) == 0


def test_same_documents_give_the_same_bytes(tmp_path):
    corpus = [("War and peace.", "en"), ("国家", "zh")]
    for name in ("one", "two"):
        compiled(corpus).save(tmp_path / name)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_unknown_columns_are_filled_and_others_carried():
    table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["War."], "president": ["X"]})
    before = table.copy()
    tokens = tokenize(table, progress=False)
    check_table("documents", tokens.documents.assign(text=""))
    assert tokens.documents.loc[0, ["issuer", "president"]].tolist() == ["", "X"]
    assert pd.isna(tokens.documents.loc[0, "date"])
    pd.testing.assert_frame_equal(table, before)


def test_a_language_without_tokeniser_is_named():
    tokens = compiled([("War.", "en"), ("La guerre.", "fr"), ("?", "")])
    assert tokens.untokenized["doc_id"].tolist() == ["d1", "d2"]
    assert tokens.untokenized["lang"].tolist() == ["fr", ""]
    assert "2 not in English or Chinese" in repr(tokens)
    assert tokens.sentence("d1", 0, 2) == (0, 10)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"doc_id": ["a"], "text": ["x"]}, "no column `lang`"),
        ({"doc_id": ["a", "a"], "lang": "en", "text": "x"}, "'a' occurs more than once"),
        ({"doc_id": ["a"], "lang": "en", "text": [None]}, "no `text` for document 'a'"),
        ({"doc_id": ["a"], "lang": "en", "text": "x", "date": "2020"}, "holds str, not dates"),
    ],
)
def test_a_wrong_table_is_refused(table, message):
    with pytest.raises(SchemaError, match=message):
        tokenize(pd.DataFrame(table))


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(SchemaError, match="'z'; the tokens have no such document"):
        compiled([("War.", "en")]).text("z")
    with pytest.raises(WatchwordsError, match="holds no tokens"):
        load_tokens(tmp_path)
    compiled([("War.", "en")]).save(tmp_path)
    (tmp_path / "tokens.json").write_text('{"format": 0}')
    with pytest.raises(WatchwordsError, match="format 0, this version reads 2"):
        load_tokens(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"), [(5, "text 2 is 5, of type int"), ("a\ud800", r"text 2 has half a character")]
)
def test_what_is_no_text_is_refused(text, said):
    texts = pd.Series(["war", text], dtype=object)
    table = pd.DataFrame({"doc_id": ["a", "b"], "lang": "en", "text": texts})
    with pytest.raises(SchemaError, match=said):
        tokenize(table)


def test_a_folder_may_be_written_as_a_string(tmp_path):
    table = pd.DataFrame({"doc_id": ["a"], "lang": ["en"], "text": ["war"]})
    tokenize(table).save(str(tmp_path / "tokens"))
    assert load_tokens(str(tmp_path / "tokens")).documents["doc_id"].tolist() == ["a"]
