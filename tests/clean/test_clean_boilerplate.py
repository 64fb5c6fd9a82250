import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from watchwords.clean.boilerplate import find_boilerplate
from watchwords.clean.documents import clean_corpus
from watchwords.clean.line_kinds import line_kind
from watchwords.clean.line_numbers import drop_lines, kept_spans
from watchwords.schema import TABLES

FORMULAS = (
    "We must unswervingly uphold the two safeguards.",
    "The meeting called for unity, struggle and confidence.",
    "The meeting also studied other matters.",
    "Long live the harbour!",
)
_NOUNS = (
    "harbour rope pier market bridge school water heating petition farm rail depot ferry tax "
    "housing teacher nurse grain timber coal quarry kiln loom mill orchard canal weir dike road"
)
NOUNS = _NOUNS.split()
_VERBS = "opened closed measured repaired painted counted moved sold bought praised"
VERBS = _VERBS.split()


def make_documents(rows):
    table = pd.DataFrame(rows)
    for column, kind in TABLES["documents"].columns.items():
        if kind == "date":
            given = table[column] if column in table else ["NaT"] * len(table)
            table[column] = np.array(given, dtype="datetime64[s]")
        elif column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    return table


def sentence(random):
    nouns = random.choice(NOUNS, 6)
    verb, other = random.choice(VERBS, 2)
    who, *where = nouns
    return f"The {who} {verb} near the {where[0]} of {where[1]} and {other} {' '.join(where[2:])}."


def body(random, n=6):
    """Paragraphs of their own, with formulas among them, at the very end too."""
    paragraphs = [" ".join(sentence(random) for _ in range(2)) for _ in range(n)]
    paragraphs.insert(int(random.integers(1, n)), FORMULAS[0])
    if random.random() < 0.7:
        paragraphs.append(FORMULAS[int(random.integers(1, 4))])
    return paragraphs


SITES = {
    # head, salutation, foot
    "Tinghe Daily": (
        ["Tinghe Daily", "Home | News | Government | Services", "English", "中文"],
        [],
        [
            "Print  Close",
            "Share to:",
            "About us  Contact us  Site map",
            "Address: 1 Pier Square, Tinghe.",
            "Copyright 2019 Tinghe Daily. All rights reserved.",
        ],
    ),
    "Luyang Online": (
        ["LUYANG ONLINE"],
        ["Mr. Speaker, fellow citizens:"],
        ["Editor: Wen", "No part of this site may be copied without permission.", "ICP 0512"],
    ),
    "鹿阳网": (
        ["首页 新闻 政务 服务", "鹿阳网"],
        ["各位代表"],
        ["责任编辑：王文", "关于我们 联系我们 网站地图", "鹿阳网 版权所有 备案 05012号"],
    ),
    "Plain Letters": ([], ["Dear friends"], ["Thank you and God bless", "Yours sincerely"]),
}  # fmt: skip


def planted(seed=1, n=30):
    random = np.random.default_rng(seed)
    rows, furniture, kept = [], [], []
    for source, (head, salutation, foot) in SITES.items():
        for number in range(n):
            title = f"{' '.join(random.choice(NOUNS, 5)).title()} {number}"
            date = f"{2010 + number % 10}-05-{1 + number % 28:02}"
            own = [title, date, *salutation, *body(random)]
            if source == "Plain Letters":
                own, tail = [*own, *foot], []
            else:
                tail = [line.replace("2019", date[:4]) for line in foot]
            text = "\n".join([*head, *own, *tail])
            name = f"{source}-{number:03}"
            row = {"doc_id": name, "source": source, "title": title, "date": date}
            rows.append(row | {"lang": "en", "text": text})
            furniture.append([*head, *tail])
            kept.append(own)
    return make_documents(rows), furniture, kept


@pytest.fixture(scope="module")
def cleaned():
    documents, furniture, kept = planted()
    found = find_boilerplate(documents, documents["text"].tolist())
    texts = [drop_lines(t, n) for t, n in zip(documents["text"], found.lines, strict=True)]
    return documents, furniture, kept, found, texts


def test_no_line_of_a_body_is_lost_and_nearly_all_furniture_goes(cleaned):
    _, furniture, kept, _, texts = cleaned
    for own, text in zip(kept, texts, strict=True):
        assert [line for line in own if line not in text.split("\n")] == []
    pairs = zip(furniture, texts, strict=True)
    left = sum(line in text.split("\n") for lines, text in pairs for line in lines)
    n = sum(map(len, furniture))
    assert 1 - left / n >= 0.95


def test_what_is_removed_is_listed_with_its_counts(cleaned):
    _, _, _, found, _ = cleaned
    rows = found.removed.set_index(["source", "text"])
    assert rows.loc[("Luyang Online", "LUYANG ONLINE"), ["n_docs", "n"]].tolist() == [30, 30]
    rights = rows.loc["Tinghe Daily"].filter(like="Copyright", axis=0)
    assert rights["n_docs"].tolist() == [30]
    assert set(found.removed["doc_id"]) == {""}
    assert "Plain Letters" not in set(found.removed["source"])


