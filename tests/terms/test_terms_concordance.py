import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import WatchwordsError
from watchwords.terms import concordance, find_term
from watchwords.tokens import tokenize

TEXTS = {
    "a": "The Inter-State commerce law. Interstate commerce, and interstate  commerce!",
    "b": "Terrorism and terrorists; the war on terror. “Terror” war.",
    "c": "会议强调做到“两个维护”。坚持两个确立、两个维护！",
    "d": "The nation’s capital, the NATION's capital; don't.",
    "e": "War\nand peace. First, self-reliance; self reliance.",
}


def compiled(texts=TEXTS, **columns):
    lang = ["zh" if "会" in text else "en" for text in texts.values()]
    table = {"doc_id": list(texts), "lang": lang, "text": list(texts.values())} | columns
    return tokenize(pd.DataFrame(table))


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("interstate commerce", ["Interstate commerce", "interstate commerce"]),
        ("inter-state commerce", ["Inter-State commerce"]),
        ("INTER STATE", ["Inter-State"]),
        ("state commerce", ["State commerce"]),
        ("terroris*", ["Terrorism", "terrorists"]),
        ("*ror", ["terror", "Terror"]),
        ("t*r", ["terror", "Terror"]),
        ("war on *", ["war on terror"]),
        ("terrorism | war on terror", ["Terrorism", "war on terror"]),
        ("terror|terror", ["terror", "Terror"]),
        ("terror war", ["Terror” war"]),
        ("terrorists the", []),
        ("terrorists, the", ["terrorists; the"]),
        ("law. Interstate", ["law. Interstate"]),
        ("war and", []),
        ("两个维护", ["两个维护", "两个维护"]),
        ("“两个维护”", ["两个维护", "两个维护"]),
        ("两个", ["两个", "两个", "两个"]),
        ("两个*立", ["两个确立"]),
        ("两个确立、两个维护", ["两个确立、两个维护"]),
        ("nation's capital", ["nation’s capital", "NATION's capital"]),
        ("nation capital", ["nation’s capital", "NATION's capital"]),
        ("don’t", ["don't"]),
        ("self-reliance", ["self-reliance", "self reliance"]),
        ("self-*", ["self-reliance", "self reliance"]),
        ("zzz*", []),
        ("peace zzz", []),
    ],
)
def test_a_query_finds_what_it_says(query, matches):
    found = concordance(compiled(), query)
    assert found["match"].tolist() == matches
    assert (found["n_total"] == len(matches)).all()
    for line in found.itertuples():
        printed = TEXTS[line.doc_id][line.start : line.end]
        assert " ".join(printed.split()) == line.match
        assert line.match in line.sentence


def test_no_hit_is_an_empty_table_of_the_same_columns():
    tokens = compiled()
    some, none = concordance(tokens, "war"), concordance(tokens, "zzz")
    assert list(none.columns) == list(some.columns)
    assert none.dtypes.equals(some.dtypes)
    assert list(some.columns) == (
        [
            "doc_id",
            "date",
            "title",
            "issuer",
            "start",
            "end",
            "left",
            "match",
            "right",
            "sentence",
            "n_total",
        ]
    )


def test_context_is_cut_at_blanks_and_on_one_line():
    text = "Alpha beta gamma\ndelta KEY epsilon zeta eta theta"
    line = concordance(compiled({"a": text}), "key", window=12).iloc[0]
    assert (line["left"], line["right"]) == ("gamma delta ", " epsilon")
    wide = concordance(compiled({"a": text}), "key", window=200).iloc[0]
    assert wide["left"] + wide["match"] + wide["right"] == text.replace("\n", " ")


def many(years, **columns):
    texts = {f"{number:03}": f"word{number} war peace" for number in range(len(years))}
    dates = pd.Series(pd.to_datetime([f"{year}-01-01" if year else None for year in years]))
    return compiled(texts, date=dates.astype("datetime64[s]"), **columns)


def test_a_sample_is_spread_over_time_not_over_hits():
    tokens = many([1900] * 50 + list(range(1910, 2000, 10)) + [0] * 5)
    found = concordance(tokens, "war", n=12)
    years = found["date"].dt.year
    assert found["n_total"].tolist() == [64] * 12
    assert years.dropna().nunique() == 10
    assert years.isna().sum() == 1
    pd.testing.assert_frame_equal(found, concordance(tokens, "war", n=12))


def test_all_hits_of_one_day_are_sampled_without_a_division_by_zero():
    assert len(concordance(many([1900] * 9), "war", n=4)) == 4
    assert len(concordance(many([0] * 9), "war", n=4)) == 4


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", ["b", "c", "a"]),
        ("document", ["a", "b", "c"]),
        ("left", ["c", "a", "b"]),
        ("right", ["b", "a", "c"]),
        ("match", ["c", "a", "b"]),
    ],
)
def test_lines_are_sorted_as_asked(sort, order):
    texts = {"a": "x beta word2 now", "b": "a gamma word3 and", "c": "z alpha word1 then"}
    dates = pd.to_datetime(pd.Series(["2003", "2001", "2002"])).astype("datetime64[s]")
    found = concordance(compiled(texts, date=dates), "word*", sort=sort)
    assert found["doc_id"].tolist() == order


def test_reprints_are_left_out_unless_asked_for():
    tokens = compiled({"a": "war", "b": "war"}, duplicate_of=["", "a"])
    assert concordance(tokens, "war")["doc_id"].tolist() == ["a"]
    assert concordance(tokens, "war", keep_duplicates=True)["doc_id"].tolist() == ["a", "b"]


@given(st.lists(st.sampled_from(["war", "peace", ". ", ", ", " ", "\n", "-", "’s"]), max_size=30))
@settings(max_examples=30, deadline=None)
def test_a_phrase_has_the_hits_of_a_term(pieces):
    tokens = compiled({"a": " ".join(pieces[:15]), "b": "".join(pieces[15:])})
    for item in ("war", "war peace", "peace war peace"):
        lines, found = concordance(tokens, item, n=1000), find_term(tokens, item)
        assert lines[["doc_id", "start", "end"]].equals(found[["doc_id", "start", "end"]])


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "has no word to look for"),
        (" | ,", {}, "has no word to look for"),
        ("war", {"n": 0}, "`n` is 0"),
        ("war", {"window": 0}, "`window` is 0"),
        ("war", {"sort": "dates"}, "did you mean `date`"),
    ],
)
def test_a_wrong_request_is_refused(query, options, message):
    with pytest.raises(WatchwordsError, match=message):
        concordance(compiled(), query, **options)
