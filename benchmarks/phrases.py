"""How fast pairs of words are scored by NPMI, beside gensim's Phrases, with tokens in hand.

Both sides have the words of the State of the Union before the clock starts: ours as `Tokens`,
gensim as lists of strings, one per stretch between punctuation, so that both see the same pairs.
The phrases and their scores are compared. CPU seconds, best of several rounds taken in turn.
"""

import argparse
import time
from itertools import pairwise

import numpy as np
from gensim.models.phrases import Phrases

import watchwords as ww

MIN_COUNT, THRESHOLD = 10, 0.3


def measure(work):
    """CPU seconds of a call, and what it returned."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def stretches(tokens):
    """The words between punctuation, as lists of strings."""
    ids, token_index = tokens.expanded()
    opens = np.ones(len(ids), bool)
    opens[1:] = tokens.breaks[token_index[1:]] & (token_index[1:] != token_index[:-1])
    words = tokens.vocabulary[ids].tolist()
    cuts = [*np.flatnonzero(opens).tolist(), len(words)]
    return [words[first:end] for first, end in pairwise(cuts)]


def score_gensim(sentences):
    model = Phrases(
        sentences, min_count=MIN_COUNT, threshold=THRESHOLD, scoring="npmi", delimiter=" "
    )
    return model.export_phrases()


def score_ours(tokens):
    # gensim keeps what scores above the threshold, we what scores at least as much.
    return ww.score_phrases(
        tokens,
        max_words=2,
        min_docs=1,
        min_count=MIN_COUNT,
        min_npmi=np.nextafter(THRESHOLD, 1),
        stop_words=(),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    tokens = ww.tokenize(ww.clean_documents(ww.read_sample()))
    sentences = stretches(tokens)
    score_ours(tokens)  # loads the kernels
    ours, peers = [], []
    for _ in range(rounds):
        seconds, table = measure(lambda: score_ours(tokens))
        ours.append(seconds)
        seconds, phrases = measure(lambda: score_gensim(sentences))
        peers.append(seconds)
    scores = dict(zip(table["item"], table["npmi"], strict=True))
    same = scores.keys() == phrases.keys()
    furthest = max(
        (abs(scores[item] - phrases[item]) for item in scores.keys() & phrases), default=0
    )
    print(f"{len(tokens.ids):,} words; {len(scores):,} phrases here, {len(phrases):,} in gensim")
    print(f"same phrases: {same}; largest difference of scores {furthest:.1e}")
    print(f"watchwords {min(ours):7.3f} s CPU, best of {rounds}")
    print(f"gensim     {min(peers):7.3f} s CPU")
    print(f"ratio      {min(peers) / min(ours):7.1f}x (bar: at least 35x, same to 1e-12)")
    longer, table = measure(lambda: ww.score_phrases(tokens))
    print(f"two to eight words, all measures: {longer:.2f} s CPU, {len(table):,} phrases")


if __name__ == "__main__":
    main()
