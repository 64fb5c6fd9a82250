from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from watchwords.charts import colour_of, plot_coverage
from watchwords.errors import SchemaError, TooFewDocumentsError, WatchwordsError


def bars(figure):
    (drawn,) = figure.axes[0].collections
    return drawn


def heights(figure):
    return [bar.vertices[:, 1].max() for bar in bars(figure).get_paths()]


def texts(figure):
    return " ".join(text.get_text() for text in figure.texts)


def test_bars_count_documents_and_gaps_are_tinted(documents):
    figure = plot_coverage(documents, freq="M")
    assert heights(figure) == [2, 1, 0, 0, 0, 1, 1]
    tinted = [p for p in figure.axes[0].patches if to_hex(p.get_facecolor()) == colour_of("gap")]
    assert [(p.get_x(), p.get_x() + p.get_width()) for p in tinted] == [(1.5, 4.5)]
    assert "no documents: 3 of 7 months" in texts(figure)


def test_documents_that_cannot_be_drawn_are_said(documents):
    assert "2 of 7 documents not drawn: no date as fine as a month" in texts(
        plot_coverage(documents, freq="M")
    )
    assert "1 of 7 documents not drawn" in texts(plot_coverage(documents, freq="Y"))


def test_duplicates_do_not_count(documents):
    doubled = documents.assign(duplicate_of=["", "x", "", "", "", "", ""])
    assert heights(plot_coverage(doubled, freq="M"))[0] == 1


def test_unfinished_period_is_hollow(documents):
    figure = plot_coverage(documents, freq="M", as_of=date(2021, 7, 30))
    faces = [to_hex(face) for face in bars(figure).get_facecolors()]
    assert faces[-1] == "#ffffff"
    assert "#ffffff" not in faces[:-1]
    assert "month not over yet" in texts(figure)


def test_table_is_not_changed(documents):
    before = documents.copy(deep=True)
    plot_coverage(documents, freq="M")
    pd.testing.assert_frame_equal(documents, before)


def test_wrong_input_is_told(documents):
    with pytest.raises(SchemaError, match="no column `date_precision`"):
        plot_coverage(documents.drop(columns="date_precision"), freq="M")
    with pytest.raises(WatchwordsError, match="has no rows"):
        plot_coverage(documents[:0], freq="M")
    with pytest.raises(TooFewDocumentsError, match="none of 7 documents has a date"):
        plot_coverage(documents.assign(date=np.datetime64("NaT", "s")), freq="M")
    with pytest.raises(WatchwordsError, match="`freq` is 'D'"):
        plot_coverage(documents, freq="D")
