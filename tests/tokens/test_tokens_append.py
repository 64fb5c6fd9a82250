import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError
from watchwords.tokens import Tokens, append, append_documents, compiled, load_tokens, tokenize

PIECES = st.sampled_from(
    [
        *("war", "War", "peace", "high-quality", "quality", "U.S.", "nation’s", "naïve", "国", "x"),
        *(" ", " ", " ", ". ", ", ", "\n", "。", "-", "day-to-day", "1,000", "🙂"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
CORPORA = st.lists(st.tuples(TEXTS, st.sampled_from(["en", "zh", "fr"])), max_size=6)


def documents(corpus, first=0):
    names = [f"d{first + i}" for i in range(len(corpus))]
    columns = {"doc_id": names, "lang": [c[1] for c in corpus], "text": [c[0] for c in corpus]}
    return pd.DataFrame({name: pd.Series(part, dtype="str") for name, part in columns.items()})


def spelled(tokens):
    """What tokens say, whatever the numbers of the types are."""
    ids, token_index = tokens.expanded()
    said = {
        name: np.asarray(getattr(tokens, name)).tolist()
        for name in (*compiled.ARRAYS,)
        if name not in ("ids", "parts", "part_offsets")
    }
    said["words"] = tokens.vocabulary[tokens.ids].tolist()
    said["parts"] = tokens.vocabulary[ids].tolist()
    said["token_index"] = token_index.tolist()
    said["vocabulary"] = sorted(tokens.vocabulary)
    said["documents"] = tokens.documents.to_dict("list")
    said["dtypes"] = [str(getattr(tokens, name).dtype) for name in compiled.ARRAYS]
    said["columns"] = tokens.documents.dtypes.astype(str).to_dict()
    return {name: str(value) for name, value in said.items()}


@given(CORPORA, st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_appended_documents_say_what_all_at_once_say(corpus, cut, other_cut):
    first, second = sorted((cut, other_cut))
    table = documents(corpus)
    tokens = tokenize(table.iloc[:first])
    before = tokens.ids.copy()
    for part in (table.iloc[first:second], table.iloc[second:]):
        tokens = append_documents(tokens, part)
    assert spelled(tokens) == spelled(tokenize(table))
    assert np.array_equal(tokens.ids[: len(before)], before)


@pytest.mark.parametrize("many", [2, 16])
def test_a_folder_grows_and_ids_stay(tmp_path, monkeypatch, many):
    monkeypatch.setattr(append, "_MANY_FILES", many)
    texts = ["War and peace.", "", "High-quality growth, war!", "bon jour", "New quality war."]
    corpus = [(text, "fr" if "bon" in text else "en") for text in texts]
    table = documents(corpus)
    tokenize(table.iloc[:1]).save(tmp_path)
    mapped = [load_tokens(tmp_path)]
    kept = [spelled(mapped[0])]
    for row in range(1, len(table)):
        tokens = append_documents(tmp_path, table.iloc[row : row + 1])
        assert tokens.vocabulary[: len(mapped[-1].vocabulary)].tolist() == (
            mapped[-1].vocabulary.tolist()
        )
        assert np.array_equal(tokens.ids[: len(mapped[-1].ids)], mapped[-1].ids)
        mapped.append(tokens)
        kept.append(spelled(tokens))
    assert spelled(tokens) == spelled(tokenize(table))
    # Who had the files mapped still sees what there was; numpy alone reads all there is.
    assert [spelled(tokens) for tokens in mapped] == kept
    assert np.array_equal(np.load(tmp_path / "ids.npy"), tokens.ids)
    assert len(list(tmp_path.glob("documents*.parquet"))) == (5 if many == 16 else 1)


@pytest.mark.parametrize("fails", ["lengthen_array", "write_record", "set_length"])
def test_a_kill_leaves_the_old_state_or_the_new(tmp_path, monkeypatch, fails):
    table = documents([("War and peace.", "en"), ("High-quality growth.", "en")])
    tokenize(table.iloc[:1]).save(tmp_path)
    calls = []

    def killed(*args):
        calls.append(args)
        if fails == "write_record" or len(calls) == 3:
            raise KeyboardInterrupt
        return whole(*args)

    whole = getattr(append, fails)
    monkeypatch.setattr(append, fails, killed)
    with pytest.raises(KeyboardInterrupt):
        append_documents(tmp_path, table.iloc[1:])
    monkeypatch.undo()
    if fails == "set_length":
        assert spelled(load_tokens(tmp_path)) == spelled(tokenize(table))
    else:
        assert spelled(load_tokens(tmp_path)) == spelled(tokenize(table.iloc[:1]))
        assert spelled(append_documents(tmp_path, table.iloc[1:])) == spelled(tokenize(table))


def test_columns_that_only_some_have_are_unknown_in_the_others(tmp_path):
    old = documents([("War.", "en")]).assign(president="X", date=pd.Timestamp("2020-01-01"))
    new = documents([("Peace.", "en")], 1).assign(minister="Y", n=3)
    old.to_parquet(tmp_path / "old.parquet")
    tokens = tokenize(old)
    tokens.save(tmp_path)
    for joined in (append_documents(tokens, new), append_documents(tmp_path, new)):
        assert joined.documents["president"].tolist() == ["X", ""]
        assert joined.documents["minister"].tolist() == ["", "Y"]
        assert joined.documents["n"].isna().tolist() == [True, False]
        assert joined.documents["date"].dt.year.tolist()[:1] == [2020]
        assert isinstance(joined, Tokens)


def test_a_document_that_is_there_is_refused(tmp_path):
    table = documents([("War.", "en"), ("Peace.", "en")])
    tokens = tokenize(table)
    tokens.save(tmp_path)
    for where in (tokens, tmp_path):
        with pytest.raises(SchemaError, match="doc_id 'd1', which is among the tokens already"):
            append_documents(where, table.iloc[1:])
    with pytest.raises(SchemaError, match="no column `lang`"):
        append_documents(tokens, table.drop(columns="lang"))
