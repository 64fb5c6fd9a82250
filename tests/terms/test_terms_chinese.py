import random
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchwords.clean import clean_documents
from watchwords.corpora import read_corpus
from watchwords.errors import WatchwordsError
from watchwords.terms import count_terms, find_term, hide_nested
from watchwords.terms.chinese import read_term_base
from watchwords.terms.loading import load_kernels
from watchwords.tokens import tokenize

# Words that an invented text is made of, and phrases planted into it.
WORDS = re.findall(
    r"\w+",
    """
    山水 城市 学校 农田 天空 河流 工人 教师 孩子 春天 秋收 道路 桥梁 机器 粮食 花园 音乐 图画 医院
    商店 邮局 车站 海港 森林 草地 牛羊 书本 清晨 夜晚 节日 修建 种植 保护 歌唱 讨论 学习 访问 欢迎
    增加 减少 美丽 宽广 明亮 温暖 安静 勤劳 友好 迅速
    """,
)
PLANTED = {
    "蓝鲸倡议": "蓝鲸倡 鲸倡议 鲸倡 倡议",
    "七步联动法": "七步联 步联动 联动法 动法 步联",
    "金桥筑梦行动": "金桥筑 桥筑 筑梦行 梦行动 桥筑梦行 梦行",
    "数智惠农": "数智惠 智惠农 智惠",
}


FRAGMENTS = {fragment for line in PLANTED.values() for fragment in line.split()}


def compiled(texts, **columns):
    names = [f"d{number:03}" for number in range(len(texts))]
    return tokenize(pd.DataFrame({"doc_id": names, "lang": "zh", "text": list(texts)} | columns))


def invented_text(rng, phrases, n_sentences=40):
    sentences = []
    for _ in range(n_sentences):
        words = rng.choices(WORDS, k=rng.randint(6, 12))
        if phrases and rng.random() < 0.3:
            words.insert(rng.randint(0, len(words)), rng.choice(phrases))
        sentences.append("".join(words))
    return "。".join(sentences) + "。"


@pytest.fixture(scope="module")
def invented():
    rng = random.Random(5)
    return [invented_text(rng, list(PLANTED)) for _ in range(60)]


@pytest.fixture(scope="module")
def scores(invented):
    return count_terms(compiled(invented), lang="zh")


def test_planted_phrases_and_plain_words_are_found_and_fragments_are_not(scores):
    items = set(scores.items["item"])
    assert items >= set(PLANTED)
    assert items.isdisjoint(FRAGMENTS)
    assert len(items & set(WORDS)) >= 0.95 * len(WORDS)
    # Of what is neither planted nor a word there is next to nothing.
    assert len(items - set(PLANTED) - set(WORDS)) <= 0.05 * len(items)


def test_counts_are_those_of_the_strings(invented, scores):
    for column, item in enumerate(scores.items["item"]):
        counts = scores.matrix[:, [column]].toarray().ravel()
        assert counts.tolist() == [len(re.findall(f"(?={item})", text)) for text in invented]
    han = [sum("一" <= c <= "鿿" for c in text) for text in invented]
    assert (scores.n_units.tolist(), scores.unit) == (han, "character")


def test_counts_are_what_a_search_finds():
    texts = [
        "改革开放，改革 开放。G20杭州峰会；改革开放。",
        "改革，开放。G20杭州峰会。改革开放",
    ] * 5
    tokens = compiled(texts, duplicate_of=[""] * 9 + ["d001"])
    scores = count_terms(tokens, lang="zh")
    assert len(scores.items) > 1
    for column, item in enumerate(scores.items["item"]):
        counts = scores.matrix[:, [column]].toarray().ravel()
        found = find_term(tokens, item, lang="zh")
        assert len(found) == counts.sum()
        assert sorted(set(found["doc_id"])) == scores.doc_ids[counts > 0].tolist()


def test_standing_free_is_lying_within_no_longer_term(invented):
    longer = [text.replace("城市", "城市新区").replace("新区学校", "学校") for text in invented]
    tokens = compiled(longer)
    every, free = (
        count_terms(tokens, lang="zh", free_standing=free_standing)
        for free_standing in (False, True)
    )
    assert free.items["item"].tolist() == every.items["item"].tolist()
    assert free.items["n_all"].tolist() == every.matrix.sum(axis=0).tolist()
    items = every.items["item"].tolist()
    for row, text in enumerate(longer):
        spans = {
            (m.start(), m.start() + len(i), i) for i in items for m in re.finditer(f"(?={i})", text)
        }
        expected = dict.fromkeys(items, 0)
        for begin, end, item in spans:
            within = any(b <= begin and end <= e and e - b > end - begin for b, e, _ in spans)
            expected[item] += not within
        assert free.matrix[[row]].toarray().ravel().tolist() == list(expected.values())


