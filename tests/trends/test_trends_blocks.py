import threading

import numpy as np

from watchwords.trends import blocks
from watchwords.trends.blocks import list_blocks, map_threads


def test_blocks_hold_every_position_once():
    for n in (0, 1, 512, 1300):
        assert np.concatenate([np.empty(0, int), *list_blocks(n)]).tolist() == list(range(n))


def test_results_come_in_the_order_of_the_parts_from_several_threads(monkeypatch):
    monkeypatch.setattr(blocks, "_processors", lambda: 3)
    meeting, seen = threading.Barrier(3, timeout=10), set()

    def job(part):
        if part < 3:
            # Nobody gets past this alone: three parts are worked on at the same time.
            meeting.wait()
        seen.add(threading.get_ident())
        return part**2

    assert map_threads(job, range(40)) == [n**2 for n in range(40)]
    assert len(seen) == 3


def test_one_processor_needs_no_threads(monkeypatch):
    monkeypatch.setattr(blocks, "_processors", lambda: 1)
    own = threading.get_ident()
    assert map_threads(lambda _: threading.get_ident(), range(3)) == [own] * 3
