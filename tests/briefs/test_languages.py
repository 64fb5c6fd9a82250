"""Two languages in one corpus are two corpora: nothing of one is compared with the other."""

from types import SimpleNamespace

import pandas as pd
import pytest

from watchwords.briefs.changes import curve_figure, strongest
from watchwords.briefs.effects import effect_figures
from watchwords.briefs.languages import in_language, main_language
from watchwords.briefs.lists import claim_table
from watchwords.briefs.rests_on import _compared
from watchwords.briefs.screen import distinct, headlines, ranked_claims
from watchwords.briefs.silences import silence_note
from watchwords.briefs.vocabulary import change_figure

EARLY = {"en": "2015-01-01", "zh": "2018-01-01"}
LATE = {"en": "2020-01-01", "zh": "2022-01-01"}


def judged(*rows):
    """Rows of (item, lang, kind): rises, counted over other spans in each language."""
    table = pd.DataFrame(rows, columns=["item", "lang", "kind"])
    days = {"first_seen": "2016-01-01", "last_seen": "2023-01-01"}
    return table.assign(
        label=table["item"],
        direction="up",
        claimed=True,
        ignored=False,
        lately=True,
        months_agree=True,
        silent=False,
        n_silent=0,
        months=0,
        variant_of="",
        q_value=0.001,
        k_early=0,
        n_early=table["lang"].map({"en": 60, "zh": 33}),
        k_late=40,
        n_late=table["lang"].map({"en": 70, "zh": 44}),
        n_docs=40,
        early_end=pd.to_datetime(table["lang"].map(EARLY)),
        late_start=pd.to_datetime(table["lang"].map(LATE)),
        first_precision="day",
        last_precision="day",
        **{name: pd.Timestamp(day) for name, day in days.items()},
    )


TEXTS = pd.DataFrame(
    {"doc_id": [f"d{i}" for i in range(105)], "lang": "en", "source": "", "issuer": ""}
).assign(date=pd.Timestamp("2020-01-01"), date_precision="day")
SCREEN = judged(
    ("GDP", "en", "concept"),
    ("GDP", "zh", "concept"),
    ("green ledger", "en", "term"),
    ("green ledger", "zh", "term"),
)


def desk(trends=SCREEN, langs=("en", "zh"), **more):
    cover = {lang: SimpleNamespace(n_dated=90 - 5 * at) for at, lang in enumerate(langs)}
    report = {"freq": "Y", "chart_freq": "Y", "noun": "notice", "nouns": "notices"}
    return SimpleNamespace(
        **{
            "report": SimpleNamespace(**report, strata=None, min_effect=1.3),
            "trends": trends,
            "judged": cover,
            "spoken": list(langs),
            "rung": "direction",
            "rates": pd.DataFrame({"item": [], "lang": [], "period": [], "share": []}),
            "counted": TEXTS[:0],
            "meta": {"n_tested_en": 1000, "n_tested_zh": 50, "notes": []},
            "events": None,
            **more,
        }
    )


def test_the_same_string_in_two_languages_is_two_items():
    assert len(distinct(SCREEN)) == len(SCREEN)
    both = [("GDP", "en"), ("GDP", "zh")]
    chosen = headlines(SCREEN, n=2)
    assert sorted(zip(chosen["item"], chosen["lang"], strict=True)) == both


def test_a_variant_in_one_language_hides_nothing_of_another():
    table = SCREEN.assign(variant_of=["", "GDP growth", "", ""])
    table.loc[2, ["item", "lang"]] = ["GDP growth", "en"]
    assert ("GDP", "zh") in set(
        ranked_claims(table, direction="up")[["item", "lang"]].itertuples(index=False, name=None)
    )


def test_the_documents_of_one_language_say_nothing_of_a_term_of_another():
    documents = {("green ledger", "en"): frozenset("ab"), ("other", "en"): frozenset("ab")}
    table = judged(("other", "en", "term"), ("green ledger", "zh", "term"))
    assert len(headlines(table, documents=documents)) == 2


def test_each_language_has_its_own_table_with_its_own_spans():
    english, chinese = claim_table(desk(), direction="up", kind="concept")
    assert english.title.endswith("notices in English")
    assert chinese.title.endswith("notices in Chinese")
    heads = [[column["label"] for column in table.columns] for table in (english, chinese)]
    assert heads[0][1:3] == ["before 2015", "since 2020"]
    assert heads[1][1:3] == ["before 2018", "since 2022"]
    assert [row[2]["text"] for row in english.rows + chinese.rows] == ["40 of 70", "40 of 44"]
    assert "1,000 items tested" in english.note
    assert "50 items tested" in chinese.note
    assert english.id != chinese.id


def test_one_language_is_not_named():
    (table,) = claim_table(desk(SCREEN[:1], ("en",)), direction="up", kind="concept")
    assert (table.id, table.title) == ("table-concept-up", "Watched concepts that are up")
    assert in_language(desk(langs=("en",)), "en") == ""


