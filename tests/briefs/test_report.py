from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from watchwords.briefs.report import NOTEBOOKS, SAMPLES, read_report
from watchwords.briefs.strict_yaml import read_scalar, read_yaml
from watchwords.errors import ReportError
from watchwords.read.samples import SAMPLES as READ_SAMPLES

LEAST = "corpus: Speeches\nsource: speeches\n"


@pytest.fixture
def write(tmp_path):
    (tmp_path / "speeches").mkdir()
    (tmp_path / "own.csv").write_text("concept_id,lang,form\n")
    (tmp_path / "own.ipynb").write_text("{}")

    def write_report(text: str, *, least: str = LEAST) -> Path:
        path = tmp_path / "my.yml"
        path.write_text(least + text, "utf-8")
        return path

    return write_report


def test_two_lines_are_a_report_and_the_rest_has_defaults(write):
    report = read_report(write(""))
    assert report.path.name == "my.yml"
    assert report.path.is_absolute()
    assert [entry.path for entry in report.notebooks] == list(NOTEBOOKS)
    assert (report.freq, report.chart_freq, report.freq_words) == ("Y", "10Y", "years")
    assert (report.max_words, report.min_effect, report.seed) == (4, 1.3, 1)
    assert (report.cell_timeout, report.run_timeout) == (600, 3600)
    assert report.sample is None
    assert report.resolve("speeches") == report.path.parent / "speeches"
    with pytest.raises(ValidationError, match="frozen"):
        report.seed = 2


def test_charts_follow_the_tests_unless_those_are_by_year(write):
    assert read_report(write("freq: M\n")).chart_freq == "M"
    assert read_report(write("freq: M\nchart_freq: Q\n")).chart_freq == "Q"


def test_every_key_can_be_written(write):
    text = (
        "title: 'A: title'\nnoun: message\ncolumns: {date: Day, text: Body}\n"
        'path_pattern: "{issuer}/{name}"\nmetadata: own.csv\nkeep: is_sotu\nstrata: issuer\n'
        "watch: own.csv\nevents: own.csv\nignore: own.csv\n"
        "topics: 0\ntopic_engine: lda\nlabel: NO\nlang: zh\n"
        "compare: {column: issuer, target: A, reference: B}\n"
        "notebooks:\n- 1-corpus\n"
        "- {path: own.ipynb, parameters: {levels: [1, 2], on: 2026-11-01}}\n"
    )
    report = read_report(write(text))
    assert report.label == "NO"
    assert report.notebooks[1].name == "own"
    assert report.notebooks[1].parameters == {"levels": [1, 2], "on": "2026-11-01"}
    assert report.compare.labels == ("A", "B")
    assert '"label":"NO"' in report.model_dump_json()