def test_forms_of_the_term_base_are_terms_whatever_stands_around_them():
    form = max(filter(str.isalpha, read_term_base()), key=len)
    texts = [f"我们说{form}这话。" * 2] * 3
    items = set(count_terms(compiled(texts), lang="zh").items["item"])
    assert form in items
    assert not any(item != form and item in form for item in items)


@pytest.mark.parametrize(
    ("stem", "around"),
    [("山谷新村", "{}中，{}的，和{}。{}等。在{}里"), ("蓝图", "我{}，各{}，对{}。{}了。年{}")],
)
def test_a_word_of_grammar_at_the_edge_makes_no_term(stem, around):
    items = set(count_terms(compiled([around.replace("{}", stem)] * 6), lang="zh").items["item"])
    assert items == {stem}


def test_numbers_are_no_terms_but_those_that_are_names():
    texts = [
        "增长百分之十三，一九九五年，三千五百万元。十四五，十四五！十四五；四个意识，四个意识。"
    ] * 6
    items = set(count_terms(compiled(texts), lang="zh").items["item"])
    assert {"十四五", "四个意识"} <= items
    assert not any(
        re.fullmatch("[一二三四五六七八九十百千万元年之分]+", item) for item in items - {"十四五"}
    )


def test_latin_words_stand_among_chinese_ones():
    items = count_terms(
        compiled(["加入WTO，the WTO会议。A级；新的WTO规则：WTO"] * 5), lang="zh"
    ).items["item"]
    assert "wto" in set(items)
    assert not {"the", "a"} & set(items)


def test_fragments_stay_away_when_nested_terms_are_hidden(scores):
    hidden = set(hide_nested(scores).items["item"])
    assert set(PLANTED) <= hidden <= set(scores.items["item"])


def test_limits_are_kept_and_languages_apart(invented):
    tokens = compiled([*invented[:20], "the road " * 9], lang=["zh"] * 20 + ["en"])
    scores = count_terms(tokens, lang="zh", max_words=3, min_docs=5, min_count=9)
    assert scores.items["n_words"].max() <= 3
    assert scores.n_docs().min() >= 5
    assert scores.matrix.sum(axis=0).min() >= 9
    assert len(scores.doc_ids) == 20
    with pytest.raises(WatchwordsError, match="`max_words` is 9"):
        count_terms(tokens, lang="zh", max_words=9)


def test_a_corpus_without_chinese_has_no_chinese_terms():
    scores = count_terms(compiled(["the road"], lang="en"), lang="zh")
    assert scores.matrix.shape == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.integers(0, 3)), max_size=40))
def test_overlaps_are_those_of_all_pairs(places):
    spans = sorted({(begin, begin + size): s for begin, size, s in places}.items())
    spans.sort(key=lambda one: (one[0][0], -one[0][1]))
    columns = [*zip(*[(b, e, s) for (b, e), s in spans], strict=True)] or [(), (), ()]
    begins, ends = (np.array(column, np.int64) for column in columns[:2])
    strength = np.array(columns[2], float)
    nested, crossed = load_kernels("overlap_kernels").judge_overlaps(begins, ends, strength)

    def inside(i, j):
        return i != j and begins[j] <= begins[i] and ends[i] <= ends[j]

    def crosses(i, j):
        return begins[i] < begins[j] < ends[i] < ends[j]

    every = range(len(spans))
    assert nested.tolist() == [any(inside(i, j) for j in every) for i in every]
    assert crossed.tolist() == [
        any((crosses(i, j) or crosses(j, i)) and strength[j] > strength[i] for j in every)
        for i in every
    ]


@pytest.mark.parametrize("name", ["cn_gwr", "cn_xi_speeches"])
def test_phrases_planted_into_real_texts_are_found(shared, name):
    documents = clean_documents(read_corpus(shared / "corpora" / f"{name}.parquet").documents)
    rng = random.Random(7)
    chosen = rng.sample(range(len(documents)), 24)
    texts = documents["text"].tolist()
    for row in chosen:
        marks = [m.end() for m in re.finditer("[，。；]", texts[row])]
        if len(marks) < 20:
            continue
        for phrase in PLANTED:
            place = rng.choice([m.end() for m in re.finditer("[，。；]", texts[row])])
            before, behind = rng.sample(["推进", "实施", "我们", "发展", "坚持", "完善"], 2)
            text = texts[row]
            texts[row] = f"{text[:place]}{before}{phrase}{behind}{text[place:]}"
    tokens = tokenize(documents.assign(text=pd.Series(texts, documents.index, dtype="str")))
    items = set(count_terms(tokens, lang="zh").items["item"])
    assert items >= set(PLANTED)
    assert not items & FRAGMENTS - {"倡议"}
    assert items >= {"改革", "发展", "人民", "经济", "社会主义", "中国特色社会主义", "现代化"}
