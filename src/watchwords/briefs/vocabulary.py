"""Discovered terms and comparisons to exhibits."""

from typing import Any

import pandas as pd

from watchwords import charts
from watchwords.briefs.exhibits import Figure, Note, Table, column
from watchwords.briefs.languages import in_language, language_key, of_documents
from watchwords.briefs.rows import each_row
from watchwords.briefs.screen import distinct, ranked_claims
from watchwords.briefs.spans import span_label
from watchwords.briefs.workspace import Workspace
from watchwords.periods import period_word
from watchwords.topics import Topics
from watchwords.wording import listed, percent

PASSAGE_WORDS = 28
_TOPICS_IN = "en"  # topics are of English texts only


def change_figure(work: Workspace, *, n: int = 8) -> list[Figure]:
    """Draw the strongest claims, up and down, as dots with intervals, a figure for each language.

    Parameters
    ----------
    work : Workspace
    n : int, default 8
        Of each direction, at most.

    Returns
    -------
    list of Figure
        Empty if nothing is claimed. Spans and shares are of the documents of one language each.
    """
    drawn = [_change_figure(work, lang, n=n) for lang in work.judged]
    return [figure for figure in drawn if figure]


def _change_figure(work: Workspace, lang: str, *, n: int) -> Figure | None:
    own = work.trends[work.trends["lang"] == lang]
    rows = [
        distinct(ranked_claims(own, direction=way, kind=kind)).head(n // 2)
        for way in ("up", "down")
        for kind in ("concept", "phrase")
    ]
    table = pd.concat(rows)
    if table.empty:
        return None
    labels = dict(zip(table["item"], table["label"], strict=True))
    first = table.iloc[0]
    early, late = span_label(work, first["early_end"]), span_label(work, first["late_start"])
    drawn = charts.plot_spans(
        table, early_label=f"before {early}", late_label=f"since {late}", labels=labels
    )
    nouns = work.report.nouns + in_language(work, lang)
    return Figure(
        id=f"fig-changes{language_key(work, lang)}",
        place="annex",
        section="Found more, found less",
        title=f"Share of {nouns} with each wording, before {early} and since {late}",
        svg=charts.figure_svg(drawn),
        alt=f"Ranked dots with intervals: {listed([labels[item] for item in table['item']])}.",
        width="full",
        note=(
            f"The first and the last third of the dated {nouns}, 95 % Wilson intervals. The "
            f"clearest {len(table)} claims: watched concepts, then discovered phrases."
        ),
    )


def term_figure(work: Workspace, *, direction: str, n: int = 6) -> Figure | None:
    """Draw the strongest discovered terms of a direction as small multiples.

    Parameters
    ----------
    work : Workspace
    direction : {"up", "down"}
    n : int, default 6
        Panels at most.

    Returns
    -------
    Figure or None
        None if no discovered term is claimed.
    """
    trends = work.trends[work.trends["lang"] == work.meta.get("terms_lang", "")]
    table = distinct(ranked_claims(trends, direction=direction, kind="phrase")).head(n)
    if table.empty:
        return None
    freq = work.report.chart_freq
    rates = work.rates[work.rates["item"].isin(table["item"])]
    rates = rates[rates["lang"] == work.meta["terms_lang"]]
    labels = dict(zip(table["item"], table["label"], strict=True))
    drawn = charts.plot_rates(
        rates, items=list(table["item"]), labels=labels, freq=freq, events=work.events
    )
    return Figure(
        id=f"fig-terms-{direction}",
        place="annex",
        section=f"Found {'more' if direction == 'up' else 'less'} often",
        title=(
            f"Discovered phrases that are {direction}, share of {work.report.nouns}"
            f"{in_language(work, work.meta['terms_lang'])}"
        ),
        svg=charts.figure_svg(drawn),
        alt=f"Small multiples of {listed(list(table['item']))}, by {period_word(freq, 1)}.",
        width="full",
        note=(
            f"Points: share of the {work.report.nouns} of a {period_word(freq, 1)}; bars: 95 % "
            "Wilson intervals; hollow: unfinished."
        ),
    )


def keyness_exhibits(work: Workspace, *, n: int = 10) -> list[Figure | Table | Note]:
    """Show which terms set two groups of documents apart.

    Parameters
    ----------
    work : Workspace
    n : int, default 10
        Terms of each side.

    Returns
    -------
    list of Figure, Table and Note
        Empty if the report compares nothing; the sentence that says why where a side is too
        small.
    """
    if "keyness" in work.meta["refusals"]:
        sentence = work.meta["refusals"]["keyness"]
        return [_refused("keyness-refused", "Two groups compared", sentence)]
    if not work.has("keyness"):
        return []
    keyness = work.table("keyness")
    tested = len(keyness)
    keyness = distinct(keyness[~keyness["ignored"] & (keyness["q_value"] <= 0.05)])
    target, reference = work.meta["compare_labels"]
    if keyness.empty:
        none = f"No term sets {target} apart from {reference}: {tested:,} tested."
        if not tested:
            none = f"Nothing sets {target} apart from {reference}: no term is in enough documents."
        return [_refused("keyness-none", "Two groups compared", none)]
    labels = dict(zip(keyness["item"], keyness["label"], strict=True))
    drawn = charts.plot_keyness(
        keyness, top_n=n, target_label=target, reference_label=reference, labels=labels
    )
    figure = Figure(
        id="fig-keyness",
        place="annex",
        section="Two groups compared",
        title=f"What sets {target} apart from {reference}"
        + of_documents(work, work.meta["terms_lang"]),
        svg=charts.figure_svg(drawn),
        alt=f"Terms found more in {target}, and terms found more in {reference}, by log ratio.",
        width="full",
        note=(
            "How many times as often, per word. Fisher's exact test on the "
            f"{work.report.nouns} that have the term: {tested:,} tested, {len(keyness):,} differ "
            "at a false-discovery rate of 5 %. A longer text has more terms: where the two groups "
            "differ in length, part of the difference is length."
        ),
    )
    return [figure]


def topic_exhibits(work: Workspace, *, n: int = 9) -> list[Figure | Table | Note]:
    """Show the topics: shares by period, words, passages.

    Parameters
    ----------
    work : Workspace
    n : int, default 9
        Panels at most.

    Returns
    -------
    list of Figure, Table and Note
        The sentence that says why where there are too few documents.
    """
    if "topics" in work.meta["refusals"]:
        return [_refused("topics-refused", "Topics", work.meta["refusals"]["topics"])]
    topics = work.topics
    if topics is None:
        return []
    shown: list[Figure | Table | Note] = []
    if work.has("topic_rates"):
        shown.append(_topic_figure(work, topics, n))
    found = topics.summary[topics.summary["n_paragraphs"] > 0]
    words = topics.top_terms(top_n=10)
    rows: list[list[Any]] = [
        [
            f"{row.topic} {row.label}",
            f"{row.n_paragraphs:,} ({percent(row.share)})",
            words[row.topic],
            f"{row.coherence:.2f}",
        ]
        for row in each_row(found)
    ]
    shown.append(
        Table(
            id="table-topics",
            place="annex",
            section="Topics",
            title=f"Topics of paragraphs, largest first{of_documents(work, _TOPICS_IN)}",
            columns=[
                column("Topic", "1fr"),
                column("paragraphs", align="right"),
                column("words of largest weight", "2fr"),
                column("coherence", align="right"),
            ],
            rows=rows,
            note=(
                f"Non-negative matrix factorisation, {len(found)} of {work.report.topics} topics "
                "with paragraphs, seed "
                f"{work.report.seed}, watched concepts left out first. Labels: words that set a "
                "topic apart. Coherence: UMass over the ten best words, nearer 0 is better."
                if work.report.topic_engine == "nmf"
                else f"Latent Dirichlet allocation, {work.report.topics} topics, seed "
                f"{work.report.seed}."
            ),
        )
    )
    shown.append(_passage_table(work, topics))
    return shown


def _passage_table(work: Workspace, topics: Topics) -> Table:
    """One passage a topic: what its words mean is seen in a text."""
    titles = work.documents.set_index("doc_id")["title"]
    rows: list[list[Any]] = []
    for topic in topics.summary.loc[topics.summary["n_paragraphs"] > 0, "topic"]:
        for passage in each_row(topics.passages(topic, n=1)):
            text = work.tokens.text(passage.doc_id)[passage.start : passage.end]
            words = " ".join(text.split()[:PASSAGE_WORDS])
            cut = "\N{NO-BREAK SPACE}…" if len(text.split()) > PASSAGE_WORDS else ""
            label = f"{topic} {topics.labels[topic]}"
            rows.append([label, words + cut, str(titles[passage.doc_id])])
    return Table(
        id="table-passages",
        place="annex",
        section="Topics",
        title="A passage for each topic",
        columns=[
            column("Topic", "2fr"),
            column("Passage that is nearest to it", "5fr"),
            column("Document", "2fr"),
        ],
        rows=rows,
        note="Chosen by rule: the paragraph whose words are most like the topic's.",
    )


def _topic_figure(work: Workspace, topics: Topics, n: int) -> Figure:
    names = dict(topics.labels)
    rates = work.table("topic_rates")
    large = topics.summary[topics.summary["n_paragraphs"] > 0]
    shown = list(large["topic"].head(n))
    rates = rates[rates["item"].isin(shown)]
    freq = work.report.chart_freq
    drawn = charts.plot_topic_shares(rates, labels=names, freq=freq, events=work.events)
    return Figure(
        id="fig-topics",
        place="annex",
        section="Topics",
        title=(
            f"Share of paragraphs on each topic, by {period_word(freq, 1)}"
            f"{of_documents(work, _TOPICS_IN)}"
        ),
        svg=charts.figure_svg(drawn),
        alt=f"Topic shares: {listed([names[topic] for topic in shown])}.",
        width="full",
        note=(
            f"The {len(shown)} largest of {len(names)}. Each paragraph counts for the topic with "
            "the largest weight. Shares describe; they were not tested."
        ),
    )


def _refused(name: str, section: str, sentence: str) -> Note:
    return Note(
        id=name,
        place="annex",
        section=section,
        title="",
        paragraphs=[sentence],
        style="plain",
        note="",
    )