WRONG = {
    "freqq: Y": "unknown key `freqq`; did you mean `freq`?",
    "freq: D": '`freq` is \'D\'; it is one of "W", "M", "Q", "Y"',
    "title: 2020": "`title` is 2020; it should be a text (put it in quotes)",
    "title: true": "`title` is True; it should be a text",
    "seed: '1'": "`seed` is '1'; it should be a whole number",
    "seed: -1": "`seed` is -1; it should be greater than or equal to 0",
    "max_words: 9": "`max_words` is 9; it should be less than or equal to 8",
    "min_effect: .nan": "`min_effect` is nan; it should be a finite number",
    "topic_engine: nfm": "`topic_engine` is 'nfm'; did you mean `nmf`?",
    "notebooks: 1-corpus": "`notebooks` is '1-corpus'; it should be a list",
    "notebooks: [1-corps]": "no such file; did you mean `1-corpus`?",
    "notebooks: [{path: 1-corpus, paramters: {}}]": "did you mean `parameters`?",
    "notebooks: [{path: 1-corpus, parameters: {a: {b: 1}}}]": "`notebooks.0.parameters.a",
    "notebooks: [1-corpus, 1-corpus]": "two called '1-corpus'",
    "compare: 5": "`compare` is 5; it should be lines of `key: value`",
    "compare: {since: soon}": "'soon' is neither a year nor a date such as 1950-01-31",
    "compare: {since: 1950, before: 1960}": "a document would be on both sides",
    "compare: {since: 1950, column: issuer}": "give either `since` (and `before`), or `column`",
    "compare: {before: 1950}": "give either `since` (and `before`), or `column`",
    "compare: {columns: issuer}": "unknown key `compare.columns`; did you mean `column`?",
    "watch: stou": "`watch` is 'stou': no such file; did you mean `sotu`?",
    "events: chin": "`events` is 'chin': no such file; did you mean `china`?",
    "ignore: none.csv": "`ignore` is 'none.csv': there is no such file",
    "metadata: none.csv": "`metadata` is 'none.csv': there is no such file",
    "columns: {dat: Day}": "`columns` has 'dat', which no document has; did you mean `date`?",
    "lang: English": "`lang` is 'English'",
    "cell_timeout: 0": "`cell_timeout` is 0",
    # The file itself, before any key is looked at.
    "corpus: Twice": 'found duplicate key "corpus"',
    "watch: &w sotu\nignore: *w": "line 3: anchors (&) and aliases (*) are not read",
    "watch: !!python/name:os.system x": "line 3: tags (!) are not read",
    "watch: [": "line 3: expected the node content",
    "---\ncorpus: x": "found another document",
    "topics: " + "[" * 30: "nested more than 20 deep",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named_with_file_key_and_way_out(write, text):
    path = write(text)
    with pytest.raises(ReportError) as caught:
        read_report(path)
    assert WRONG[text] in str(caught.value)
    assert str(path) in str(caught.value)
    assert ReportError.exit_code == 2


def test_all_problems_are_told_at_once(write):
    with pytest.raises(ReportError) as caught:
        read_report(write("freqq: Y\nseed: x\nfreq: D\n"))
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("least", "message"),
    [
        ("", "holds nothing"),
        ("- a\n", "holds a list"),
        ("source: speeches\n", "the key `corpus` is missing"),
        ("corpus: x\nsource: speech\n", "no such folder or table"),
        ("corpus: x\nsource: sample:muni\n", "no sample `muni`; did you mean `municipal`?"),
        ("%YAML 1.1\n---\ncorpus: NO\n", "directives (%) are not read"),
        ("corpus: x # " + "x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_report_is_refused(write, least, message):
    with pytest.raises(ReportError) as caught:
        read_report(write("", least=least))
    assert message in str(caught.value)


def test_a_report_file_that_is_not_there_or_not_text_is_named(write):
    path = write("")
    with pytest.raises(ReportError, match=r"does not exist. Did you mean `my.yml`\?"):
        read_report(path.with_name("my.yaml"))
    with pytest.raises(ReportError, match="is not a regular file"):
        read_report(path.parent)
    path.write_bytes(b"corpus: caf\xe9\n")
    with pytest.raises(ReportError, match="not UTF-8"):
        read_report(path)


def test_overrides_replace_keys_by_their_type(write):
    path = write("notebooks: [5-changes]\ncompare: {since: 1950}\n")
    overrides = {
        "seed": "12",
        "min_effect": "2",
        "watch": "sotu",
        "label": "007",
        "title": "",
        "topics": 0,
        "compare.before": "1900",
        "columns.date": "Day",
        "5-changes.top_n": "3",
        "5-changes.word": '"007"',
    }
    report = read_report(path, overrides=overrides)
    assert (report.seed, report.min_effect, report.watch, report.topics) == (12, 2.0, "sotu", 0)
    assert (report.label, report.title) == ("007", None)
    assert report.compare.before == date(1900, 1, 1)
    assert report.columns == {"date": "Day"}
    assert report.notebooks[0].parameters == {"top_n": 3, "word": "007"}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("sed", "1", "unknown parameter `sed`; did you mean `seed`?"),
        ("seed", "x", "`seed` is 'x'; it should be a whole number"),
        ("5-change.top_n", "1", "unknown parameter `5-change.top_n`; did you mean `5-changes`?"),
        ("compare.when", "1", "unknown key `compare.when`"),
    ],
)
def test_an_unknown_override_is_an_error(write, key, value, message):
    with pytest.raises(ReportError) as caught:
        read_report(write(""), overrides={key: value})
    assert message in str(caught.value)


def documents() -> pd.DataFrame:
    dates = ["1899-12-31", "1900-01-01", "1949-12-31", "1950-01-01", None]
    return pd.DataFrame(
        {"date": pd.to_datetime(dates).as_unit("s"), "issuer": ["A", "B", "C", "", "A"]}
    )


@pytest.mark.parametrize(
    ("text", "target", "reference", "labels"),
    [
        ("since: 1950, before: 1900", [3], [0], ("since 1950", "before 1900")),
        ("since: 1950-01-01", [3], [0, 1, 2], ("since 1950", "before 1950")),
        ("since: 1900-01-02", [2, 3], [0, 1], ("since 1900-01-02", "before 1900-01-02")),
        ("column: issuer, target: A, reference: B", [0, 4], [1], ("A", "B")),
        ("column: issuer, target: A", [0, 4], [1, 2], ("A", "other values of issuer")),
    ],
)
def test_a_comparison_splits_documents_in_two(write, text, target, reference, labels):
    compare = read_report(write(f"compare: {{{text}}}\n")).compare
    sides = compare.split(documents())
    assert [np.flatnonzero(side).tolist() for side in sides] == [target, reference]
    assert not (sides[0] & sides[1]).any()
    assert compare.labels == labels


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("column: isuer, target: A", "did you mean `issuer`?"),
        ("column: issuer, target: D", "no document has it as issuer; allowed are: `A`, `B`, `C`"),
    ],
)
def test_a_comparison_of_what_is_not_there_is_an_error(write, text, message):
    compare = read_report(write(f"compare: {{{text}}}\n")).compare
    with pytest.raises(ReportError) as caught:
        compare.split(documents())
    assert message in str(caught.value)


def test_the_samples_are_those_of_the_readers():
    assert SAMPLES == READ_SAMPLES


TRICKY = st.text(alphabet="ab1:-[]{}&*!%?|>,#'\"~.\n \t\x00\ufeff词", max_size=40)


@given(st.text(max_size=60) | TRICKY)
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_mapping_or_a_report_error(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_text(text, "utf-8")
    try:
        outcome = read_yaml(path)
    except ReportError as error:
        outcome = error
    assert isinstance(outcome, dict) or str(path) in str(outcome)
    assert isinstance(read_scalar(text), (str, int, float, bool, type(None)))


def test_what_documents_are_called_has_a_plural(tmp_path):
    def nouns(text):
        file = tmp_path / "r.yml"
        file.write_text(f"corpus: c\nsource: sample:municipal\n{text}\n", "utf-8")
        return read_report(file).nouns

    assert nouns("") == "documents"
    assert nouns("noun: speech") == "speeches"
    assert nouns("noun: policy summary") == "policy summaries"
    assert nouns("noun: person\nnoun_plural: people") == "people"
