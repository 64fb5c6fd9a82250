import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from watchwords.charts import colour_of, plot_groups
from watchwords.errors import SchemaError


@pytest.fixture
def sourced():
    """China Daily in 2019 and 2021, 新华网 in 2021 to 2023, one document without a source."""
    days = ["2019-01-01", "2019-05-01", "2021-01-01", "2021-03-01", "2022-01-01", "2023-01-01"]
    return pd.DataFrame(
        {
            "date": pd.to_datetime([*days, "2020-01-01"]),
            "date_precision": "day",
            "duplicate_of": "",
            "source": ["China Daily"] * 3 + ["新华网"] * 3 + [""],
        }
    )


def names(figure):
    return [text.get_text() for text in figure.texts]


def faces(figure):
    (drawn,) = [c for c in figure.axes[0].collections if type(c).__name__ == "PolyCollection"]
    return [to_hex(face) for face in drawn.get_facecolors()]


def test_a_row_runs_from_the_first_document_of_its_group_to_the_last(sourced):
    figure = plot_groups(sourced, by="source", freq="Y")
    # Three years of each of the two, one of the nameless; one year of China Daily is empty.
    assert len(faces(figure)) == 7
    assert faces(figure).count(colour_of("gap")) == 1
    assert "not named" in names(figure)


def test_rows_are_in_order_of_size_and_the_rest_share_one():
    table = pd.DataFrame(
        {
            "date": pd.to_datetime(["2021-01-01"] * 15),
            "date_precision": "day",
            "duplicate_of": "",
            "source": list("aabbbbcddefghij"),
        }
    )
    shown = names(plot_groups(table, by="source", freq="Y", top=4))
    rows = [name for name in shown if name in {"a", "b", "d"} or name.startswith("other")]
    assert rows == ["b", "a", "d", "other (7)"]
    assert shown[shown.index("documents") - 1] == "7"


def test_documents_that_cannot_be_placed_are_said(sourced):
    undated = sourced.assign(date=sourced["date"].where(np.arange(7) != 6))
    figure = plot_groups(undated, by="source", freq="Y")
    assert any("1 document without a date as fine as a year" in text for text in names(figure))
    assert "not named" not in names(figure)


def test_table_is_not_changed_and_a_missing_column_is_told(sourced):
    before = sourced.copy(deep=True)
    plot_groups(sourced, by="source", freq="M")
    pd.testing.assert_frame_equal(sourced, before)
    with pytest.raises(SchemaError, match="no column `issuer`"):
        plot_groups(sourced, by="issuer", freq="M")
