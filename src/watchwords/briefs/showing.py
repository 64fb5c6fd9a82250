"""Hand exhibits to the reader of a notebook, and to the brief."""

from collections.abc import Iterable

from IPython.display import display

from watchwords.briefs.exhibits import Exhibit


def show(*exhibits: object) -> None:
    """Display exhibits in order; what a floor left out (None) is passed over.

    Parameters
    ----------
    *exhibits : Exhibit, None, or several in a list
        Anything else is displayed as a notebook does, and does not go into the brief.
    """
    for exhibit in exhibits:
        if isinstance(exhibit, Iterable) and not isinstance(exhibit, Exhibit):
            show(*exhibit)
        elif exhibit is not None:
            display(exhibit)  # type: ignore[no-untyped-call]  # (IPython has no types)
