"""Which items change over time, by how much, and how sure that is."""

from watchwords.trends.fit import fit_trends
from watchwords.trends.result import Trends

__all__ = ["Trends", "fit_trends"]