def test_the_order_of_rows_decides_nothing(cleaned):
    documents, _, _, found, _ = cleaned
    turned = documents.iloc[::-1].reset_index(drop=True)
    other = find_boilerplate(turned, turned["text"].tolist())
    assert other.lines[::-1] == found.lines
    pd.testing.assert_frame_equal(other.removed, found.removed)


def one_source(texts, **columns):
    rows = [{"doc_id": f"d{n:03}", "text": text} for n, text in enumerate(texts)]
    documents = make_documents(rows).assign(**({"lang": "en", "source": "S"} | columns))
    return find_boilerplate(documents, documents["text"].tolist())


def test_a_hundred_reprints_make_no_sentence_furniture():
    random = np.random.default_rng(3)
    speech = ["The Speech", "Unity Is Strength", *body(random, 12), "Forward Together", "The End"]
    prints = ["\n".join([*speech[:n], *speech[n + 1 :]]) for n in range(2, 12)] * 10
    others = ["\n".join(body(random)) for _ in range(20)]
    assert set(one_source(prints + others).lines) == {""}


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("closing", [["Uphold the Two Safeguards"], ["坚决做到两个维护"]])
def test_a_set_phrase_without_a_point_at_the_end_of_documents_stays(every, closing):
    random = np.random.default_rng(4)
    texts = ["\n".join([*body(random), *(closing if n % every == 0 else [])]) for n in range(30)]
    assert set(one_source(texts).lines) == {""}


SAID = (
    "As always we say that the two upholds are first, that we serve the people, that we hold fast "
    "to the four confidences and that unity is strength and the open door policy ours. "
    "我们坚持专题教育，坚定“四个自信”，为人民服务。"
)
WHOLE = "We must uphold the two upholds and firm up the four confidences."
PLACES = {
    # head, foot, share of the documents with the formulas, whether their sentences say them too
    "the last line above buttons": (
        [], ["The two upholds", "Print this page", "Contact us"], 0.4, 1),
    "two lines above rights": (
        [], ["Serve the people", "Four confidences", "All rights reserved"], 0.5, 0),
    "the same, in every document": (
        [], ["Serve the people", "Four confidences", "All rights reserved"], 1, 0),
    "above Chinese buttons": ([], ["四个自信", "【打印】【关闭】"], 1, 0),
    "labels without furniture": (
        ["Present: Mayor Wang", "Absent: none"], ["Absent: none", "Signed, Wang"], 1, 0),
    "a sentence between menus, at the foot": (
        [], ["Home | News", WHOLE, "Contact us | Sitemap"], 1, 0),
    "a sentence between menus, at the head": (
        ["Home | News", WHOLE, "Contact us | Sitemap"], [], 1, 0),
    "a phrase between menus": (
        [], ["Home | News", "Unity is strength", "Contact us | Sitemap"], 0.5, 0),
    "a phrase that is said, between menus": (
        [], ["Home | News", "Unity is strength", "Contact us | Sitemap"], 1, 1),
    "under a menu": (["Home | News", "四个自信"], [], 0.5, 0),
    "under a menu, said": (["Home | News | Video", "为人民服务"], [], 1, 1),
    "the first line, said": (["Serve the people"], [], 1, 1),
    "like a menu, said": (
        [], ["Open door policy", "专题教育", "Contact us", "Print this page"], 1, 1),
    "alone at the foot": ([], ["Guard the six lamps", "Unity is strength"], 1, 0),
}  # fmt: skip
BUTTONS = {"Print this page", "Contact us", "All rights reserved", "【打印】【关闭】",
           "Home | News", "Contact us | Sitemap", "Home | News | Video"}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_formula_stays_beside_furniture_and_the_furniture_goes(place):
    random = np.random.default_rng(10)
    head, foot, share, said = PLACES[place]
    n, rows = 20, []
    for number in range(n):
        has = number < share * n
        own = [f"{' '.join(random.choice(NOUNS, 5)).title()}", *body(random), *([SAID] * said)]
        edges = [[line for line in end if has or line in BUTTONS] for end in (head, foot)]
        rows.append([*edges[0], *own, *edges[1]])
    found = one_source(["\n".join(row) for row in rows])
    left = [
        drop_lines("\n".join(row), gone).split("\n")
        for row, gone in zip(rows, found.lines, strict=True)
    ]
    lost = {line for row, kept in zip(rows, left, strict=True) for line in set(row) - set(kept)}
    assert lost == BUTTONS & {*head, *foot}


