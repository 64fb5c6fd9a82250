"""How fast one- to three-word sequences are counted by document, beside scikit-learn.

Prints CPU seconds of both in one run, and their ratio: text to a matrix of documents by
sequences, with the tokens in hand for the next count on our side only.
"""

import time

from sklearn.feature_extraction.text import CountVectorizer

import watchwords as ww
from watchwords.tokens import count_ngrams, word_stream


def measure(work):
    """CPU seconds of a call, and what it returned."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def main():
    docs = ww.read_sample()
    tokenizing, tokens = measure(lambda: ww.tokenize(docs))
    counting, ngrams = measure(lambda: count_ngrams(word_stream(tokens), max_words=3))
    again, _ = measure(lambda: count_ngrams(word_stream(tokens), max_words=2))
    vectorizer = CountVectorizer(ngram_range=(1, 3))
    peer, matrix = measure(lambda: vectorizer.fit_transform(docs["text"]))
    print(f"{len(docs)} documents, {len(tokens.ids):,} words")
    print(f"watchwords      {tokenizing:6.1f} s tokens + {counting:.1f} s counts")
    print(f"  counted again {again:6.1f} s (one and two words)")
    print(f"CountVectorizer {peer:6.1f} s, {matrix.shape[1]:,} sequences across punctuation")
    print(f"ours in its place: {len(ngrams.n_words):,} sequences, never across punctuation")
    print(f"ratio {peer / (tokenizing + counting):.1f}x, from tokens {peer / counting:.1f}x")


if __name__ == "__main__":
    main()
