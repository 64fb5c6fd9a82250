import numpy as np
import pandas as pd
import pytest

from watchwords.clean import clean_corpus, find_duplicates
from watchwords.clean.duplicates import find_copies
from watchwords.schema import TABLES

NOTE = (
    "The harbour board met and looked at the mending of the north pier. It found that the work "
    "goes on as planned, that the ropes are sound and that the lamps must be changed before "
    "winter. It asked the masters of the boats to keep the channel free and thanked the divers. "
    "It said that whoever finds a loose plank should say so at once, and that no plank is too "
    "small to be named. The board will look at the pier again when the lamps are in place. "
)


def make_documents(rows):
    table = pd.DataFrame(rows)
    for column, kind in TABLES["documents"].columns.items():
        if kind == "date":
            given = table[column] if column in table else ["NaT"] * len(table)
            table[column] = np.array(given, dtype="datetime64[s]")
        elif column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
        else:
            table[column] = table[column].fillna("").astype("str")
    return table.assign(lang=table["lang"].replace("", "en"))


def copies_of(*rows, **options):
    rows = [{"doc_id": chr(97 + n), **row} for n, row in enumerate(rows)]
    found = find_copies(make_documents(rows), **options)
    return [(r.doc_id, r.copy_of, r.collapsed, r.reason) for r in found.itertuples()]


def day(number, text=NOTE, **columns):
    return {"date": f"2021-05-{number:02}", "text": text, **columns}


PAIRS = {
    "exact": ([day(1), day(2)], ("b", "a", True, "exact")),
    "capitals and lines": (
        [day(1), day(2, NOTE.upper().replace(". ", ".\n"))],
        ("b", "a", True, "exact"),
    ),
    "forty papers": ([day(1, source="A"), day(2, source="B")], ("b", "a", True, "exact")),
    "exact, a year later": (
        [day(1), {"date": "2022-05-01", "text": NOTE}],
        ("b", "a", True, "exact"),
    ),
    "exact, other issuer": (
        [day(1, issuer="Tinghe"), day(1, issuer="Luyang")],
        ("b", "a", False, "other issuer"),
    ),
    "exact, issuer unknown": ([day(1, issuer="Tinghe"), day(1)], ("b", "a", True, "exact")),
    "exact, nameless office": (
        [day(1, issuer="Tinghe"), day(1, issuer="the municipal government")],
        ("b", "a", True, "exact"),
    ),
    "exact, other place": (
        [day(1, place="Tinghe"), day(1, place="Luyang")],
        ("b", "a", False, "other place"),
    ),
    "exact, other event": (
        [day(1, event_date="2021-04-30"), day(20, event_date="2021-05-19")],
        ("b", "a", False, "other event date"),
    ),
    "near": ([day(1), day(8, NOTE + "As printed.")], ("b", "a", True, "near")),
    "near, the same event": (
        [day(1, event_date="2021-04-30"), day(28, NOTE + "As printed.", event_date="2021-04-30")],
        ("b", "a", True, "near"),
    ),
    "near, nine days": ([day(1), day(10, NOTE + "As printed.")], ("b", "a", False, "other date")),
    "near, months known": (
        [
            day(1, date_precision="month"),
            {"date": "2021-06-01", "date_precision": "month", "text": NOTE + "As printed."},
        ],
        ("b", "a", True, "near"),
    ),
    "near, years apart": (
        [day(1), {"date": "2023-01-01", "date_precision": "year", "text": NOTE + "As printed."}],
        ("b", "a", False, "other date"),
    ),
    "near, undated": ([day(1), {"text": NOTE + "As printed."}], ("b", "a", True, "undated")),
    "near, other issuer": (
        [day(1, issuer="A"), day(1, NOTE + "As printed.", issuer="B")],
        ("b", "a", False, "other issuer"),
    ),
    "a daily notice": (
        [day(1, "2021-05-01\n" + NOTE), day(2, "2021-05-02\n" + NOTE)],
        ("b", "a", False, "other numbers"),
    ),
    "two papers, two date lines": (
        [day(1, "2021-05-01\n" + NOTE, source="A"), day(2, "2021-05-02\n" + NOTE, source="B")],
        ("b", "a", True, "near"),
    ),
    "an excerpt": ([day(1, NOTE + NOTE[::-1]), day(2)], ("b", "a", False, "excerpt")),
}


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name):
    rows, expected = PAIRS[name]
    assert copies_of(*rows) == [expected]


