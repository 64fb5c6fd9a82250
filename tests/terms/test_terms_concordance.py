import re
from collections import Counter
from fnmatch import fnmatchcase
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.errors import SchemaError, StorageError, WatchwordsError
from watchwords.terms import concordance, find_term
from watchwords.terms.sampling import spread_evenly
from watchwords.tokens import load_tokens, split_phrase, tokenize

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
    found = concordance(compiled(), query).table
    assert found["match"].tolist() == matches
    assert (found["n_total"] == len(matches)).all()
    for line in found.itertuples():
        printed = TEXTS[line.doc_id][line.start : line.end]
        assert " ".join(printed.split()) == line.match
        assert line.match in line.sentence


COLUMNS = [
    *("doc_id", "date", "date_precision", "period", "title", "issuer", "source", "start", "end"),
    *("left", "match", "right", "sentence", "n_total"),
]


def test_no_hit_is_an_empty_table_of_the_same_columns():
    tokens = compiled()
    some, none = concordance(tokens, "war").table, concordance(tokens, "zzz").table
    assert list(none.columns) == list(some.columns) == COLUMNS
    assert none.dtypes.equals(some.dtypes)


def test_context_is_cut_at_blanks_and_on_one_line():
    text = "Alpha beta gamma\ndelta KEY epsilon zeta eta theta"
    line = concordance(compiled({"a": text}), "key", window=12).table.iloc[0]
    assert (line["left"], line["right"]) == ("gamma delta ", " epsilon")
    wide = concordance(compiled({"a": text}), "key", window=200).table.iloc[0]
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
    pd.testing.assert_frame_equal(found.table, concordance(tokens, "war", n=12).table)


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
        assert lines.table[["doc_id", "start", "end"]].equals(found[["doc_id", "start", "end"]])


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "has no word to look for"),
        (" | ,", {}, "has no word to look for"),
        ("war", {"n": 0}, "`n` is 0"),
        ("war", {"window": 0}, "`window` is 0"),
        ("war", {"sort": "dates"}, "did you mean `date`"),
        ("war", {"page": 0}, "`page` is 0"),
        ("war", {"freq": "D"}, "`freq` is 'D'"),
        ("war", {"doc_ids": ["zzz"]}, "`doc_id` is 'zzz'"),
        ("concept:peace", {}, "pass the table"),
        ("concept:peace", {"hits": pd.DataFrame({"doc_id": []})}, "no column `concept_id`"),
    ],
)
def test_a_wrong_request_is_refused(query, options, message):
    with pytest.raises(WatchwordsError, match=message):
        concordance(compiled(), query, **options)


def slow_hits(tokens, query):
    """Every hit of a query, word by word: the documents' own token streams, searched naively."""
    ids, token_index = tokens.expanded()
    words = [tokens.vocabulary[number] for number in ids]
    doc = tokens.doc_index()[token_index]
    found = set()
    for sequence in filter(None, map(split_phrase, query.split("|"))):
        for at in range(len(words) - len(sequence) + 1):
            spots = range(at, at + len(sequence))
            follows = [
                doc[spot] == doc[at]
                and fnmatchcase(words[spot], word)
                and (
                    spot == at
                    or may_break
                    or token_index[spot] == token_index[spot - 1]
                    or not tokens.breaks[token_index[spot]]
                )
                for spot, (word, may_break) in zip(spots, sequence, strict=True)
            ]
            if all(follows):
                found.add((int(doc[at]), at, len(sequence)))
    return found


