"""Corpora in which something else than wording changes: who speaks, or who translates."""

import numpy as np
import pandas as pd
from scipy import sparse

from watchwords.scores import Scores
from watchwords.simulate.planted import SimulatedCorpus, simulate_scores


def simulate_sources(
    *,
    n_docs: int = 1200,
    n_periods: int = 12,
    n_items: int = 40,
    n_rising: int = 0,
    seed: int,
) -> SimulatedCorpus:
    """Plant items that two sources use differently while the mix of the sources changes.

    No source changes its habits, yet over the whole corpus every item seems to rise or fall.

    Parameters
    ----------
    n_docs, n_periods, n_items : int
        Size of the corpus.
    n_rising : int, default 0
        Further items, four times as frequent in the end in both sources alike.
    seed : int
        Seed of everything.

    Returns
    -------
    SimulatedCorpus
        The column ``issuer`` of the documents is "North" or "South"; only the items of the kind
        "rising" change, which come last.
    """
    rng = np.random.default_rng(seed)
    plan = {"flat": n_items, "rising": n_rising}
    corpus = simulate_scores(plan, n_docs=n_docs, n_periods=n_periods, seed=seed)
    when = corpus.documents["date"].dt.year.to_numpy()
    part = (when - when.min()) / max(np.ptp(when), 1)
    south = rng.random(n_docs) < 0.1 + 0.8 * part
    taste = np.where(np.arange(n_items + n_rising) % 2 == 0, 4.0, 0.25)
    rate = 0.12 * np.where(south[:, None], taste[None, :], 1.0) / np.sqrt(taste)[None, :]
    rate[:, n_items:] *= 4.0 ** (part - 0.5)[:, None]
    matrix = sparse.csr_array(rng.poisson(rate).astype(np.int32))
    old = corpus.scores
    scores = Scores(matrix, old.doc_ids, old.items, old.n_units, old.unit)
    issuer = pd.Series(np.where(south, "South", "North"), dtype="str")
    return SimulatedCorpus(scores, corpus.documents.assign(issuer=issuer), corpus.truth)


def simulate_texts(corpus: SimulatedCorpus, *, n_words: int = 400, seed: int) -> pd.DataFrame:
    """Write the documents of a simulated corpus: items as phrases among invented words.

    The words have no order and no sense, and every document draws on the same ones: nothing but
    the planted items can change.

    Parameters
    ----------
    corpus : SimulatedCorpus
        Its scores say how often each item stands in each document.
    n_words : int, default 400
        Invented words to draw from; the commonest is used about as often as Zipf has it.
    seed : int
        Seed of everything.

    Returns
    -------
    pandas.DataFrame
        ``corpus.documents`` with ``title`` and ``text``. An item is written as `spell_item`
        has it.

    Examples
    --------
    >>> corpus = simulate_scores({"rising": 1}, n_docs=50, seed=1)
    >>> texts = simulate_texts(corpus, seed=1)["text"]
    >>> found = texts.str.lower().str.contains(spell_item("rising 0"))
    >>> bool(found.sum() == corpus.scores.matrix.count_nonzero())
    True
    """
    rng = np.random.default_rng(seed)
    words = np.array([_spell(number) for number in range(n_words)], object)
    weight = 1 / np.arange(3, n_words + 3)
    phrases = [spell_item(item) for item in corpus.scores.items["item"]]
    texts = []
    for at, n_units in enumerate(corpus.scores.n_units.tolist()):
        row = corpus.scores.matrix[[at]]
        planted = [phrases[i] for i, n in zip(row.indices, row.data, strict=True) for _ in range(n)]
        drawn = rng.choice(words, max(n_units - 2 * len(planted), 8), p=weight / weight.sum())
        cut = np.sort(rng.integers(0, len(drawn), len(planted)))
        parts = np.insert(drawn, cut, np.array(planted, object)).tolist()
        sentences = [" ".join(parts[start : start + 12]) for start in range(0, len(parts), 12)]
        texts.append(" ".join(f"{sentence.capitalize()}." for sentence in sentences))
    titles = [f"Document {number}" for number in range(1, len(texts) + 1)]
    return corpus.documents.assign(
        title=pd.Series(titles, dtype="str"), text=pd.Series(texts, dtype="str")
    )


def spell_item(item: str) -> str:
    """Spell the name of an item as a phrase of two words, without digits.

    Parameters
    ----------
    item : str
        Such as "step up 0".

    Returns
    -------
    str

    Examples
    --------
    >>> spell_item("step up 0"), spell_item("silent 12")
    ('stepupbaba policy', 'silentbafi policy')
    """
    *kind, number = item.split()
    return f"{''.join(kind)}{_spell(int(number))} policy"


def _spell(number: int) -> str:
    """Invent a word of two syllables."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    syllables = []
    for _ in range(2):
        number, at = divmod(number, len(consonants) * len(vowels))
        syllables.append(consonants[at // len(vowels)] + vowels[at % len(vowels)])
    return "".join(reversed(syllables))


def simulate_translators(
    *, n_docs: int = 2400, n_periods: int = 12, n_concepts: int = 40, n_rising: int = 8, seed: int
) -> SimulatedCorpus:
    """Plant concepts whose rendering changes at once when another translator takes over.

    The original says the same throughout; in the translation one wording of every concept
    vanishes and another appears.

    Parameters
    ----------
    n_docs, n_periods : int
        Size of the corpus.
    n_concepts : int
        How many concepts; each is an item of its own and two renderings, which are terms.
    n_rising : int
        How many of the concepts become twenty times as frequent.
    seed : int
        Seed of everything.

    Returns
    -------
    SimulatedCorpus
        All documents are translations, by "First" up to the middle of the span and by "Second"
        from then on. ``kind`` of the scores' items is "concept" or "term"; in ``truth`` only
        the rising concepts change.
    """
    rng = np.random.default_rng(seed)
    plan = {"rising": n_rising, "flat": n_concepts - n_rising}
    corpus = simulate_scores(
        plan, n_docs=n_docs, n_periods=n_periods, effect=20.0, share=0.3, seed=seed
    )
    second = (corpus.documents["date"].dt.year - 2000 >= n_periods // 2).to_numpy()
    counts = corpus.scores.matrix.toarray()
    # Even a translator's own habit is not kept without exception.
    kept = rng.random(counts.shape) < 0.95
    former = np.where(second[:, None] != kept, counts, 0)
    parts = [counts, former, counts - former]
    names = corpus.truth["item"]
    truth = pd.concat(
        [corpus.truth.assign(item=names + word) for word in ("", ", as before", ", anew")],
        ignore_index=True,
    )
    concept = np.arange(len(truth)) < n_concepts
    truth["changes"] &= concept
    truth["direction"] = truth["direction"].where(truth["changes"], "").astype("str")
    kind = pd.Series(np.where(concept, "concept", "term"), dtype="str")
    items = pd.DataFrame({"item": truth["item"], "lang": "en", "kind": kind})
    old = corpus.scores
    matrix = sparse.csr_array(np.concatenate(parts, axis=1).astype(np.int32))
    scores = Scores(matrix, old.doc_ids, items.astype("str"), old.n_units, old.unit)
    translator = pd.Series(np.where(second, "Second", "First"), dtype="str")
    documents = corpus.documents.assign(
        translation=pd.Series("official", index=translator.index, dtype="str"),
        translator=translator,
    )
    return SimulatedCorpus(scores, documents, truth)
