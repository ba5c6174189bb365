"""The comparisons of assets/studies.csv: read, checked, drawn and shown."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindbody.book.explorer import explorer_html
from mindbody.curriculum import Curriculum
from mindbody.figures import forest_plot
from mindbody.studies import COLUMNS, MEASURES, STUDIES, domain, read_studies, size
from mindbody.yamlfile import AuthoringError
from tests.conftest import ROOT

ROW = {
    "key": "ann2020",
    "kind": "trial",
    "population": "back",
    "condition": "back pain",
    "treatment": "talking",
    "comparator": "usual",
    "versus": "usual care",
    "follow_up": "short",
    "when": "at 6 weeks",
    "outcome": "pain",
    "measure": "pain",
    "estimate": "1.5",
    "low": "0.9",
    "high": "2.1",
    "people": "40",
    "seen": "−1.5 (−2.1 to −0.9)",
    "note": "",
}


def file(folder: Path, *rows: dict[str, str], header: str = ",".join(COLUMNS)) -> Path:
    lines = ["# A note.", header, *(",".join(f'"{row[name]}"' for name in COLUMNS) for row in rows)]
    path = folder / "studies.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(AuthoringError) as raised:
        read_studies(path, {"ann2020"})
    return [str(problem) for problem in raised.value.problems]


def test_a_comparison_is_read_with_its_interval(tmp_path: Path):
    (effect,) = read_studies(file(tmp_path, ROW), {"ann2020"})
    assert (effect.people, size(effect)) == (40, "1.5 (0.9 to 2.1)")


def test_an_interval_that_was_not_seen_stays_empty(tmp_path: Path):
    (effect,) = read_studies(file(tmp_path, ROW | {"low": "", "high": ""}), {"ann2020"})
    assert size(effect) == "1.5"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "bob"}, '"bob" is not in assets/references.bib: mend the key or add the work'),
        ({"population": "knees"}, 'population "knees" does not exist (there are back, '),
        ({"measure": "x"}, 'measure "x" does not exist (there are share, '),
        ({"low": "1.6"}, "the interval 1.6 to 2.1 does not contain the estimate 1.5: mend one"),
        ({"low": ""}, "an interval has two ends"),
        ({"estimate": ""}, "a measure and an estimate go together"),
        ({"measure": ""}, "a measure and an estimate go together"),
        ({"estimate": "", "measure": ""}, "an interval needs its `estimate`"),
        ({"estimate": "big"}, 'estimate "big" is no number'),
        ({"estimate": "nan"}, 'estimate "nan" is no number'),
        ({"people": "many"}, 'people "many" is no whole number'),
        ({"seen": " "}, "`seen` is empty"),
    ],
)
def test_a_mistake_names_its_line_and_its_remedy(tmp_path: Path, change: dict[str, str], words: str):
    found = faults(file(tmp_path, ROW | {"outcome": "other"}, ROW | change))
    assert any(fault.startswith(f"{STUDIES}:4: ") and words in fault for fault in found), found


def test_columns_that_are_missing_or_too_many_are_said(tmp_path: Path):
    assert "the columns must be key,kind," in faults(file(tmp_path, header="key,estimate"))[0]
    path = file(tmp_path, ROW)
    path.write_text(path.read_text(encoding="utf-8") + "ann2020,trial\n", encoding="utf-8")
    assert f"{STUDIES}:4: 2 values for {len(COLUMNS)} columns" in faults(path)[0]


def test_the_same_comparison_twice_is_a_mistake(tmp_path: Path):
    assert "has this comparison, time and outcome already" in faults(file(tmp_path, ROW, ROW))[0]


def test_without_a_file_there_are_no_studies(tmp_path: Path):
    assert read_studies(tmp_path / "studies.csv", set()) == ()


# It writes a file each time, and a busy disk has no deadline.
@settings(deadline=None)
@given(st.lists(st.tuples(st.decimals(-50, 50, places=2), st.decimals(0, 20, places=2)), min_size=1, max_size=5))
def test_an_axis_holds_nought_and_every_interval(tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple]):
    rows = [
        ROW | {"estimate": f"{at}", "low": f"{at - half}", "high": f"{at + half}", "outcome": f"o{index}"}
        for index, (at, half) in enumerate(drawn)
    ]
    effects = read_studies(file(tmp_path_factory.mktemp("studies"), *rows), {"ann2020"})
    low, high = domain(effects)
    assert low <= 0 <= high
    assert all(low <= at - half and at + half <= high for at, half in drawn)


def test_every_figure_of_the_file_stands_in_the_block_of_its_source(curriculum: Curriculum):
    """Each number of `seen` is in assets/evidence.md under the same key. That it means the same there is not tested."""
    blocks = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", _evidence(), flags=re.MULTILINE | re.DOTALL))
    for effect in curriculum.studies:
        block = blocks[effect.key]
        for number in re.findall(r"\d+(?:\.\d+)?", effect.seen):
            # Cochrane's answer counts in thousands.
            assert number in block or number.replace(".", "") in block, f"{effect.key}: {number} of “{effect.seen}”"


def _evidence() -> str:
    return (ROOT / "assets" / "evidence.md").read_text(encoding="utf-8")


def test_a_difference_that_was_subtracted_is_the_difference(curriculum: Curriculum):
    for effect in curriculum.studies:
        if effect.estimate is None or " v. " not in effect.seen:
            continue
        one, two = effect.seen.replace("none", "0").replace("fell", "").split(" v. ")
        value = abs(_share(one) - _share(two))
        assert abs(value - float(effect.estimate)) < 0.051, effect.seen


def _share(text: str) -> float:
    words = text.replace("%", "").split(" of ")
    if len(words) == 1:
        return float(words[0])
    count, of = float(words[0]), float(words[1])
    return 100 * count / of


def test_no_interval_is_drawn_that_was_not_seen(curriculum: Curriculum):
    for effect in curriculum.studies:
        if effect.low is not None:
            assert " to " in effect.seen, effect


def test_the_figure_has_one_panel_a_scale():
    figure = forest_plot()
    assert len(figure.axes) == len(MEASURES)
    assert len(forest_plot(population="somatic", follow_up="long").axes) == 1


def test_a_filter_that_fits_nothing_says_so():
    with pytest.raises(ValueError, match="there are back"):
        forest_plot(population="knees")
    with pytest.raises(ValueError, match="leave one of the filters out"):
        forest_plot(population="bowel")


def test_the_page_shows_every_comparison_once_with_its_source(curriculum: Curriculum):
    shown = explorer_html(curriculum.studies, curriculum.references)
    assert shown.count('<tr role="row" data-key=') == len(curriculum.studies)
    for effect in curriculum.studies:
        assert f"#ref-{effect.key}" in shown
        assert not effect.note or effect.note.replace("'", "&#x27;") in shown