def test_each_language_has_its_own_figure_of_changes():
    figures = change_figure(desk())
    assert [figure.id for figure in figures] == ["fig-changes", "fig-changes-zh"]
    assert "before 2018 and since 2022" in figures[1].title


def test_the_spans_of_both_languages_are_told():
    assert _compared(desk()) == (
        "Findings give the counts of the first third of the notices in English (60, before 2015) "
        "and of the last (70, since 2020); the first third of the notices in Chinese (33, before "
        "2018) and of the last (44, since 2022); the tests use all of them."
    )


def test_what_is_dated_in_an_unfinished_period_is_told_to_be_in_no_count():
    work = desk(SCREEN[:1], ("en",), counted=TEXTS)
    assert _compared(work).endswith(
        "The last year had not ended: its 15 notices are in none of these counts."
    )
    assert _compared(desk(SCREEN[:1], ("en",), counted=TEXTS[:92])).endswith("all of them.")


@pytest.mark.parametrize("langs", [("en", "zh"), ("zh", "en")])
def test_what_is_drawn_is_of_the_language_with_most_documents(langs):
    work = desk(langs=langs)
    assert main_language(work) == langs[0]
    assert set(strongest(work, n=9)["lang"]) == {langs[0]}


def test_a_silence_is_of_the_documents_of_one_language():
    days = pd.date_range("2010-01-01", "2019-12-01", freq="MS")
    counted = pd.concat(
        pd.DataFrame(
            {"doc_id": [f"{lang}{at:03}" for at in range(len(days))], "lang": lang}
        ).assign(date=days, date_precision="day", duplicate_of="")
        for lang in ("en", "zh")
    )
    quiet = judged(("quiet", "zh", "concept")).assign(last_seen=pd.Timestamp("2012-01-01"))
    key = "concept-zh-quiet"
    hits = pd.DataFrame({"doc_id": [f"zh{at:03}" for at in range(20)]})
    work = desk(quiet, counted=counted, evidence={key: hits}, table=lambda _: hits)
    (segments,) = silence_note(work).paragraphs
    assert segments[0].startswith("Watched concepts found in 0 of 36 notices in Chinese since 2017")
    assert segments[2]["text"] == "20 of 84"


def test_the_parts_of_a_slogan_are_named_in_its_row():
    parts = judged(("ledger", "en", "term"), ("ledger", "zh", "term")).assign(
        variant_of="green ledger", label=["Ledger", "账"]
    )
    table = pd.concat([SCREEN, parts], ignore_index=True)
    english, chinese = claim_table(desk(table), direction="up", kind="phrase")
    assert [row[0] for row in english.rows] == ["green ledger (also: Ledger)"]
    assert [row[0] for row in chinese.rows] == ["green ledger (also: 账)"]
    ignored = table.assign(ignored=table["item"] == "ledger")
    english, _ = claim_table(desk(ignored), direction="up", kind="phrase")
    assert [row[0] for row in english.rows] == ["green ledger"]


def test_a_point_of_a_curve_is_of_the_periods_of_the_language_that_is_drawn():
    starts = pd.date_range("2020-01-01", periods=8, freq="2MS")
    values = {"n_docs_total": 40, "score": "presence", "observed": 0.2, "expected": 0.3}
    points = pd.DataFrame({"period": starts, "item": "GDP", "lang": "en"})
    points = points.assign(**values, fitted=0.2, low=0.1, high=0.3)
    shifted = points.assign(lang="zh", period=starts + pd.DateOffset(months=1))
    dates = ["onset", "onset_low", "onset_high", "end", "end_low", "end_high"]
    table = SCREEN.assign(**dict.fromkeys(dates, pd.NaT)).astype(dict.fromkeys(dates, "M8[s]"))
    work = desk(table, curves=pd.concat([points, shifted], ignore_index=True))
    work.report.freq = "M"
    assert curve_figure(work).note.endswith(" Each point is 2 months together.")


def test_effects_are_drawn_once_an_item_and_apart_by_language():
    parts = judged(("ledger", "en", "term"), ("President Zhou", "en", "term"))
    parts = parts.assign(variant_of=["green ledger", ""], ignored=[False, True])
    chinese = judged(("new harvest", "zh", "term"))
    table = pd.concat([SCREEN[2:3], parts, chinese], ignore_index=True).assign(
        group="all", shape="rising", detected=True, verdict="", effect=4.0, effect_low=3.0
    )
    table["effect_high"] = 5.0
    for name in ("onset", "onset_low", "onset_high", "end", "end_low", "end_high"):
        table[name] = pd.Series([pd.NaT] * len(table), dtype="datetime64[s]")
    shown = effect_figures(desk(table))
    assert [one.data for one in shown[::2]] == ["Notices in English", "Notices in Chinese"]
    drawn = [{text.get_text() for text in one.texts} & set(table["item"]) for one in shown[1::2]]
    assert drawn == [{"green ledger"}, {"new harvest"}]
    assert "fold change at its dates, else over all" in {t.get_text() for t in shown[1].texts}
