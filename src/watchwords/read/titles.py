"""The title of a text file: its first line that is one."""

import re

from watchwords.read.date_lines import is_date_line, strip_artefact

MAX_TITLE = 300
_NO_TITLE = re.compile(
    r"(?i)^(?:(?:您|你)?(?:当前|现在|所在)?的?位置\s*[:：]|(?:home|首页)\s*[>»›]|you are here\b|"
    r"(?:https?://|www\.)\S+$|(?:source|来源|稿源|责任编辑|责编|editor|doc(?:ument)? id)\s*[:：]|"
    r"[\W\d_]*$)"
)


def find_title(text: str) -> str:
    r"""Take the first line of a text as its title.

    Date lines, site clocks, paths through a site ("Home > News"), addresses, source lines, rules
    and the opening " date 2022-08-23 " of some extractors are passed over; a first paragraph of
    more than 300 characters is no title. The title stays part of the text, so that its words are
    counted.

    Parameters
    ----------
    text : str
        The whole text.

    Returns
    -------
    str
        "" if there is none.

    Examples
    --------
    >>> find_title(" date 2022-08-23 The council met\n\nOn the 22nd, ...")
    'The council met'
    >>> find_title("# Report\n2021-02-03\n")
    'Report'
    """
    for line in text[: 4 * MAX_TITLE].split("\n"):
        rest = " ".join(strip_artefact(line.strip("\ufeff\r")).split())
        if not rest or _NO_TITLE.match(rest) or is_date_line(rest):
            continue
        title = re.sub(r"^#{1,6}\s+|\s+#{1,6}$|^(?:Title|标题)\s*[:：]\s*", "", rest).strip()
        return title if len(title) <= MAX_TITLE else ""
    return ""