PIECES = st.sampled_from(
    ["war", "warm", "peace", ". ", ", ", " ", "\n", "-", "’s ", "é", "两个", "维护"]
)
QUERIES = st.lists(
    st.lists(
        st.sampled_from(["war", "war*", "*", "peace", "-", ", ", "两个", "维"]),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=3,
)


@given(st.lists(PIECES, max_size=40), QUERIES)
@settings(max_examples=60, deadline=None)
def test_hits_are_those_of_a_slow_search(pieces, parts):
    query = "|".join(" ".join(words) for words in parts)
    tokens = compiled({"a": " ".join(pieces[:20]), "b": "".join(pieces[20:]), "c": "会 war"})
    if not any(map(split_phrase, query.split("|"))):
        return
    lines = concordance(tokens, query, n=1000)
    slow = slow_hits(tokens, query)
    assert len(lines) == lines.n_total == len(slow)
    by_row = Counter(row for row, _, _ in slow)
    names = tokens.documents["doc_id"].tolist()
    assert dict(zip(lines.documents["doc_id"], lines.documents["n"], strict=True)) == {
        names[row]: n for row, n in by_row.items()
    }


@pytest.mark.parametrize("sort", ["date", "document", "left", "match", "right"])
def test_pages_are_all_the_hits_in_order_each_once(sort):
    texts = {f"d{n:02}": f"{'abc'[n % 3]} war {'xyz'[n % 2]}, wars of {n}" for n in range(9)}
    dates = pd.to_datetime(pd.Series([f"{2000 + n * 7 % 9}" for n in range(9)]))
    tokens = compiled(texts, date=dates.astype("datetime64[s]"))
    pages = [concordance(tokens, "war*", n=4, page=page, sort=sort) for page in range(1, 7)]
    assert [len(page) for page in pages] == [4, 4, 4, 4, 2, 0]
    assert {page.n_pages for page in pages} == {5}
    joined = pd.concat([page.table for page in pages], ignore_index=True)
    whole = concordance(tokens, "war*", n=100, sort=sort).table
    pd.testing.assert_frame_equal(joined, whole)


def slow_spread(counts, days, n):
    """Choose hits part by part and turn by turn, as the description has it."""
    known = [day for day, count in zip(days, counts, strict=True) if count and day is not None]
    first, last = min(known, default=0), max(known, default=0)
    parts = {}
    for doc, (count, day) in enumerate(zip(counts, days, strict=True)):
        part = n if day is None else (day - first) * n // (last - first + 1)
        parts.setdefault(part, []).extend((doc, number) for number in range(count))
    chosen = []
    for turn in range(sum(counts)):
        chosen += [parts[part][turn] for part in sorted(parts) if turn < len(parts[part])]
    return sorted(chosen[:n])


@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 5000)), max_size=12),
    st.integers(1, 20),
)
@settings(max_examples=80, deadline=None)
def test_the_sample_is_that_of_its_description(documents, n):
    ordered = sorted(documents, key=lambda pair: (pair[1] is None, pair[1] or 0))
    counts = [count for count, _ in ordered]
    days = [day for _, day in ordered]
    dates = pd.Series(
        np.array(["NaT" if day is None else day for day in days], "datetime64[D]")
    ).astype("datetime64[s]")
    doc, number = spread_evenly(np.array(counts, np.int64), dates, n=n)
    assert list(zip(doc.tolist(), number.tolist(), strict=True)) == slow_spread(counts, days, n)


def test_concepts_stand_beside_words():
    tokens = compiled()
    hits = pd.DataFrame(
        {
            "doc_id": ["c", "c", "a", "b", "b"],
            "start": [7, 18, 0, 10, 0],
            "end": [11, 22, 3, 14, 9],
            "concept_id": ["two_upholds", "two_upholds", "the_one", "two_upholds", "two_others"],
            "rule": ["exact", "exact", "exact", "unresolved", "exact"],
        }
    )
    found = concordance(tokens, "concept:two_upholds", hits=hits)
    assert found["match"].tolist() == [TEXTS["c"][7:11], TEXTS["c"][18:22]]
    both = concordance(tokens, "两个维护 | concept:two_* | the war", hits=hits)
    starts = sorted((line["doc_id"], line["start"]) for line in both.table.to_dict("records"))
    own = [match.start() for match in re.finditer("两个维护", TEXTS["c"])]
    assert starts == sorted(
        {("b", 0), ("b", TEXTS["b"].index("the war")), ("c", 7), ("c", 18)}
        | {("c", start) for start in own}
    )
    assert concordance(tokens, "concept:none", hits=hits).n_total == 0
    assert concordance(tokens, "concept:t*", hits=hits, doc_ids=["a"])["match"].tolist() == ["The"]


def test_lines_say_who_and_when():
    dates = pd.to_datetime(pd.Series(["2021-03-01", "2022-05-06", None])).astype("datetime64[s]")
    tokens = compiled(
        {"a": "war war", "b": "war", "c": "war"},
        date=dates,
        date_precision=["month", "day", "none"],
        issuer=["City", "", "City"],
    )
    lines = concordance(tokens, "war", freq="10Y")
    assert lines.documents["n"].tolist() == [2, 1, 1]
    assert lines.table["period"].dt.year.tolist()[:3] == [2020, 2020, 2020]
    by_issuer = lines.count_by("issuer")
    assert by_issuer.to_dict("list") == {"issuer": ["City", ""], "n_docs": [2, 1], "n": [3, 1]}
    by_period = lines.count_by("period")
    assert by_period["n"].tolist() == [3, 1]
    assert lines.caption == "“war”: 4 hits in 3 of 3 documents"
    days = [line.split()[0] for line in repr(lines).splitlines()[1:]]
    assert days == ["2021-03", "2021-03", "2022-05-06", "undated"]
    assert concordance(tokens, "war", n=2).caption.endswith("2 lines, spread evenly over time")
    assert concordance(tokens, "war", n=3, page=2).caption.endswith("page 2 of 2")
    assert concordance(tokens, "peace").caption == "“peace”: not found in 3 documents"