def test_the_name_of_the_source_goes_though_sentences_say_it():
    random = np.random.default_rng(11)
    said = "The Tinghe Voice was told so."
    texts = ["\n".join(["Tinghe Voice", "Home | News", *body(random), said]) for _ in range(20)]
    assert set(one_source(texts, source="Tinghe Voice").lines) == {"0-1"}
    assert set(one_source(texts, source="Elsewhere").lines) == {"1"}


def test_a_heading_of_every_document_stays():
    random = np.random.default_rng(5)
    titles = [f"Report On {NOUNS[n % 25].title()} {n}" for n in range(30)]
    texts = [
        "\n".join([title, "3 May", "Overview", *body(random), "Outlook", *body(random)])
        for title in titles
    ]
    assert set(one_source(texts).lines) == {""}


def test_the_title_of_a_series_stays_and_the_name_of_a_paper_goes():
    random = np.random.default_rng(6)
    series = ["\n".join(["Monthly Notice", f"Issue {n}", *body(random)]) for n in range(20)]
    assert set(one_source(series, title="Monthly Notice").lines) == {""}
    report = ["\n".join(["Report Of The Board", *body(random)]) for n in range(20)]
    assert set(one_source(report, title=[f"Report {n}" for n in range(20)]).lines) == {""}
    titles = [f"{' '.join(random.choice(NOUNS, 5)).title()}" for n in range(20)]
    paper = ["\n".join(["Tinghe Evening", title, *body(random)]) for title in titles]
    found = one_source(paper, title="Tinghe Evening")
    assert set(found.lines) == {"0"}
    assert found.titles == titles


@pytest.mark.parametrize("n", [7, 8])
def test_eight_documents_are_needed(n):
    random = np.random.default_rng(7)
    texts = ["\n".join(["Home | News | About", *body(random)]) for _ in range(n)]
    assert set(one_source(texts).lines) == ({""} if n < 8 else {"0"})


def test_sources_are_told_apart_by_site_then_folder():
    random = np.random.default_rng(8)
    texts = ["\n".join([*body(random), "Follow us on Weibo"]) for _ in range(10)]
    texts += ["\n".join(body(random)) for _ in range(90)]
    place = [f"https://www.a.example/{n}" if n < 10 else "" for n in range(100)]
    assert one_source(texts, source="", url=place).lines[:10] != [""] * 10
    folder = [f"a/{n}.txt" if n < 10 else f"{n}.txt" for n in range(100)]
    found = one_source(texts, source="", path=folder)
    assert found.removed["source"].tolist() == ["a"]
    assert set(one_source(texts, source="").lines) == {""}
    assert one_source(texts[:19], source="").removed["n"].tolist() == [10]


def test_a_page_of_nothing_but_furniture_keeps_its_lines():
    random = np.random.default_rng(9)
    texts = ["\n".join(["Home | News | About", *body(random)]) for _ in range(10)]
    assert one_source([*texts, "Home | News | About"]).lines == ["0"] * 10 + [""]


KINDS = {
    "Copyright © 2021 Tinghe Daily": "marked",
    "Home > News > Government": "marked",
    "You need a newer browser to see this page.": "marked",
    "Contact us": "menu",
    "首页": "menu",
    "2021年2月3日": "kept",
    "Sept. 3, 2021 14:05": "kept",
    "The Grain Market 5": "plain",
    "Ladies and gentlemen, dear friends": "kept",
    "同志们": "kept",
    "We must strengthen the protection of copyright.": "sentence",
    "坚决做到“两个维护”。": "sentence",
    "坚决做到“两个维护”": "plain",
    "Two Upholds in Tinghe": "plain",
    "word " * 40: "sentence",
}


@pytest.mark.parametrize("line", KINDS)
def test_kinds_of_lines(line):
    assert line_kind(line.strip()) == KINDS[line]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), st.data())
@settings(max_examples=60, deadline=None)
def test_spans_lead_back_to_the_text(lines, data):
    text = "\n".join(lines)
    n = len(text.splitlines())
    gone = sorted(data.draw(st.sets(st.integers(0, max(0, n - 1)), max_size=n)))
    spans = kept_spans(text, ",".join(map(str, gone)))
    left = [line for at, line in enumerate(text.splitlines(keepends=True)) if at not in gone]
    assert "".join(text[start:end] for start, end in spans) == "".join(left)


def test_cleaning_again_or_in_parts_gives_the_same(cleaned):
    documents = cleaned[0].groupby("source").head(9).reset_index(drop=True)
    whole = clean_corpus(documents)
    pd.testing.assert_frame_equal(clean_corpus(whole.documents).documents, whole.documents)
    some = clean_corpus(documents.iloc[:20]).documents
    grown = clean_corpus(documents, previous=some)
    pd.testing.assert_frame_equal(grown.documents, whole.documents)
    pd.testing.assert_frame_equal(grown.removed, whole.removed)
