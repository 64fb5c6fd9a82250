"""Two sides to compare: two spans of time, or two values of a column."""

import re
from datetime import date
from typing import Annotated, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from watchwords.errors import ReportError, nearest

Mask = NDArray[np.bool_]


def _as_day(value: object) -> object:
    """Take a bare year for its first day."""
    text = str(value)
    try:
        return date.fromisoformat(f"{text}-01-01" if re.fullmatch(r"\d{4}", text) else text)
    except ValueError:
        raise ValueError(f"{value!r} is neither a year nor a date such as 1950-01-31") from None


def _follow_since(validated: dict[str, Any]) -> date | None:
    since: date | None = validated["since"]
    return since


Day = Annotated[date, BeforeValidator(_as_day)]


class Compare(BaseModel):
    """Two sides of a keyness comparison: two spans of time, or two values of a column.

    Attributes
    ----------
    before, since : datetime.date or None
        Documents dated on or after `since` (the target) against those dated before `before`
        (the reference). A year stands for its first day. `before` defaults to `since`; dates
        between the two belong to neither side.
    column : str or None
        A column of the documents, such as "issuer".
    target, reference : str or None
        Two values of `column`; without `reference` all other documents are the reference.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    since: Day | None = None
    before: Day | None = Field(default_factory=_follow_since)
    column: str | None = None
    target: str | None = None
    reference: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Compare":
        by_time = self.since is not None
        by_column = self.column is not None and self.target is not None
        any_column = any(v is not None for v in (self.column, self.target, self.reference))
        if by_time == by_column or (by_time and any_column):
            raise ValueError(
                "give either `since` (and `before`), or `column` and `target` (and `reference`)"
            )
        if by_time and self.before and self.since and self.before > self.since:
            raise ValueError("`before` is later than `since`: a document would be on both sides")
        return self

    @property
    def labels(self) -> tuple[str, str]:
        """Words for the target and for the reference."""
        if self.since is not None and self.before is not None:
            return f"since {_in_words(self.since)}", f"before {_in_words(self.before)}"
        return str(self.target), self.reference or f"other values of {self.column}"

    def split(self, documents: pd.DataFrame) -> tuple[Mask, Mask]:
        """Tell which documents are on which side.

        Parameters
        ----------
        documents : pandas.DataFrame
            With ``date`` or the column that is compared. Undated documents, and those without
            a value, are on neither side.

        Returns
        -------
        target, reference : ndarray of bool, shape (n_docs,)

        Raises
        ------
        ReportError
            If there is no such column, or no document with such a value.
        """
        if self.since is not None and self.before is not None:
            dates = documents["date"]
            after = dates >= pd.Timestamp(self.since)
            return after.to_numpy(bool), (dates < pd.Timestamp(self.before)).to_numpy(bool)
        column, target, reference = str(self.column), str(self.target), self.reference
        if column not in documents.columns:
            raise ReportError(
                f"`compare.column` is {column!r}, which the documents do not have; "
                f"{nearest(column, map(str, documents.columns))}"
            )
        values = documents[column].astype("str")
        for value in (target, reference):
            if value is not None and not (values == value).any():
                raise ReportError(
                    f"`compare` names {value!r}, but no document has it as {column}; "
                    f"{nearest(value, set(values) - {''})}"
                )
        others = (values != target) & (values != "") if reference is None else values == reference
        return (values == target).to_numpy(bool), others.to_numpy(bool)


def _in_words(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (1, 1) else day.isoformat()
