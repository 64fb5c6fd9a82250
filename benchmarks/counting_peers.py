"""The same counts by other means, each in its fastest form we found.

A job takes texts and their years; it returns what the check turns into terms, years and counts.
Of prepared texts one must lower the case, take the only mark ("; ") away and split at blanks; in
texts as they are (`printed`) a word is what the plainest pattern finds: letters, digits and _.
"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pandas as pd

DUCKDB_QUERY = """
CREATE TABLE counts AS
WITH words AS (SELECT year, WORDS AS w FROM docs),
places AS (SELECT year, unnest(w) AS a, unnest(w[2:]) AS b, unnest(w[3:]) AS c FROM words)
SELECT year, a, NULL AS b, NULL AS c, count(*) AS n FROM places GROUP BY ALL
UNION ALL
SELECT year, a, b, NULL, count(*) FROM places WHERE b IS NOT NULL GROUP BY ALL
UNION ALL
SELECT year, a, b, c, count(*) FROM places WHERE c IS NOT NULL GROUP BY ALL
"""


def count_vectorizer(texts, years, *, printed=False):
    """scikit-learn: documents by sequences, then summed by year."""
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer

    labels = np.unique(years)
    place = np.searchsorted(labels, years)

    def job():
        vectorizer = CountVectorizer(
            ngram_range=(1, 3),
            token_pattern=r"\w+" if printed else r"[^\s;]+",
            dtype=np.int32,
        )
        matrix = vectorizer.fit_transform(texts)
        ones = np.ones(len(years), np.int32)
        pick = sparse.csr_array((ones, (place, np.arange(len(years)))))
        return vectorizer, sparse.csr_array(pick @ matrix)

    def check(result):
        vectorizer, matrix = result
        cells = matrix.tocoo()
        return vectorizer.get_feature_names_out()[cells.col], labels[cells.row], cells.data

    return job, check


def duckdb(texts, years, *, printed=False):
    """DuckDB: lists of words, zipped with themselves moved by one and two."""
    import duckdb

    docs = pd.DataFrame(
        {"year": np.asarray(years, np.int32), "text": pd.Series(texts, dtype="str")}
    )
    base = duckdb.connect()
    base.execute("SET threads = 1")
    base.register("given", docs)
    base.execute("CREATE TABLE docs AS SELECT * FROM given")
    find = "string_split(replace(lower(text), '; ', ' '), ' ')"
    if printed:
        find = r"regexp_extract_all(lower(text), '[\pL\pN_]+')"

    def job():
        return base.execute(DUCKDB_QUERY.replace("WORDS", find))

    def check(_):
        query = "SELECT concat_ws(' ', a, b, c) AS item, year, n FROM counts"
        found = base.sql(query).to_arrow_table()
        columns = (found.column(name).to_numpy() for name in ("item", "year", "n"))
        return tuple(columns)

    return job, check


def polars(texts, years, *, printed=False):
    """Polars: one row a word, moved by one and two within a document, grouped."""
    import polars as pl

    docs = pl.DataFrame({"text": texts, "year": np.asarray(years, np.int32)})
    docs = docs.with_row_index("doc")

    def job():
        plain = pl.col("text").str.to_lowercase()
        if printed:
            found = plain.str.extract_all(r"\w+")
        else:
            found = plain.str.replace_all("; ", " ", literal=True).str.split(" ")
        words = docs.select("doc", "year", found.alias("a")).explode("a")
        places = words.with_columns(
            b=pl.when(pl.col("doc") == pl.col("doc").shift(-1)).then(pl.col("a").shift(-1)),
            c=pl.when(pl.col("doc") == pl.col("doc").shift(-2)).then(pl.col("a").shift(-2)),
        )
        parts = []
        for names in (["a"], ["a", "b"], ["a", "b", "c"]):
            known = places.filter(pl.col(names[-1]).is_not_null())
            parts.append(known.group_by(["year", *names]).len("n"))
        return parts

    def check(parts):
        tables = []
        for part in parts:
            names = [name for name in ("a", "b", "c") if name in part.columns]
            item = pl.concat_str(names, separator=" ").alias("item")
            tables.append(part.select(item, "year", pl.col("n").cast(pl.Int64)))
        whole = pl.concat(tables)
        return tuple(whole[name].to_numpy() for name in ("item", "year", "n"))

    return job, check


def counter(texts, years, *, printed=False):
    """A Counter a year, over words and tuples of neighbours."""
    word = re.compile(r"\w+")

    def job():
        counts = defaultdict(Counter)
        for text, year in zip(texts, years, strict=True):
            lower = text.lower()
            words = word.findall(lower) if printed else lower.replace("; ", " ").split(" ")
            of_year = counts[year]
            of_year.update(words)
            of_year.update(pairwise(words))
            of_year.update(zip(words, words[1:], words[2:], strict=False))
        return counts

    def check(counts):
        items = [
            item if isinstance(item, str) else " ".join(item)
            for of_year in counts.values()
            for item in of_year
        ]
        sizes = [len(of_year) for of_year in counts.values()]
        n = np.concatenate([list(of_year.values()) for of_year in counts.values()])
        return np.array(items, object), np.repeat(list(counts), sizes), n

    return job, check


PEERS = {
    "CountVectorizer": count_vectorizer,
    "DuckDB": duckdb,
    "Polars": polars,
    "Counter": counter,
}
