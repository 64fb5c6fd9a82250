"""Wrong input: a clear error, its exit code, and the last good brief untouched."""

import pytest

from watchwords.briefs import run_report
from watchwords.errors import WatchwordsError

TEXT = "On 3 March 2021 the council studied the two upholds and the harbour."


def report(tmp_path, extra="", source="texts"):
    path = tmp_path / "my.yml"
    path.write_text(f"corpus: my texts\nsource: {source}\nfreq: M\ntopics: 0\n{extra}", "utf-8")
    return path


def folder(tmp_path, **files):
    home = tmp_path / "texts"
    home.mkdir()
    for name, content in files.items():
        (home / name.replace("_txt", ".txt")).write_bytes(content)
    return home


@pytest.mark.parametrize(
    ("extra", "source", "words"),
    [
        ("", "nowhere", "nowhere"),
        ("frequency: M\n", "texts", "frequency"),
        ("seed: many\n", "texts", "seed"),
        ("watch: nobody.csv\n", "texts", "nobody.csv"),
        ("strata: ministry\n", "texts", "ministry"),
        ("keep: ministry\n", "texts", "ministry"),
    ],
)
def test_wrong_settings_end_with_2_and_say_what_is_wrong(tmp_path, extra, source, words):
    folder(tmp_path, a_txt=TEXT.encode())
    with pytest.raises(WatchwordsError, match=words) as caught:
        run_report(report(tmp_path, extra, source))
    assert caught.value.exit_code == 2
    assert not (tmp_path / "out" / "my" / "latest").exists()


def test_an_unknown_notebook_parameter_ends_with_2_before_any_work(tmp_path):
    folder(tmp_path, a_txt=TEXT.encode())
    with pytest.raises(WatchwordsError, match="topn") as caught:
        run_report(report(tmp_path), overrides={"5-changes.topn": "3"})
    assert caught.value.exit_code == 2
    assert not (tmp_path / "out" / "my" / "work").exists()


def test_an_empty_folder_ends_with_3(tmp_path):
    folder(tmp_path)
    with pytest.raises(WatchwordsError) as caught:
        run_report(report(tmp_path))
    assert caught.value.exit_code == 3


def test_bad_files_are_named_and_the_good_ones_kept(tmp_path):
    good = {f"2021-03-0{day}_txt": f"{TEXT} Day {day}.".encode() for day in range(1, 4)}
    folder(tmp_path, **good, bad_txt=b"\x00\x01\x02", empty_txt=b"", other_xyz=b"?")
    result = run_report(report(tmp_path, "notebooks: [1-corpus]\n"))
    assert "3 documents, 3 with a date, in 1 month" in result.refusal
    rejects = (result.folder / "data" / "rejects.csv").read_text("utf-8-sig")
    for name in ("bad.txt", "empty.txt", "other_xyz"):
        assert name in rejects
    assert "could not be read" in result.html.read_text("utf-8")
