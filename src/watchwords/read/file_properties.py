"""What PDF and Office files say of themselves: carried, and rarely believed."""

from collections.abc import Mapping

MAX_VALUE = 500
OPENING = 2_000


def check_properties(found: Mapping[str, str], text: str) -> dict[str, str]:
    r"""Keep the properties that say something, and take the title if the text prints it.

    Titles of files are often those of the template or of the program, authors are accounts, and
    the day a file was made is not the day of publication: they are carried under names of their
    own.

    Parameters
    ----------
    found : mapping
        ``file_title``, ``file_author``, ``file_created``.
    text : str
        The text; its opening is looked at.

    Returns
    -------
    dict
        With ``title`` if the opening of the text holds the title of the file.

    Examples
    --------
    >>> check_properties({"file_title": "Work Report", "file_author": ""}, "Work\nReport\nOn the")
    {'file_title': 'Work Report', 'title': 'Work Report'}
    >>> check_properties({"file_title": "Microsoft Word - a.doc"}, "Work Report")
    {'file_title': 'Microsoft Word - a.doc'}
    """
    kept = {name: _printable(value) for name, value in found.items()}
    kept = {name: value for name, value in kept.items() if value}
    title = "".join(kept.get("file_title", "").split()).casefold()
    if len(title) >= 4 and title in "".join(text[:OPENING].split()).casefold():
        kept["title"] = kept["file_title"]
    return kept


def _printable(value: str) -> str:
    words = " ".join(value.split())[:MAX_VALUE]
    return "".join(sign for sign in words if sign.isprintable())
