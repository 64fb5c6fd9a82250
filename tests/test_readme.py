"""The README's promises, run as they are written."""

import re
from pathlib import Path

import pandas as pd
import pytest

import watchwords as ww

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """The ten lines, run in a folder with speeches in it."""
    home = tmp_path_factory.mktemp("tour")
    (home / "speeches").mkdir()
    sample = ww.read_sample()
    for row in sample[sample["is_sotu"]].itertuples():
        name = f"{row.date:%Y-%m-%d}_{row.doc_id}.txt"
        (home / "speeches" / name).write_text(row.text, "utf-8")
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    lines = [
        line for line in code.replace('"speeches/"', f'"{home}/speeches/"').splitlines() if line
    ]
    shown = {}
    names = {}
    for line in lines:
        if re.match(r"\w+ = |import ", line):
            exec(line, names)  # noqa: S102  (our own README)
        else:
            shown[re.match(r"ww\.(\w+)", line)[1]] = eval(line, names)  # noqa: S307  (our own README)
    return names, shown, lines


def test_the_tour_has_ten_lines_at_most(tour):
    assert len(tour[2]) <= 10


def test_documents_are_dated_by_their_file_names(tour):
    docs = tour[0]["docs"]
    assert len(docs) == 237
    assert (docs["date_precision"] == "day").all()
    assert docs["date"].min() == pd.Timestamp("1790-01-08")


def test_tables_come_out_and_objects_say_what_they_are(tour):
    names, shown, _ = tour
    assert shown["period_rates"]["period"].nunique() == 24
    lines = shown["concordance"]
    assert lines["match"].str.lower().str.contains("interstate").all()
    assert "237 documents" in repr(names["scores"])
    assert repr(names["tokens"]).startswith("Tokens: ")
    assert "tested" in repr(names["trends"])


def test_the_chart_is_a_figure(tour):
    assert len(tour[1]["plot_trends"].axes) == 1


def test_shuffled_dates_give_next_to_no_finding(tour):
    names = tour[0]
    docs = names["docs"]
    shuffled = docs.assign(date=docs["date"].sample(frac=1, random_state=7).to_numpy())
    trends = ww.fit_trends(names["scores"], shuffled, freq="Y", seed=1)
    assert len(trends.evidence) > 5000
    assert trends.table["detected"].mean() <= 0.005


def test_the_sample_line_of_one_concept_is_what_the_sample_gives():
    docs = ww.clean_documents(ww.read_sample("municipal"))
    tokens = ww.tokenize(docs)
    concepts = ww.read_concepts("tifa")
    hits = ww.match_concepts(tokens, concepts)
    ours = hits[hits["concept_id"] == "liang_ge_weihu"]
    quoted = re.search(r"> \*\*两个维护.*?\n\n", README, re.DOTALL)[0]
    assert f"in {ours['doc_id'].nunique()} of {len(docs)} texts" in quoted
    for form, rows in ours.groupby(ours["form"].str.lower()):
        files = ", ".join(sorted(doc_id[:2] for doc_id in set(rows["doc_id"])))
        assert f"“{form}” {files}" in " ".join(quoted.replace("\n> ", " ").split())