def test_another_text_or_another_language_is_no_copy():
    other = " ".join(reversed(NOTE.split()))
    assert copies_of(day(1), day(1, other)) == []
    assert copies_of(day(1), day(1, lang="fr")) == []
    assert copies_of(day(1, ""), day(1, "")) == []
    assert copies_of(day(1), day(2, NOTE + "As printed."), near=None) == []


def test_short_texts_are_compared_exactly():
    assert copies_of(day(1, "The pier is open now."), day(2, "The pier is open.")) == []
    assert copies_of(day(1, "The pier is open."), day(2, "The pier is open.")) != []


MEETING = "{who} presided over a meeting in {place} on {date} to study the speech. {frame} "
FRAMES = (
    "Those present spoke about bread prices and nets, and asked for better lamps at the market.",
    "The heads of nine offices reported on heating, buses and the repair of the old bridge road.",
)


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"issuer": "Tinghe Council"},
        {"issuer": "Tinghe Council", "event_date": "2021-04-30", "place": "Tinghe"},
    ],
    ids=["nothing known", "one issuer", "one issuer, day and place"],
)
@pytest.mark.parametrize("names", ["names", "no names"])
def test_two_meetings_that_study_one_speech_stay_two(same, names):
    people = ("Wen Lu", "He Ping") if names == "names" else ("The chair",) * 2
    places = ("Tinghe", "Luyang") if names == "names" and "place" not in same else ("Tinghe",) * 2
    random = np.random.default_rng(7)
    quoted = " ".join(random.choice([f"{a}{b}an" for a in "bdfgkl" for b in "aeiou"], 600))
    rows = [
        day(1, MEETING.format(who=who, place=place, date="3 May", frame=frame) + quoted, **same)
        for who, place, frame in zip(people, places, FRAMES, strict=True)
    ]
    found = find_copies(
        make_documents([{"doc_id": c, **r} for c, r in zip("ab", rows, strict=True)])
    )
    assert found["similarity"].tolist() == [pytest.approx(0.9, abs=0.06)]
    assert found["reason"].str.startswith("other ").all()
    assert not found["collapsed"].any()
    assert not found["same_text"].any()


def test_monthly_notes_of_one_mould_are_no_copies():
    months = ["January", "February", "March", "April", "May", "June", "July", "August"]
    notes = [
        f"Prices in {month}. {NOTE} Bread cost {310 + 7 * n} and coal {88 + 3 * n} more."
        for n, month in enumerate(months)
    ]
    rows = [day(1 + n, text, source="S", issuer="S") for n, text in enumerate(notes)]
    found = copies_of(*rows)
    assert [row[2:] for row in found] == [(False, "other numbers")] * 7


def test_a_chain_of_small_changes_is_cut_and_said():
    second = f"So wrote the board of pilots: {NOTE}"
    third = f"{second} And this is all there was."
    texts = enumerate((NOTE, second, third), 1)
    found = find_copies(
        make_documents([{"doc_id": str(n), **day(n, t)} for n, t in texts]), near=0.91
    )
    assert found["reason"].tolist() == ["near", "chain"]
    assert found["copy_of"].tolist() == ["1", "1"]
    assert found["collapsed"].tolist() == [True, False]
    assert found["similarity"].iloc[1] < 0.91 < found["similarity"].iloc[0]


