"""Who is in the corpus, and from when to when: a source that comes or goes moves every share."""

import pandas as pd

from watchwords import charts
from watchwords.briefs.exhibits import Figure
from watchwords.briefs.rows import each_row
from watchwords.briefs.workspace import Workspace
from watchwords.floors import count_of
from watchwords.periods import period_label, period_word
from watchwords.plurals import plural_of
from watchwords.wording import CORPUS_SECTION, listed

TRANSLATED = "Counted in translation. A change of translator looks like a change of wording."
# Chance, for a group evenly spread over the whole span, of none in so much of it.
_UNLIKELY = 0.01
_YEARS = 3 * 366
_SHARE = 0.1
N_PARTIAL = 3


def source_columns(work: Workspace) -> list[str]:
    """Tell by which of source and issuer the documents can be grouped.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    list of str
        Columns with at least two names; issuers are left out where they are the sources.
    """
    named = [name for name in ("source", "issuer") if len(_names(work, name).unique()) > 1]
    if named == ["source", "issuer"] and work.counted["source"].equals(work.counted["issuer"]):
        return ["source"]
    return named


def _names(work: Workspace, column: str) -> pd.Series:
    return work.counted.loc[work.counted[column] != "", column]


def partial_sources(documents: pd.DataFrame, by: str) -> pd.DataFrame:
    """Find the groups whose documents begin or end well inside the span of the corpus.

    A group begins inside if so long a silence before its first document would be unlikely
    (below 1 in 100) were its documents spread evenly over the whole span; likewise for its end.
    A single document says nothing of the kind.

    Parameters
    ----------
    documents : pandas.DataFrame
        With ``date`` and the column `by`; undated rows and those without a name are passed over.
    by : str
        Such as "source".

    Returns
    -------
    pandas.DataFrame
        One row a group, the largest first: ``name``, ``n``, ``first`` and ``last`` (datetime64),
        ``begins`` and ``ends`` (bool: inside the span).

    Examples
    --------
    >>> days = pd.to_datetime(["2018-01-01"] * 5 + ["2019-06-01"] * 12 + ["2022-01-01"] * 6)
    >>> table = pd.DataFrame({"date": days, "source": ["A"] * 5 + ["B"] * 12 + ["A"] * 6})
    >>> partial_sources(table, "source")[["name", "n", "begins", "ends"]]
      name   n  begins  ends
    0    B  12    True  True
    """
    dated = documents[documents["date"].notna() & (documents[by] != "")]
    dates = dated.groupby(by)["date"]
    table = pd.DataFrame({"n": dates.size(), "first": dates.min(), "last": dates.max()})
    table = table.rename_axis("name").reset_index()
    start, end = documents["date"].min(), documents["date"].max()
    span = max((end - start).days, 1)
    before = (table["first"] - start).dt.days / span
    after = (end - table["last"]).dt.days / span
    table = table.assign(
        begins=(1 - before) ** table["n"] < _UNLIKELY, ends=(1 - after) ** table["n"] < _UNLIKELY
    )
    partial = table[(table["begins"] | table["ends"]) & (table["n"] > 1)]
    return partial.sort_values(["n", "name"], ascending=[False, True], ignore_index=True)


def partial_in_words(work: Workspace, by: str, *, share: float = 0.0) -> list[str]:
    """Word when each group that begins or ends inside the span is there.

    Parameters
    ----------
    work : Workspace
    by : str
        "source" or "issuer".
    share : float, default 0
        Of the dated documents that a group must have.

    Returns
    -------
    list of str
        Such as "China Daily: only 2019–2021".
    """
    table = partial_sources(work.counted, by)
    least = share * work.counted["date"].notna().sum()
    dates = work.counted["date"].dropna()
    freq = "Y" if (dates.max() - dates.min()).days > _YEARS else "M"
    said = []
    for row in each_row(table[table["n"] >= least]):
        first, last = (period_label(day, freq) for day in (row.first, row.last))
        joint = "–" if freq == "Y" else " to "
        when = f"from {first}" if row.begins else f"until {last}"
        if row.begins and row.ends:
            when = f"only {first}" if first == last else f"only {first}{joint}{last}"
        said.append(f"{row.name}: {when}")
    return said


def sources_in_words(work: Workspace) -> str:
    """Say in a sentence how many sources there are, and which large ones come or go.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        "" if there is one source, or none is named.
    """
    if work.rung == "occurrences" or not source_columns(work):
        return ""
    by = source_columns(work)[0]
    partial = partial_in_words(work, by, share=_SHARE)
    more = f", and {len(partial) - N_PARTIAL} more" if len(partial) > N_PARTIAL else ""
    tail = f" ({'; '.join(partial[:N_PARTIAL])}{more})" if partial else ""
    if by == "issuer" and not partial:
        # How many issuers are named is said where the documents are counted.
        return ""
    caution = f" A change of wording may be a change of {by}." if partial else ""
    return f"{count_of(_names(work, by).nunique(), by)}{tail}.{caution}"


def confounded_in_words(work: Workspace) -> str:
    """Say that a change of wording cannot be told from a change of source, where that is so.

    Every finding carries it, since findings are read, and quoted, one by one.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        "" if dates were permuted within sources that last long enough, or no large source comes
        or goes.
    """
    if work.rung == "occurrences":
        return ""
    strata = work.report.strata
    told = any(note.startswith(f"The strata by {strata} cover") for note in work.meta["notes"])
    if strata and told:
        return (
            f"Few of the documents with one {strata} span the whole time: the test cannot tell "
            f"{strata} from time."
        )
    for by in source_columns(work):
        if by != strata and partial_in_words(work, by, share=_SHARE):
            return f"Some {plural_of(by)} come or go: the test cannot tell {by} from time."
    return ""


def translated_languages(work: Workspace) -> frozenset[str]:
    """Tell of which languages a good part of the documents are translations.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    frozenset of str
        Those in which a tenth of the documents or more are marked as translated.
    """
    marked = work.counted["translation"].isin(["official", "machine"])
    share = marked.groupby(work.counted["lang"]).mean()
    return frozenset(str(lang) for lang in share.index[share >= _SHARE])


def source_figures(work: Workspace) -> list[Figure]:
    """Draw the documents of each source, and of each issuer, by period.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    list of Figure
        Empty where there is one source, or too few documents are dated.
    """
    if work.rung == "occurrences":
        return []
    return [_source_figure(work, by) for by in source_columns(work)]


def _source_figure(work: Workspace, by: str) -> Figure:
    report, freq = work.report, work.report.chart_freq
    drawn = charts.plot_groups(work.counted, by=by, freq=freq, as_of=work.as_of)
    said = partial_in_words(work, by)
    shown = said[:12] + ([f"and {len(said) - 12} more"] if len(said) > 12 else [])
    inside = f"Begin or end inside the span: {'; '.join(shown)}. " if said else ""
    sizes = _names(work, by).value_counts()
    largest = listed([f"{name} {n:,}" for name, n in list(sizes.items())[:3]])
    return Figure(
        id=f"fig-{by}s",
        place="annex",
        section=CORPUS_SECTION,
        title=f"{report.nouns.capitalize()} by {by} and {period_word(freq, 1)}",
        svg=charts.figure_svg(drawn),
        alt=(
            f"A row for each {by}, a cell for each {period_word(freq, 1)}: {len(sizes)} {by}s, the "
            f"largest {largest}. {inside}"
        ).strip(),
        width="full",
        note=f"{inside}Copies left out.",
    )
