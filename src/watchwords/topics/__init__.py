"""Topics: words that keep company in paragraphs, and what of them is in each document."""

from watchwords.topics.fit import fit_topics
from watchwords.topics.result import TopicFit, Topics, load_topics

__all__ = ["TopicFit", "Topics", "fit_topics", "load_topics"]
