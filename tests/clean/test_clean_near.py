import re

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from watchwords.clean.differences import find_differences
from watchwords.clean.near import excerpt_pairs, near_pairs, shingle_sets
from watchwords.clean.sketches import REACH, SHINGLE_SIGNS, SHINGLE_WORDS, sign_tables, sketch

WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("an", "el", "ir", "om", "ush", "ark", "ove")]
NO_CASES = np.zeros((2, 8), np.uint32)


def text_of(random, n=200):
    return " ".join(random.choice(WORDS, n))


def changed(random, text, share):
    words = text.split()
    for at in np.flatnonzero(random.random(len(words)) < share):
        words[at] = random.choice(WORDS)
    return " ".join(words)


def tokens_twin(text):
    return re.findall(r"[㐀-鿿぀-ヿ]|[^\W_㐀-鿿぀-ヿ]+", text.lower())


def shingles_twin(text):
    tokens = tokens_twin(text)
    signs = sum(bool(re.match("[㐀-鿿぀-ヿ]", token)) for token in tokens)
    size = SHINGLE_SIGNS if 2 * signs > len(tokens) else SHINGLE_WORDS
    return {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}


def similarity_twin(first, second):
    a, b = shingles_twin(first), shingles_twin(second)
    return len(a & b) / len(a | b)


ALPHABET = st.sampled_from(["Pier", "rope", "20", "五", "桥", "，", "-", "é", "\n", "𠀀"])


@given(st.lists(ALPHABET, min_size=60, max_size=90))
@settings(max_examples=25, deadline=None)
def test_shingles_are_those_of_the_slow_twin(parts):
    text = " ".join(parts).replace("𠀀", "永")
    if len(tokens_twin(text)) >= 20:
        shingles, bounds = shingle_sets([text, "short", text.upper()])
        sizes = np.diff(bounds).tolist()
        assert sizes == [len(shingles_twin(text)), 0, sizes[0]]
        assert shingles[: bounds[1]].tolist() == shingles[bounds[2] :].tolist()


def test_every_pair_of_the_slow_twin_is_found_with_its_similarity():
    random = np.random.default_rng(1)
    texts = [text_of(random) for _ in range(60)]
    texts += [changed(random, texts[n], 0.001 * n) for n in range(60)]
    pairs = near_pairs(texts, sketch(texts), 0.8)
    keys = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    sets = [shingles_twin(text) for text in texts]
    every = {(a, b): len(sets[a] & sets[b]) for b in range(120) for a in range(b)}
    twin = {(a, b): n / (len(sets[a]) + len(sets[b]) - n) for (a, b), n in every.items()}
    twin = {pair: value for pair, value in twin.items() if value >= 0.8}
    assert len(twin) > 25
    assert dict(zip(keys, pairs.similarity, strict=True)) == pytest.approx(twin)


def test_sketches_estimate_similarity():
    random = np.random.default_rng(2)
    text = text_of(random, 400)
    texts = [text, *(changed(random, text, share) for share in (0.0, 0.01, 0.03, 0.1, 1.0))]
    values = sketch(texts).sketches
    for at, other in enumerate(texts[1:], 1):
        estimate = (values[0] == values[at]).mean()
        assert estimate == pytest.approx(similarity_twin(text, other), abs=0.25)


def test_blocks_of_texts_change_nothing(monkeypatch):
    random = np.random.default_rng(3)
    texts = [text_of(random) for _ in range(20)]
    texts += [" ".join(text.split()[:120]) for text in texts]
    whole = sketch(texts), shingle_sets(texts), excerpt_pairs(texts)
    monkeypatch.setattr("watchwords.clean.sketches._BLOCK", 3000)
    parts = sketch(texts), shingle_sets(texts), excerpt_pairs(texts)
    assert np.array_equal(whole[0].sketches, parts[0].sketches)
    assert np.array_equal(whole[0].cases, parts[0].cases)
    assert all(np.array_equal(a, b) for a, b in zip(whole[1], parts[1], strict=True))
    assert whole[2].first.tolist() == parts[2].first.tolist() == list(range(20))


def test_a_large_bucket_costs_its_length_and_still_leads_to_the_first():
    random = np.random.default_rng(4)
    text = text_of(random)
    texts = [f"{text} {word}" for word in map(str, range(400))]
    pairs = near_pairs(texts, sketch(texts), 0.8)
    assert len(pairs.first) < 400 * 3 * REACH
    assert set(pairs.second[pairs.first == 0].tolist()) == set(range(1, 400))


def test_an_excerpt_is_found_and_a_common_quotation_is_none():
    random = np.random.default_rng(5)
    long = text_of(random, 900)
    quote = text_of(random, 60)
    texts = [long, " ".join(long.split()[300:420]) + " as the paper wrote"]
    texts += [f"{text_of(random, 15)} {quote} {text_of(random, 15)}" for _ in range(20)]
    pairs = excerpt_pairs(texts)
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == [(0, 1)]
    assert pairs.containment[0] > 0.95
    assert pairs.similarity[0] < 0.2


