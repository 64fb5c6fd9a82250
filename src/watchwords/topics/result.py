"""A fitted topic model as tables."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from watchwords.errors import WatchwordsError, nearest
from watchwords.scores import Scores, load_scores

_TABLES = ("topic_terms", "doc_topics", "summary", "paragraphs")


@dataclass(frozen=True)
class TopicFit:
    """How a topic model was fitted.

    Attributes
    ----------
    engine : str
        "nmf" or "lda".
    seed : int
        Of the random start.
    n_words : int
        Words that the model knows.
    n_iter : int
        Rounds of fitting.
    converged : bool or None
        Whether the fit had settled; None where the engine does not say.
    coherence : str
        "u_mass", "c_npmi", or "" where it was not scored.
    """

    engine: str
    seed: int
    n_words: int
    n_iter: int
    converged: bool | None
    coherence: str


@dataclass(frozen=True, eq=False, repr=False)
class Topics:
    """Topics: words that keep company, and the paragraphs they are largest in.

    A topic is a pattern of words, not a subject somebody chose, and the number of topics is an
    assumption. Topics are called "t01", "t02" … by size, so a name means nothing across fits.

    Attributes
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``: ``topic``, ``term``, ``beta`` (share of the word in the topic;
        they sum to 1), largest first.
    doc_topics : pandas.DataFrame
        The table ``doc_topics``: ``doc_id``, ``topic``, ``gamma`` (share of the document's
        paragraphs in which the topic is largest; they sum to 1). A row for every topic of every
        document that has a paragraph.
    summary : pandas.DataFrame
        One row per topic: ``topic``, ``label``, ``n_paragraphs``, ``n_docs``, ``share`` (of all
        paragraphs), ``coherence`` (NaN where it was not scored).
    paragraphs : pandas.DataFrame
        One row per paragraph: ``doc_id``, ``start``, ``end`` (code points), ``topic`` (the
        largest; "" if it has none of the words), ``gamma`` (that topic's share of the paragraph),
        ``weight`` (cosine between the words of the paragraph and of the topic, 0 to 1).
    scores : Scores
        Paragraphs by document and topic, for `period_rates` and `fit_trends`.
    fit : TopicFit
        How it was fitted.
    """

    topic_terms: pd.DataFrame
    doc_topics: pd.DataFrame
    summary: pd.DataFrame
    paragraphs: pd.DataFrame
    scores: Scores
    fit: TopicFit

    def __repr__(self) -> str:
        """Say what was fitted to how much."""
        unsettled = "; the fit had not settled" if self.fit.converged is False else ""
        return (
            f"Topics: {len(self.summary)} by {self.fit.engine} (seed {self.fit.seed}) from "
            f"{len(self.paragraphs):,} paragraphs of {len(self.scores.doc_ids):,} documents, "
            f"{self.fit.n_words:,} words{unsettled}"
        )

    @property
    def labels(self) -> pd.Series:
        """Three words for each topic: large in it and small in the others."""
        return self.summary.set_index("topic")["label"]

    @property
    def coherence(self) -> pd.Series:
        """Coherence of each topic, by the measure named in ``fit.coherence``."""
        return self.summary.set_index("topic")["coherence"]

    def top_terms(self, *, top_n: int = 10) -> pd.Series:
        """List the largest words of each topic.

        Parameters
        ----------
        top_n : int, default 10
            How many words.

        Returns
        -------
        Series of str, one entry per topic
            The words with blanks between them.
        """
        first = self.topic_terms.groupby("topic", sort=False).head(top_n)
        return first.groupby("topic", sort=False)["term"].agg(" ".join)

    def passages(self, topic: str, *, n: int = 3, max_length: int = 800) -> pd.DataFrame:
        """Find the paragraphs most like a topic, each in another document.

        They show the topic at its purest, not at its most usual. A paragraph that was used again
        word for word is given once.

        Parameters
        ----------
        topic : str
            One of ``summary.topic``, such as "t01".
        n : int, default 3
            How many at most.
        max_length : int, default 800
            Leave out paragraphs of more characters, unless all of the topic's are longer.

        Returns
        -------
        pandas.DataFrame
            ``doc_id``, ``start``, ``end`` (code points of the document's text), ``weight``
            (cosine with the topic), most alike first.

        Raises
        ------
        WatchwordsError
            If there is no such topic.
        """
        names = self.summary["topic"].tolist()
        if topic not in names:
            raise WatchwordsError(f"`topic` is {topic!r}; {nearest(str(topic), names)}")
        own = self.paragraphs[self.paragraphs["topic"] == topic]
        short = own[own["end"] - own["start"] <= max_length]
        ranked = (short if len(short) else own).sort_values(
            ["weight", "doc_id", "start"], ascending=[False, True, True]
        )
        best = ranked.drop_duplicates("weight").drop_duplicates("doc_id").head(n)
        return best[["doc_id", "start", "end", "weight"]].reset_index(drop=True)

    def save(self, folder: Path) -> None:
        """Write the topics to a folder (Parquet, npz and JSON, no pickle).

        Parameters
        ----------
        folder : Path
            Made if it is not there.
        """
        self.scores.save(Path(folder))
        for name in _TABLES:
            getattr(self, name).to_parquet(Path(folder) / f"{name}.parquet")
        text = json.dumps(asdict(self.fit), indent=1) + "\n"
        (Path(folder) / "fit.json").write_text(text, encoding="utf-8")


def load_topics(folder: Path) -> Topics:
    """Read topics that `Topics.save` wrote.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    Topics
    """
    path = Path(folder)
    tables = {name: pd.read_parquet(path / f"{name}.parquet") for name in _TABLES}
    fit = TopicFit(**json.loads((path / "fit.json").read_text(encoding="utf-8")))
    return Topics(scores=load_scores(path), fit=fit, **tables)
