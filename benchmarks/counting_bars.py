"""What the figures of `counting.py` should be, and how they stand to it."""

from itertools import product

import counting_peers

WC = "wc -w"
OURS = "by year"
PRINTED = ", as printed"
VECTORIZER = "CountVectorizer"


def judge(results, times):
    """Set the figures beside what they should be: name, figure, bar, whether it holds."""
    bars = [*judge_peers(results, times), *judge_limits(results, times), *judge_tokens(results)]
    return [
        (name, figure, f"at {side} {bar:g}", figure >= bar if side == "least" else figure <= bar)
        for name, figure, side, bar in bars
    ]


def judge_peers(results, times):
    peers = [name for name in counting_peers.PEERS if name in results and OURS in results]
    vectorizer, others = {1: (50, 6)}.get(times, (25, 4))
    for name, texts in product(counting_peers.PEERS, ("", PRINTED)):
        if {name + texts, OURS + texts} <= set(results):
            peer, ours = results[name + texts], results[OURS + texts]
            figure, bar = peer["seconds"] / ours["seconds"], others
            if name == VECTORIZER:
                bar = vectorizer
            yield f"{name} / ours{texts}", figure, "least", bar
            if times == 1 and name == VECTORIZER:
                figure = peer["whole"] / ours["whole"]
                yield f"{name} / ours{texts}, whole process", figure, "least", 8
    if times == 10 and peers:
        lowest = min(results[name]["peak"] for name in peers)
        yield "peak memory / least of the peers", results[OURS]["peak"] / lowest, "most", 0.5


def judge_limits(results, times):
    words = results[WC]["seconds"]
    files, terms = "by year, to files", "documents x terms"
    if times == 10 and OURS in results:
        yield "by year / wc -w", results[OURS]["seconds"] / words, "most", 4
    if times == 10 and {OURS, terms} <= set(results):
        figure = results[terms]["seconds"] / results[OURS]["seconds"]
        yield "documents x terms / by year", figure, "most", 2.5
        yield "documents x terms, peak MiB", results[terms]["peak"], "most", 2048
    if times == 100 and files in results:
        yield "to files / wc -w", results[files]["seconds"] / words, "most", 5
        yield "to files, peak MiB", results[files]["peak"], "most", 2048


def judge_tokens(results):
    if "documents x terms" in results:
        whole = results["documents x terms"]
        again = whole["found"]["again, 1-2 words"]
        first = whole["found"]["first count"]
        yield "one more count / first, text to counts", again / whole["seconds"], "most", 0.5
        yield "one more count / first, tokens to counts", again / first, "most", 0.5
    if "append 1 %" in results:
        append = results["append 1 %"]
        full, fixed = append["found"]["all others, saved"], append["found"]["one document"]
        figure = (append["seconds"] - fixed) / full
        yield "append 1 %, less the fixed cost / full", figure, "most", 0.03
        yield "fixed cost of an append, s", fixed, "most", 0.5