def test_tables_of_signs():
    classes, folds = sign_tables()
    kinds = {sign: int(classes[ord(sign)]) & 3 for sign in "aZé9五の가，_-"}
    assert kinds == {
        "a": 1,
        "Z": 1,
        "é": 1,
        "9": 1,
        "五": 2,
        "の": 2,
        "가": 1,
        "，": 0,
        "_": 0,
        "-": 0,
    }
    assert [chr(folds[ord(sign)]) for sign in "Zz９Ａ"] == ["z", "z", "9", "a"]


SPEECH = (
    "The speech said that the harbour is the gate of the city and that whoever wants to open the "
    "gate must first mend its hinges. It asked every office to look at what it does each day and "
    "to leave out what serves nobody. It named water, heating and schools as matters in which the "
    "people notice first whether work is done. It said that a plan which nobody reads is no plan, "
    "and that a report which hides a fault is worse than the fault. It ended with a call to count "
    "what was done and not what was said, to visit before writing and to write before judging. "
)
SPEECH_ZH = (
    "讲话指出，港口是城市的大门，要打开大门就要先修好门轴。讲话要求各部门检查每天的工作，去掉对群众没有用处的事情。"
    "讲话强调，供水、供暖和学校是群众最先看到工作好坏的地方，没有人读的计划不是计划，掩盖问题的报告比问题本身更坏。"
    "讲话最后号召大家多看做了什么，少看说了什么，先走访再动笔，先动笔再判断，把每一件小事都办好，把每一条路都走实。"
)
DIFFERENCES = {
    "an added paragraph": (SPEECH, SPEECH + "Rain fell on the 3rd of May in Tinghe.", ""),
    "slips of the pen": (SPEECH, SPEECH.replace("hinges", "hinge").replace("plan,", "plans,"), ""),
    "another headline": (f"Gate of the City\n{SPEECH}", f"Mend the Hinges First\n{SPEECH}", ""),
    "another place": (
        f"In Tinghe it was read. {SPEECH}",
        f"In Luyang it was read. {SPEECH}",
        "other names",
    ),
    "a place in the headline": (
        f"Flood Notice for Tinghe County\n{SPEECH}",
        f"Flood Notice for Luyang County\n{SPEECH}",
        "other names",
    ),
    "another body": (
        f"The standing committee met. {SPEECH}",
        f"The party group met. {SPEECH}",
        "other names",
    ),
    "another number": (
        SPEECH + "It took 35 minutes.",
        SPEECH + "It took 50 minutes.",
        "other numbers",
    ),
    "another month": (
        f"This was in May at noon. {SPEECH}",
        f"This was in June at noon. {SPEECH}",
        "other numbers",
    ),
    "another date line": (f"2021-05-03\n{SPEECH}", f"2021-05-04\n{SPEECH}", "other numbers"),
    "other frames": (
        f"Those who were there read it aloud in turn and spoke about bread and nets. {SPEECH}",
        f"Afterwards some walked along quays while others stayed behind discussing ropes. {SPEECH}",
        "other passages",
    ),
    "Chinese, slips": (SPEECH_ZH, SPEECH_ZH.replace("走实", "走好"), ""),
    "Chinese, another city": (
        "松河市召开会议。" + SPEECH_ZH,
        "鹿阳市召开会议。" + SPEECH_ZH,
        "other names",
    ),
    "Chinese, another number": (
        SPEECH_ZH + "共三十人参加。",
        SPEECH_ZH + "共五百人参加。",
        "other numbers",
    ),
    "Chinese, other frames": (
        "与会者轮流朗读并谈了自己对渔网和面包的看法。" + SPEECH_ZH,
        "散会以后有的人沿着码头散步另一些人留下讨论绳子。" + SPEECH_ZH,
        "other passages",
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_what_differs(name):
    here, there, other = DIFFERENCES[name]
    assert similarity_twin(here, there) > 0.6
    assert find_differences(here, there, cases=NO_CASES).other == other
    assert find_differences(there, here, cases=NO_CASES).other == other
    assert find_differences(here, here, cases=NO_CASES).only_here == ""


def test_the_dateline_of_another_paper_is_its_own():
    here = f"BEIJING, Feb. 3 (Xinhua) -- {SPEECH}\nEditor: Wen"
    there = f"TINGHE, Feb. 4 (Tinghe Daily) -- {SPEECH}\nEditor: Lu"
    found = find_differences(here, there, cases=NO_CASES, other_source=True)
    assert found.other == ""
    assert find_differences(here, there, cases=NO_CASES).other == "other numbers"


def test_a_word_that_the_corpus_prints_small_is_no_name():
    here, there = f"Officials read it. {SPEECH}", f"Leaders read it. {SPEECH}"
    assert find_differences(here, there, cases=NO_CASES).other == "other names"
    cases = sketch([here, there, "the officials and the leaders " * 8]).cases
    assert find_differences(here, there, cases=cases).other == ""


def test_passages_are_shown_short():
    found = find_differences(SPEECH + "Rope and net " * 30, SPEECH, cases=NO_CASES)
    assert found.only_here.startswith("Rope and net")
    assert found.only_here.endswith("…")
    assert len(found.only_here) <= 60
