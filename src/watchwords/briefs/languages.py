"""In which languages a corpus is, and how a brief names them: languages are never pooled."""

from watchwords.briefs.workspace import Workspace

_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "pt": "Portuguese", "ru": "Russian",
    "th": "Thai", "und": "an unknown language", "zh": "Chinese",
}  # fmt: skip


def name_language(lang: str) -> str:
    """Name a language for a reader; what has no name here goes by its code.

    Parameters
    ----------
    lang : str
        Its code.

    Returns
    -------
    str

    Examples
    --------
    >>> name_language("zh"), name_language("xx")
    ('Chinese', 'xx')
    """
    return _LANGUAGES.get(lang, lang)


def main_language(work: Workspace) -> str:
    """Choose the language whose series are drawn: the one with most dated documents.

    Parameters
    ----------
    work : Workspace

    Returns
    -------
    str
        Languages are never pooled on one axis; the others are in the tables.
    """
    return max(work.judged, key=lambda lang: (work.judged[lang].n_dated, lang), default="en")


def in_language(work: Workspace, lang: str) -> str:
    """Name the language of what is counted, where the corpus has two that are counted.

    Parameters
    ----------
    work : Workspace
    lang : str

    Returns
    -------
    str
        Such as " in Chinese", to be put after "documents"; "" where there is one language.
    """
    return f" in {name_language(lang)}" if len(work.judged) > 1 else ""


def language_key(work: Workspace, lang: str) -> str:
    """Tell the exhibits of two languages apart by their ids.

    Parameters
    ----------
    work : Workspace
    lang : str

    Returns
    -------
    str
        Such as "-zh", to be put after an id; "" for the language of most documents, whose ids do
        not change with what else is in the corpus.
    """
    return "" if lang == main_language(work) else f"-{lang}"


def of_documents(work: Workspace, lang: str) -> str:
    """Name the documents that are compared in a title, where the corpus has two languages.

    Parameters
    ----------
    work : Workspace
    lang : str

    Returns
    -------
    str
        Such as ", documents in Chinese", to be put after a title; "" where there is one language.
    """
    spoken = in_language(work, lang)
    return f", {work.report.nouns}{spoken}" if spoken else ""
