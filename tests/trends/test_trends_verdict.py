import re

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate import simulate_scores
from watchwords.trends import fit_trends
from watchwords.trends.verdict import (
    Share,
    Sighting,
    word_change,
    word_rates,
    word_share,
    word_sighting,
)

EARLY, LATE = Share(0, 150, "before 1900"), Share(40, 63, "since 1960")
SEEN = {
    "first": "on 8 Jan 1945",
    "last": "3 Dec 1990",
    "begins": "8 Jan 1790",
    "n_before": 155,
    "n_after": 0,
    "at_start": False,
    "entering": "",
}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"direction": "up", "claimed": True},
            "Up: in 40 of 63 documents since 1960 (63 %, 95 % interval 51–74 %) and 0 of 150 "
            "documents before 1900 (up to 2 % would still be compatible).",
        ),
        (
            {"direction": "down", "claimed": False},
            "Down, though a change of less than ×1.3 is not excluded: in 40 of 63 documents since "
            "1960 (63 %, 95 % interval 51–74 %) and 0 of 150 documents before 1900 (up to 2 % "
            "would still be compatible).",
        ),
        (
            {
                "direction": "flat",
                "claimed": False,
                "rates": "; 2.0 per 10,000 words early and 3.1 late",
            },
            "No change shown: in 40 of 63 documents since 1960 (63 %, 95 % interval 51–74 %) and 0 "
            "of 150 documents before 1900 (up to 2 % would still be compatible); 2.0 per 10,000 "
            "words early and 3.1 late.",
        ),
    ],
)
def test_what_is_said_of_a_change(options, said):
    assert word_change(EARLY, LATE, min_effect=1.3, **options) == said


@pytest.mark.parametrize(
    ("direction", "said"),
    [
        (
            "few",
            "Too few to tell: in 1 of 9 documents before 2021 and 3 of 11 documents since 2022.",
        ),
        ("untested", "In 1 of 9 documents before 2021 and 3 of 11 documents since 2022."),
    ],
)
def test_small_spans_get_counts_only_and_no_direction(direction, said):
    early, late = Share(1, 9, "before 2021"), Share(3, 11, "since 2022")
    assert word_change(early, late, direction=direction, claimed=False, min_effect=1.3) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            "First found in this corpus on 8 Jan 1945 (coverage begins 8 Jan 1790, 155 earlier "
            "documents without it).",
        ),
        ({"at_start": True}, "Already present when the corpus begins (8 Jan 1790)."),
        (
            {"entering": "Audit Office"},
            "First found in this corpus on 8 Jan 1945, with the first document of Audit Office in "
            "it (coverage begins 8 Jan 1790).",
        ),
        (
            {"at_start": True, "n_after": 40},
            "Already present when the corpus begins (8 Jan 1790). Not found since 3 Dec 1990 (0 of "
            "40).",
        ),
        ({"at_start": True, "n_after": 19}, "Already present when the corpus begins (8 Jan 1790)."),
        (
            {"n_before": 1},
            "First found in this corpus on 8 Jan 1945 (coverage begins 8 Jan 1790, 1 earlier "
            "document without it).",
        ),
        (
            {"first": "in 2001"},
            "First found in this corpus in 2001 (coverage begins 8 Jan 1790, 155 earlier documents "
            "without it).",
        ),
    ],
)
def test_what_is_said_of_sightings(changes, said):
    assert word_sighting(Sighting(**{**SEEN, **changes})) == said


@pytest.mark.parametrize(
    ("precision", "said"),
    [("year", "in 2001"), ("month", "in March 2001"), ("day", "on 3 March 2001")],
)
def test_a_date_of_a_first_find_has_the_preposition_of_its_precision(precision, said):
    corpus = simulate_scores({"flat": 4}, n_docs=200, n_periods=8, seed=1)
    documents = corpus.documents.assign(
        date_precision=pd.Series(precision, corpus.documents.index, dtype="str")
    )
    documents.loc[120, "date"] = pd.Timestamp("2001-03-03")
    old, counts = corpus.scores, np.zeros(corpus.scores.matrix.shape, int)
    counts[120] = 1
    scores = Scores(sparse.csr_array(counts), old.doc_ids, old.items, old.n_units, old.unit)
    verdicts = fit_trends(scores, documents, freq="Y", seed=1).table["verdict"]
    assert verdicts.str.contains(f"First found in this corpus {said} (", regex=False).all()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (
            Share(150, 150, "since 1990"),
            "150 of 150 documents since 1990 (95 % interval from 98 %)",
        ),
        (Share(0, 29, "since 1990"), "0 of 29 documents since 1990"),
        (Share(1, 1, "since 1990"), "1 of 1 document since 1990"),
    ],
)
def test_percentages_need_thirty_documents(share, said):
    assert word_share(share) == said


def test_no_sentence_interprets():
    sentences = [
        word_change(EARLY, LATE, direction=d, claimed=c, min_effect=1.3)
        for d in ("up", "down", "flat", "few", "untested")
        for c in (True, False)
    ] + [word_sighting(Sighting(**{**SEEN, "n_after": 40}))]
    banned = re.compile(
        r"popular|abandon|signal|trend|significan|because|increasingly|appeared|"
        r"vanish|burst",
        re.IGNORECASE,
    )
    assert not [s for s in sentences if banned.search(s)]
    assert all(re.search(r"\d+ of \d+", s) or "earlier" in s for s in sentences)


def test_rates_need_text_on_both_sides():
    assert word_rates((1, 2), (0, 100), "word") == ""
    assert word_rates((1, 2), (1000, 1000), "character") == (
        "; 10.0 per 10,000 characters early and 20.0 late"
    )


def test_only_the_first_letter_of_a_sentence_of_counts_is_raised():
    early, late = Share(1, 9, "before Mar 2024"), Share(3, 11, "since Jul 2024")
    said = word_change(early, late, direction="untested", claimed=False, min_effect=1.3)
    assert said == "In 1 of 9 documents before Mar 2024 and 3 of 11 documents since Jul 2024."


@pytest.mark.parametrize(
    ("occurrences", "said"),
    [((6, 7), "0.12 per 10,000 words early and 0.14 late"), ((3, 3), "0.1 per 10,000")],
)
def test_rates_that_differ_are_said_to_differ(occurrences, said):
    assert said in word_rates(occurrences, (500_000, 500_000), "word")
