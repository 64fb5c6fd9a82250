"""A corpus in partitions, counted on threads, processes or a Dask cluster with the same result."""

from watchwords.scale.count import count_partitions
from watchwords.scale.counts import Counts
from watchwords.scale.discovery import discover_partitions
from watchwords.scale.partitions import Partition, list_partitions, write_partitions
from watchwords.scale.scoring import score_partitions

__all__ = [
    "Counts",
    "Partition",
    "count_partitions",
    "discover_partitions",
    "list_partitions",
    "score_partitions",
    "write_partitions",
]
