"""Hand exhibits to the reader of a notebook, and to the brief."""

from collections.abc import Iterable

from IPython.display import display

from watchwords.briefs.exhibits import Exhibit


def show(*exhibits: Exhibit | Iterable[Exhibit] | None) -> None:
    """Display exhibits in order; what a floor left out (None) is passed over.

    Parameters
    ----------
    *exhibits : Exhibit, None, or several in a list
    """
    for exhibit in exhibits:
        if isinstance(exhibit, Exhibit):
            display(exhibit)  # type: ignore[no-untyped-call]  # (IPython has no types)
        elif exhibit is not None:
            show(*exhibit)