def test_a_copy_finds_the_original_of_its_own_issuer():
    found = copies_of(
        day(1, issuer="A"), day(2, issuer="B"), day(3, NOTE + "As printed.", issuer="B"), day(4)
    )
    assert found == [
        ("b", "a", False, "other issuer"),
        ("c", "b", True, "near"),
        ("d", "a", True, "exact"),
    ]


def test_copies_of_a_collapsed_variant_point_to_the_original():
    variant = NOTE + "As printed."
    found = copies_of(day(1), day(2, variant), day(3, variant), day(4, variant, issuer="X"))
    assert [row[:3] for row in found] == [("b", "a", True), ("c", "a", True), ("d", "a", True)]


def test_the_passages_that_differ_are_shown():
    table = find_copies(
        make_documents([{"doc_id": "a", **day(1)}, {"doc_id": "b", **day(2, "Rope seen. " + NOTE)}])
    )
    assert table[["only_here", "only_there"]].iloc[0].tolist() == ["Rope seen", ""]
    assert 0.9 < table["similarity"].iloc[0] < 1


def test_the_order_of_rows_decides_nothing():
    random = np.random.default_rng(1)
    words = NOTE.split()
    rows = []
    for n in range(40):
        cut = int(random.integers(0, 12))
        rows.append({"doc_id": f"d{n:02}", **day(1 + n % 9, " ".join(words[cut:]))})
    documents = make_documents(rows)
    mixed = documents.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(find_copies(documents), find_copies(mixed))


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ([("2021-01-01", "year"), ("2021-02-03", "day")], 1),
        ([("2021-02-01", "month"), ("2021-02-03", "day"), ("2021-01-01", "year")], 1),
        ([("2020-01-01", "year"), ("2021-02-03", "day")], 0),
        ([("2021-01-01", "month"), ("2021-02-03", "day")], 0),
        ([("2021-12-31", "day"), ("2021-12-01", "month"), ("2021-01-01", "year")], 0),
        ([(None, "none"), ("2021-01-01", "year")], 1),
    ],
)
@pytest.mark.parametrize("turn", [1, -1])
def test_the_finer_of_two_dates_that_may_be_the_same_is_the_original(dates, first, turn):
    rows = [
        {"doc_id": f"d{n}", "date": date, "date_precision": precision, "lang": "en", "text": NOTE}
        for n, (date, precision) in enumerate(dates)
    ]
    found = find_copies(make_documents(rows[::turn]))
    assert set(found["copy_of"]) == {f"d{first}"}
    assert len(found) == len(dates) - 1


def test_an_original_is_never_collapsed_itself():
    random = np.random.default_rng(2)
    words = NOTE.split()
    rows = []
    for n in range(60):
        kept = [word for word in words if random.random() > 0.01]
        columns = {"issuer": str(random.choice(["", "", "A", "B"]))}
        rows.append({"doc_id": f"d{n:02}", **day(1 + n % 28, " ".join(kept)), **columns})
    found = find_copies(make_documents(rows))
    collapsed = found[found["collapsed"]]
    assert len(collapsed) > 5
    assert set(collapsed["doc_id"]) & set(found["copy_of"]) == set()
    assert found["doc_id"].is_unique


def test_five_hundred_copies_are_counted_once():
    rows = [{"doc_id": f"d{n:03}", **day(1 + n % 28, source=f"s{n}")} for n in range(500)]
    documents = make_documents(rows)
    assert (find_duplicates(documents) == "").sum() == 1


def test_a_corpus_tells_copies_and_same_texts():
    documents = make_documents(
        [
            {"doc_id": "a", **day(1, issuer="A")},
            {"doc_id": "b", **day(2, issuer="B")},
            {"doc_id": "c", **day(3, NOTE + "As printed.", issuer="B")},
            {"doc_id": "d", **day(3, "The pier.")},
        ]
    )
    found = clean_corpus(documents)
    assert found.documents["duplicate_of"].tolist() == ["", "", "b", ""]
    assert found.documents["same_text_as"].tolist() == ["", "a", "a", ""]
    assert "1 copies collapsed, 1 to review" in repr(found)
