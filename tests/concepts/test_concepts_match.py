import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchwords.concepts import match_concepts, read_concepts
from watchwords.schema import check_table
from watchwords.tokens import tokenize


def _tokens(*texts, lang="en"):
    doc_ids = [f"d{number}" for number in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": doc_ids, "lang": lang, "text": list(texts)}))


def _concepts(*forms, lang="en", **columns):
    rows = [form if isinstance(form, tuple) else ("a", form) for form in forms]
    table = pd.DataFrame(rows, columns=["concept_id", "form"])
    return table.assign(lang=lang, **columns)


def _forms(text, *forms, **columns):
    return match_concepts(_tokens(text), _concepts(*forms, **columns))["form"].tolist()


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("THE COLD WAR ended", "cold war", ["COLD WAR"]),
        ("two first-districts and “two first districts”", "two-first district",
         ["two first-districts", "two first districts"]),
        ("high quality and high-quality growth", "high-quality", ["high quality", "high-quality"]),
        ("Viet-Nam, Viet Nam", "viet nam", ["Viet-Nam", "Viet Nam"]),
        ("the “two” maintenances", "two maintenance", ["two” maintenances"]),
        ("its core's praise, the cores’ praise", "core", ["core", "cores"]),
        ("the party’s leadership", "Party's leadership", ["party’s leadership"]),
        ("Party leadership", "Party's leadership", ["Party leadership"]),
        ("the U.S.S.R. and the USSR", "U.S.S.R.", ["U.S.S.R."]),
        ("anti-slavery men, slavery", "slavery", ["slavery", "slavery"]),
        ("judgment, insight and execution", "judgment, insight and execution",
         ["judgment, insight and execution"]),
        ("judgment insight and execution", "judgment, insight and execution",
         ["judgment insight and execution"]),
    ],
)  # fmt: skip
def test_what_is_folded(text, form, printed):
    assert _forms(text, form) == printed


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("better health, care for all", "health care"),
        ("the cold. War came", "cold war"),
        ("the cold\nWar came", "cold war"),
        ("health--care", "health care"),
        ("three upholds", "two upholds"),
        ("twenty-two upholds, hundred two upholds, 32 two upholds", "two upholds"),
        ("the new upholders", "two upholds"),
        ("the two big upholds", "two upholds"),
        ("custom house", "customs house"),
        ("the internets of things", "internet of thing s"),
    ],
)
def test_what_is_not(text, form):
    assert _forms(text, form) == []


def test_the_longest_form_of_the_whole_base_wins():
    concepts = _concepts(("a", "two upholds"), ("b", "two upholds of the core"), ("c", "core"))
    hits = match_concepts(_tokens("Two upholds of the core; two upholds."), concepts)
    assert hits["concept_id"].tolist() == ["b", "a"]
    overlap = _concepts(("a", "new development"), ("b", "development pattern plan"))
    hits = match_concepts(_tokens("a new development pattern plan"), overlap)
    assert hits["concept_id"].tolist() == ["b"]


def test_a_form_that_needs_context_is_shown_for_every_concept_and_hides_its_parts():
    concepts = _concepts(("a", "four centers"), ("b", "four centers"), ("c", "centers"))
    concepts["needs_context"] = [1, 1, 0]
    hits = match_concepts(_tokens("The Four Centers of the city; centers."), concepts)
    assert hits["concept_id"].tolist() == ["a", "b", "c"]
    assert hits["rule"].tolist() == ["unresolved", "unresolved", "exact"]


def test_exact_forms_keep_their_capitals_and_their_number():
    concepts = _concepts("AI", "United Nations", exact=1)
    text = "AI and ai; United Nations, UNITED NATIONS, united nations, United Nation"
    hits = match_concepts(_tokens(text), concepts)
    assert hits["form"].tolist() == ["AI", "United Nations", "UNITED NATIONS"]


def test_two_concepts_that_only_a_plural_tells_apart_are_not_folded():
    concepts = _concepts(("a", "new deal"), ("b", "new deals"))
    hits = match_concepts(_tokens("A new deal, new deals."), concepts)
    assert hits["concept_id"].tolist() == ["a", "b"]
    assert hits["rule"].tolist() == ["exact", "exact"]


def test_chinese_forms_are_found_in_every_text_longest_first():
    forms = [("a", "双碳"), ("b", "碳排放双控"), ("c", "双控")]
    texts = ["要推进“双碳”、碳排放双控和双控。", "The 双碳 goals.", "Rien. 双控"]
    documents = pd.DataFrame({"doc_id": ["x", "y", "z"], "lang": ["zh", "en", "fr"], "text": texts})
    hits = match_concepts(tokenize(documents), _concepts(*forms, lang="zh"))
    assert hits["doc_id"].tolist() == ["x", "x", "x", "y", "z"]
    assert hits["concept_id"].tolist() == ["a", "b", "c", "a", "c"]
    assert hits["start"].tolist() == [4, 8, 14, 4, 6]
    assert set(hits["rule"]) == {"exact"}