def test_only_the_documents_asked_for_are_searched():
    lines = concordance(many([1900, 1901, 1902]), "war", doc_ids=["002", "000"])
    assert (lines["doc_id"].tolist(), lines.n_searched) == (["000", "002"], 2)


def test_html_is_escaped_and_repeats_no_script():
    text = "<script>x</script> war & <b>peace</b> \x1b[31m"
    lines = concordance(compiled({"a": text}, title=['"><i>'], issuer=["<u>"]), "war")
    page = lines._repr_html_()
    assert not {"<script", "<b>", "<i>", "<u>", '"><i>'} & set(re.findall(r"<\w+|\"><i>", page))
    assert "&lt;script&gt;" in page
    assert "\x1b" not in repr(lines)


def test_matches_stand_below_each_other_in_any_script():
    lines = concordance(compiled(), "两个维护 | war")
    cells = [
        sum(2 if east_asian_width(sign) in "WF" else 1 for sign in day.ljust(10) + left)
        for day, left, _, _ in lines.aligned(80)
    ]
    assert len(set(cells)) == 1
    assert max(cells) <= 80


def test_a_saved_file_runs_nothing(tmp_path):
    lines = concordance(compiled({"a": "=war(1)", "b": "@war"}, title=["+1", "x"]), "war")
    lines.to_csv(tmp_path / "lines.csv")
    saved = pd.read_csv(tmp_path / "lines.csv", encoding="utf-8-sig", keep_default_na=False)
    assert list(saved.columns) == COLUMNS
    assert saved["left"].tolist() == ["'=", "'@"]
    assert saved["title"].tolist() == ["'+1", "x"]
    assert saved["start"].tolist() == [1, 1]


def test_tokens_from_a_file_give_the_same_lines(tmp_path):
    tokens = compiled()
    tokens.save(tmp_path)
    for query in ("interstate commerce", "t*r | 两个维护"):
        pd.testing.assert_frame_equal(
            concordance(load_tokens(tmp_path), query).table, concordance(tokens, query).table
        )


def test_lines_lead_back_to_the_text_before_cleaning():
    clean = pytest.importorskip("watchwords.clean")
    raw = {"a": "[Print] [Close]\nThe “two  ropes”hold.", "b": "Two ropes, ﬁne."}
    cleaned = {doc_id: clean.clean_with_offsets(text) for doc_id, text in raw.items()}
    tokens = compiled({doc_id: each.text for doc_id, each in cleaned.items()})
    lines = concordance(tokens, "two ropes | hold | fine").with_raw(cleaned.__getitem__)
    for line in lines.table.to_dict("records"):
        assert raw[line["doc_id"]][line["raw_start"] : line["raw_end"]] == line["raw_match"]
    assert lines["raw_match"].tolist() == ["two  ropes", "hold", "Two ropes", "ﬁne"]
    assert concordance(tokens, "zzz").with_raw(cleaned.__getitem__)["raw_start"].dtype == np.int64
    with pytest.raises(SchemaError, match="not the one that was searched"):
        concordance(tokens, "ropes").with_raw(lambda _: cleaned["b"])


@pytest.mark.parametrize("limit", ["n", "page", "window"])
def test_half_a_line_is_refused(limit):
    with pytest.raises(WatchwordsError, match=f"`{limit}` is 2.5; it must be a whole number"):
        concordance(compiled({"a": "gold " * 9}), "gold", **{limit: 2.5})


def test_documents_in_a_language_that_is_not_read_are_not_said_to_be_searched():
    table = pd.DataFrame({"doc_id": list("abcd"), "lang": ["en", "fr", "ru", "zh"], "text": "war"})
    tokens = tokenize(table)
    assert concordance(tokens, "war").caption == (
        "“war”: 2 hits in 2 of 2 documents; 2 more documents are in languages that are not read"
    )
    some = concordance(tokens, "gold", doc_ids=["a", "b"])
    assert some.n_searched == 1
    assert some.caption == (
        "“gold”: not found in 1 document; 1 more document is in a language that is not read"
    )


def test_a_page_that_is_not_there_is_named_as_such():
    lines = concordance(compiled({"a": "gold gold"}), "gold", page=9)
    assert lines.caption == "“gold”: 2 hits in 1 of 1 document; there is no page 9, only 1 page"


def test_a_column_or_a_folder_that_is_not_there_is_named(tmp_path):
    lines = concordance(compiled({"a": "gold"}), "gold")
    with pytest.raises(SchemaError, match="no column `isuer`; did you mean `issuer`"):
        lines.count_by("isuer")
    with pytest.raises(StorageError, match="cannot write"):
        lines.to_csv(tmp_path / "nosuch" / "lines.csv")
