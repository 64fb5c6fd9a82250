import pandas as pd
import pytest

from watchwords.briefs.screen import headlines, ranked_claims, shown_items, strength, watched_forms


def judged(*rows):
    """Rows of (item, kind, direction, k_early, k_late) with 60 documents on either side."""
    return pd.DataFrame(
        [
            {
                "item": item,
                "lang": "en",
                "kind": kind,
                "direction": direction,
                "k_early": k_early,
                "n_early": 60,
                "k_late": k_late,
                "n_late": 60,
                "n_docs": k_early + k_late,
                "q_value": 0.001,
                "claimed": direction in {"up", "down"},
                "ignored": item.startswith("president"),
                "lately": True,
                "months_agree": True,
                "silent": False,
                "n_silent": 0,
            }
            for item, kind, direction, k_early, k_late in rows
        ]
    )


SCREEN = judged(
    ("health care", "concept", "up", 0, 50),
    ("internet", "concept", "up", 0, 20),
    ("militia", "concept", "down", 40, 2),
    ("tonight", "term", "up", 0, 58),
    ("president lincoln", "term", "up", 0, 60),
    ("rare", "concept", "up", 0, 8),
    ("flat", "concept", "", 30, 31),
)


def test_strength_is_the_distance_between_intervals():
    gaps = strength(SCREEN)
    assert gaps[0] > gaps[1] > 0
    assert gaps[2] > 0, "a fall is as strong as a rise"
    assert gaps[6] < 0, "intervals that overlap have no distance"


def test_ranked_claims_leave_out_names_and_the_other_direction():
    assert list(ranked_claims(SCREEN, direction="up")["item"])[:2] == ["tonight", "health care"]
    assert list(ranked_claims(SCREEN, direction="down")["item"]) == ["militia"]
    assert list(ranked_claims(SCREEN, direction="up", kind="word")["item"]) == ["tonight"]


def test_headlines_take_concepts_first_and_alternate():
    assert list(headlines(SCREEN, n=5)["item"]) == [
        "health care",
        "militia",
        "internet",
        "tonight",
    ]


def test_headlines_need_ten_documents_and_spans_of_thirty():
    assert "rare" not in set(headlines(SCREEN, n=9)["item"])
    short = SCREEN.assign(n_early=29, k_early=SCREEN["k_early"].clip(upper=29))
    assert headlines(short, n=5).empty


def test_headlines_spread_over_categories():
    table = judged(
        ("a", "concept", "up", 0, 50), ("b", "concept", "up", 0, 40), ("c", "concept", "up", 0, 30)
    )
    assert list(headlines(table, n=2, spread=["war", "war", "economy"])["item"]) == ["a", "c"]


def test_shown_items_are_all_concepts_and_the_strongest_terms():
    assert shown_items(SCREEN) == ["health care", "internet", "militia", "tonight", "rare", "flat"]


def test_what_is_headlined_is_shown_though_twenty_stronger_are_not_headlined():
    stronger = [(f"green {letter}plan", "term", "up", 0, 60) for letter in "abcdefghijklmnopqrst"]
    table = judged(*stronger, ("quiet ledger", "term", "up", 0, 40))
    table["months_agree"] = table["item"] == "quiet ledger"
    assert list(headlines(table)["item"]) == ["quiet ledger"]
    assert "quiet ledger" in shown_items(table)


def test_no_more_is_headlined_than_is_shown_where_many_share_their_documents():
    alike = [(f"green {letter}plan", "term", "up", 0, 60) for letter in "abcdefghijklmnopqrstuvw"]
    table = judged(*alike)
    shown = shown_items(table)
    same = {(item, "en"): frozenset(range(60)) for item in shown}
    assert set(headlines(table, documents=same)["item"]) <= set(shown)


def led(**changed):
    table = judged(("grand new harvest", "term", "up", 0, 9), ("new harvest", "term", "up", 0, 10))
    table = table.assign(variant_of=["", "grand new harvest"])
    for name, value in changed.items():
        table.loc[0, name] = value
    return table


def test_a_part_is_not_headlined_where_the_whole_may_not_be():
    assert headlines(led()).empty
    assert shown_items(led()) == ["grand new harvest"]


@pytest.mark.parametrize("unlisted", [{"claimed": False}, {"lately": False}, {"ignored": True}])
def test_a_part_is_listed_where_the_whole_is_not(unlisted):
    table = led(**unlisted)
    assert list(ranked_claims(table, direction="up")["item"]) == ["new harvest"]
    assert list(headlines(table)["item"]) == ["new harvest"]
    assert shown_items(table) == ["new harvest"]


def test_nothing_claimed_gives_no_headline():
    assert headlines(SCREEN.assign(claimed=False)).empty


@pytest.mark.parametrize(
    ("form", "folded"), [("High-Quality", "high quality"), ("two upholds", "two upholds")]
)
def test_watched_forms_are_folded_as_terms_are(form, folded):
    assert watched_forms(pd.DataFrame({"form": [form]})) == {folded}


def test_what_the_latest_documents_do_not_have_is_not_called_up():
    gone = SCREEN.assign(lately=SCREEN["item"] != "internet")
    assert "internet" not in set(ranked_claims(gone, direction="up")["item"])
    assert "militia" in set(ranked_claims(gone.assign(lately=False), direction="down")["item"])


def test_a_term_in_the_documents_of_another_is_no_second_headline():
    table = judged(
        ("green ledger", "term", "up", 0, 50), ("praised the green", "term", "up", 0, 49)
    )
    everywhere = {(item, "en"): frozenset(range(50)) for item in table["item"]}
    assert list(headlines(table, documents=everywhere)["item"]) == ["green ledger"]
    apart = {
        ("green ledger", "en"): frozenset(range(50)),
        ("praised the green", "en"): frozenset(range(50, 99)),
    }
    assert len(headlines(table, documents=apart)) == 2