def test_english_forms_are_found_in_chinese_texts_too():
    hits = match_concepts(_tokens("推动Belt and Road建设", lang="zh"), _concepts("belt and road"))
    assert hits["form"].tolist() == ["Belt and Road"]


def test_nothing_to_find_gives_a_table_of_the_right_kind():
    for concepts in (_concepts("peace"), _concepts("和平", lang="zh"), _concepts("peace")[:0]):
        hits = match_concepts(_tokens("War.", ""), concepts)
        assert check_table("hits", hits) is hits
        assert len(hits) == 0


def test_arguments_are_not_changed():
    tokens, concepts = _tokens("The two upholds."), _concepts("two upholds")
    before = concepts.copy(), tokens.documents.copy(), tokens.ids.copy()
    match_concepts(tokens, concepts)
    pd.testing.assert_frame_equal(concepts, before[0])
    pd.testing.assert_frame_equal(tokens.documents, before[1])
    assert (tokens.ids == before[2]).all()


def test_the_order_of_the_term_base_does_not_matter():
    concepts = read_concepts("tifa")
    text = "The four self-confidences, dual control, four centers and new development patterns."
    one = match_concepts(_tokens(text), concepts)
    other = match_concepts(_tokens(text), concepts.iloc[::-1])
    pd.testing.assert_frame_equal(one, other)
    assert len(one) == 6


# The twin: words out of a small pool, whose plurals it knows from a list.
_SINGULAR = {"policies": "policy", "classes": "class", "states": "state", "upholds": "uphold"}
_NUMBERS = {"two", "twenty"}
_POOL = ["two", "twenty", "new", "policy", "policies", "class", "classes", "state", "upholds"]
_WORDS = st.sampled_from([*_POOL, "Two", "STATES", "other"])
_GAPS = st.sampled_from([" ", " ", " ", "-", ", ", ". ", "\n", " “", "” ", "’s ", "  "])


def _parts(text):
    """Each part of a word: start, end, normal form, whether a break stands before it."""
    parts, last = [], 0
    for match in re.finditer(r"[A-Za-z]+(’s)?", text):
        gap = text[last : match.start()]
        word = match[0].removesuffix("’s")
        breaks = not parts or re.fullmatch(r"[ “”]*|-", gap) is None
        parts.append((match.start(), match.start() + len(word), word.lower(), breaks))
        last = match.end()
    return parts


def _naive(text, forms):
    """Compare every form with every run of words; then the longest, then the leftmost, wins."""
    parts = _parts(text)
    cut = [(concept, form, re.split("[ -]", form)) for concept, form in forms]
    keys = [tuple(_SINGULAR.get(word, word) for word in words) for _, _, words in cut]
    owners = {key: {cut[n][0] for n, k in enumerate(keys) if k == key} for key in keys}
    found = {}
    for at in range(len(parts)):
        for (concept, form, words), key in zip(cut, keys, strict=True):
            run = parts[at : at + len(words)]
            normal = [word for _, _, word, _ in run]
            folded = tuple(_SINGULAR.get(word, word) for word in normal)
            wrong = folded != key or any(breaks for *_, breaks in run[1:])
            if wrong or (len(owners[key]) > 1 and normal != words):
                continue
            if words[0] in _NUMBERS and not parts[at][3] and parts[at - 1][2] in _NUMBERS:
                continue
            printed = text[run[0][0] : run[-1][1]]
            rule = "exact" if printed.casefold() == form else "normalised"
            place = (-len(words), run[0][0], run[-1][1], concept)
            found[place] = "exact" if found.get(place) == "exact" else rule
    kept = []
    for (_, start, end, concept), rule in sorted(found.items()):
        if all(start >= e or end <= s for s, e, *_ in kept):
            kept.append((start, end, concept, text[start:end], rule))
    return sorted(kept)


@st.composite
def _bases(draw):
    word = st.sampled_from(_POOL)
    joined = st.lists(word, min_size=1, max_size=3).flatmap(
        lambda words: st.sampled_from([" ", "-"]).map(lambda blank: blank.join(words))
    )
    forms = draw(st.lists(joined, min_size=1, max_size=6, unique_by=lambda f: f.replace("-", " ")))
    return [(draw(st.sampled_from("abc")), form) for form in forms]


_TEXTS = st.lists(st.tuples(_WORDS, _GAPS), max_size=14).map(
    lambda pairs: "".join(word + gap for word, gap in pairs).replace("’s -", " ")
)


@settings(max_examples=15, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=12), _bases())
def test_the_matcher_agrees_with_a_loop_over_words(texts, forms):
    hits = match_concepts(_tokens(*texts), _concepts(*forms))
    columns = ["doc_id", "start", "end", "concept_id", "form", "rule"]
    found = list(hits[columns].itertuples(index=False, name=None))
    assert found == [
        (f"d{number}", *hit) for number, text in enumerate(texts) for hit in _naive(text, forms)
    ]
    for doc_id, start, end, _, form, _ in found:
        assert texts[int(doc_id[1:])][start:end] == form
