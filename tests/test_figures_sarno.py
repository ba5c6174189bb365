"""The figures of chapter 3 say what their data say; whether the history is complete these tests cannot tell."""

import csv
import re

from mindbody.figures import model_chain, sarno_timeline
from mindbody.figures.style import ASSETS


def _rows(name):
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_every_event_stands_in_the_year_of_its_reference():
    entries = (ASSETS / "references.bib").read_text(encoding="utf-8")
    for row in _rows("sarno_timeline.csv"):
        entry = re.search(rf"@\w+\{{{row['key']},.*?\n\}}", entries, flags=re.DOTALL)
        assert re.search(r"year = \{(\d+)\}", entry[0])[1] == row["year"]


def test_every_event_is_named_with_its_year():
    texts = _texts(sarno_timeline())
    for row in _rows("sarno_timeline.csv"):
        assert f"{row['label']}\n{row['year']}".replace("\\n", "\n") in texts


def test_no_outcome_study_is_drawn_before_the_last_book():
    rows = _rows("sarno_timeline.csv")
    last = max(int(row["year"]) for row in rows if row["row"] == "book")
    assert int(next(row["year"] for row in rows if row["key"] == "schechter2007outcomes")) > last


def test_every_claim_has_its_finding_and_a_badge_of_the_book():
    texts = _texts(model_chain())
    for row in _rows("sarno_claims.csv"):
        assert row["found"].replace("\\n", "\n") in texts
        assert row["badge"] in {"supported", "mixed", "contested", "historical"}
        assert row["badge"].capitalize() in texts
