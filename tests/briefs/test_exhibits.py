import json
from html.parser import HTMLParser

import pytest
from nbformat import v4

from watchwords.briefs.collect import collect_exhibits, merge_exhibits, parse_exhibit
from watchwords.briefs.exhibits import (
    MIME,
    Figure,
    Finding,
    Note,
    Quote,
    Table,
    exhibit_json,
)
from watchwords.errors import CellError, WatchwordsError

ROW = dict.fromkeys(
    ("doc_id", "date", "date_basis", "issuer", "form", "sentence", "path", "url"), "x"
)
HITS = {"hits": {"title": "every hit", "rows": [ROW]}}
BAD = "<script>alert(1)</script> & “词”"
COLUMNS = [
    {"label": BAD, "align": "left", "width": "1fr"},
    {"label": "k", "align": "right", "width": "auto"},
]
GOOD = {
    "finding": {
        "headline": BAD,
        "segments": [
            "In ",
            {"text": "12 of 40", "evidence": "hits"},
            {"text": ".", "footnote": BAD},
        ],
        "evidence": HITS,
    },
    "figure": {"title": BAD, "svg": "<svg></svg>", "alt": BAD, "width": "half"},
    "table": {
        "title": BAD,
        "columns": COLUMNS,
        "rows": [[BAD, {"text": "3", "evidence": "hits"}], [{"svg": "<svg/>", "alt": "a"}, ""]],
        "evidence": HITS,
    },
    "quote": {"text": BAD, "mark": [0, 3], "source": BAD, "date": "1945", "doc_id": "d"},
    "note": {"title": BAD, "paragraphs": [BAD, ["a ", {"text": BAD, "footnote": "b"}]]},
}
KINDS = {"finding": Finding, "figure": Figure, "table": Table, "quote": Quote, "note": Note}


def make(kind: str, **changes: object) -> dict[str, object]:
    return {"kind": kind, "id": "e1", "note": BAD, "section": "S", **GOOD[kind], **changes}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "img":  # a drawing inside the page, which cannot run anything
            assert [name for name, _ in attrs] == ["alt", "src"]
            assert dict(attrs)["src"].startswith("data:image/svg+xml;base64,")
        else:
            assert attrs == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_exhibit_is_data_and_text_and_nothing_live(kind):
    exhibit = parse_exhibit(make(kind))
    assert isinstance(exhibit, KINDS[kind])
    bundle = exhibit._repr_mimebundle_(include=None)
    data = json.loads(json.dumps(bundle[MIME]))
    assert data == exhibit_json(exhibit)
    assert next(iter(data)) == "kind"
    assert parse_exhibit(data) == exhibit
    assert BAD in bundle["text/plain"]
    if kind == "figure":
        assert bundle["image/svg+xml"] == "<svg></svg>"
        assert "text/html" not in bundle
    else:
        page = Tags()
        page.feed(bundle["text/html"])
        known = {"h4", "p", "small", "table", "thead", "tbody", "tr", "th", "td", "img"}
        assert page.tags <= known


WRONG = [
    ({"kind": "fnding"}, "did you mean `finding`?"),
    ({"id": "e1"}, "unknown kind of exhibit 'None'"),
    (make("note", titel="x"), "a note has no field `titel`; did you mean `title`?"),
    ({"kind": "quote", "id": "e1", "text": "x"}, "'mark', 'source', 'date', and 'doc_id'"),
    (make("note", place="back"), "`place` is 'back'; allowed are: `annex`, `front`"),
    (make("note", style="pain"), "did you mean `plain`?"),
    (make("note", id="a b"), "letters, digits"),
    (make("note", section=3), "`section` is 3; it should be a text"),
    (make("note", paragraphs="x"), "`paragraphs` is 'x'; it should be a list"),
    (make("note", paragraphs=[[{"text": "a", "href": "b"}]]), "holds {'text': 'a', 'href': 'b'}"),
    (
        make("finding", segments=[12]),
        "`segments` holds 12; it should be a text or {text, evidence}",
    ),
    (make("finding", evidence={"hits": {"rows": []}}), "the evidence 'hits' has no `title`"),
    (
        make("finding", evidence={"hits": {"title": "t", "rows": [{"doc_id": "x"}]}}),
        "`evidence hits` holds",
    ),
    (make("figure", svg="<p>"), "`svg` is not an SVG drawing"),
    (make("figure", alt=" "), "has no `alt`"),
    (make("table", rows=[["one"]]), "row 1 has 1 cells for 2 columns"),
    (make("table", rows=[["one", 2]]), "`row 1` holds 2"),
    (make("table", columns=[{"label": "a"}], rows=[]), "`columns` holds {'label': 'a'}"),
    (
        make("table", columns=[{**COLUMNS[0], "align": "rigth"}], rows=[]),
        "`align` is 'rigth'; did you mean `right`?",
    ),
    (make("quote", mark=[2, 99]), "`mark` is [2, 99]; it is [start, end] within the 31 characters"),
    (make("quote", mark=[3]), "`mark` is [3]"),
]


@pytest.mark.parametrize(("data", "message"), WRONG)
def test_a_wrong_exhibit_is_refused_where_it_is_made(data, message):
    with pytest.raises(WatchwordsError) as caught:
        parse_exhibit(data)
    assert message in str(caught.value)


def executed(*bundles: dict[str, object]) -> object:
    cells = [v4.new_markdown_cell("# x"), v4.new_code_cell("a", metadata={"tags": ["parameters"]})]
    cells.append(v4.new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]}))
    for bundle in bundles:
        stream = v4.new_output("stream", text="words")
        shown = v4.new_output("display_data", data=bundle)
        cells.append(v4.new_code_cell("b", outputs=[stream, shown]))
    return v4.new_notebook(cells=cells)


def test_exhibits_are_collected_in_order_and_nothing_else():
    notebook = executed(
        {MIME: make("note", id="n1")}, {"text/plain": "5"}, {MIME: make("finding", id="f1")}
    )
    assert [(e["kind"], e["id"]) for e in collect_exhibits(notebook)] == [
        ("note", "n1"),
        ("finding", "f1"),
    ]


def test_a_bad_exhibit_is_named_with_notebook_and_cell_as_the_author_counts():
    notebook = executed({"text/plain": "5"}, {MIME: make("note", place="back")})
    with pytest.raises(CellError, match="the notebook `2-terms`, code cell 3, shows a bad exhibit"):
        collect_exhibits(notebook, name="2-terms")


def test_merging_takes_the_evidence_apart_and_checks_every_link():
    one = collect_exhibits(executed({MIME: make("finding", id="f1")}))
    two = collect_exhibits(executed({MIME: make("table", id="t1")}))
    exhibits, evidence = merge_exhibits([one, two])
    assert [exhibit["id"] for exhibit in exhibits] == ["f1", "t1"]
    assert all("evidence" not in exhibit for exhibit in exhibits)
    assert evidence == HITS
    assert "evidence" in one[0]
    other = {"hits": {"title": "others", "rows": []}}
    lonely = make("finding", id="f2", evidence={})
    for collected, message in (
        ([one, one], "two exhibits have the id 'f1'"),
        ([[exhibit_json(parse_exhibit(lonely))]], "'f2' leads to the evidence 'hits', which no"),
        ([one, [exhibit_json(parse_exhibit({**lonely, "evidence": other}))]], "given twice"),
    ):
        with pytest.raises(CellError) as caught:
            merge_exhibits(collected)
        assert message in str(caught.value)
