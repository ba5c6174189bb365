"""A teaching model of how a symptom may rise, stay and fade. TEACHING MODEL, NOT DATA.

It was made for chapters 4 and 5, so that a reader can predict what a feedback loop does before she sees it. No
constant in it was estimated from any patient, experiment or study, and nothing it draws may be quoted as a finding.
The same model stands in JavaScript in ``frontend/src/teaching-model.js``; ``tests/fixtures/teaching_model`` is run by
both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STEPS = 60
"""Steps of a run. A step has no length in hours or days: the model was fitted to nothing."""

FADING = 0.9
FOLLOWING = 0.3
EXPECTING = 0.1
UNLEARNING = 0.03
WEIGHT_OF_EXPECTATION = 0.5
WEIGHT_OF_ALARM = 0.9

ABOUT_THE_SAME = 0.5
"""Two symptoms that end within this many points of each other are about the same."""


@dataclass(frozen=True)
class Inputs:
    """What the model starts from, each from 0 (none) to 1 (as much as can be).

    Attributes
    ----------
    tissue
        Signal from the body's tissues at the beginning; it fades, as a strain or a weakened ear recovers.
    expectation
        How far the symptom is expected at the beginning.
    threat
        How dangerous the symptom is taken to be.
    attention
        How closely it is watched.
    safety
        How much there is that tells of safety: being believed, an explanation that holds, movement that went well.
    """

    tissue: float
    expectation: float
    threat: float
    attention: float
    safety: float

    def __post_init__(self) -> None:
        """Refuse what lies outside [0, 1]; the negated comparison refuses NaN too."""
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is {value}: it must lie between 0 and 1")


INPUTS: Mapping[str, tuple[str, str]] = {
    "tissue": ("Tissue signal", "what the body sends at the beginning; it fades by itself"),
    "expectation": ("Expectation", "how far the symptom is expected at the beginning"),
    "threat": ("Threat", "how dangerous the symptom is taken to be"),
    "attention": ("Attention", "how closely it is watched"),
    "safety": ("Safety", "what tells of safety; it is learned slowly"),
}
"""Input -> label, and what it stands for."""


@dataclass(frozen=True)
class Run:
    """One run of the model, ``STEPS + 1`` values each, on the scale from 0 to 10."""

    symptom: tuple[float, ...]
    tissue: tuple[float, ...]

    @property
    def start(self) -> float:
        """The symptom at the beginning."""
        return self.symptom[0]

    @property
    def peak(self) -> float:
        """The most it came to."""
        return max(self.symptom)

    @property
    def peak_at(self) -> int:
        """The first step at which it came to that."""
        return self.symptom.index(self.peak)

    @property
    def end(self) -> float:
        """The symptom at the last step."""
        return self.symptom[-1]


def run(inputs: Inputs, steps: int = STEPS) -> Run:
    """Run the teaching model. TEACHING MODEL, NOT DATA.

    Parameters
    ----------
    inputs
        Tissue signal T, expectation E, threat H, attention A and safety F, each in [0, 1].
    steps
        How many steps to run; a step has no unit.

    Returns
    -------
    Run
        Symptom and tissue signal at each step, on the scale from 0 to 10.

    Notes
    -----
    All four variables are without unit, in [0, 1]; the symptom ``s`` and the tissue signal ``tau`` are shown times 10.
    At the beginning ``tau = s = T``, ``e = E`` (expectation) and ``l = 0`` (safety learned). At each step::

        alarm = (1 - l) (H + A) / 2
        drive = 1 - (1 - tau) (1 - 0.5 e) (1 - 0.9 alarm s)

        tau'  = 0.9 tau                 the tissue recovers, whatever else happens
        s'    = s + 0.3  (drive - s)    the symptom follows what drives it
        e'    = e + 0.1  (s - e)        what was felt is what is expected next
        l'    = l + 0.03 (F - l)        safety is learned, ten times as slowly as the symptom moves

    Each part of ``drive`` can raise the symptom, and together they saturate. ``0.9 alarm s`` is the loop: alarm works
    on what is already felt, so it needs something to begin with. Every variable stays in [0, 1], because each step is
    a weighted mean of numbers in [0, 1]. At every step the symptom rises, or stays, with T, E, H and A and falls, or
    stays, with F: ``drive`` rises in ``tau``, ``e``, ``alarm`` and ``s``, and ``alarm`` falls in ``l``.

    What it is meant to show: a small signal in the tissue can fade while the symptom goes on; threat and attention
    raise and sustain it through feedback; safety dampens it, but slowly. The idea that expectation and learning shape
    what is felt is reviewed in [wiech2016deconstructing]_ and, for symptoms, [vandenbergh2017symptoms]_ and
    [henningsen2018persistent]_: frameworks, not demonstrated causes in any patient. The model leaves out sex, sleep,
    mood, medicines, other people and everything else.

    References
    ----------
    Keys of ``assets/references.bib``: wiech2016deconstructing, vandenbergh2017symptoms, henningsen2018persistent.
    """
    tissue = symptom = inputs.tissue
    expected = inputs.expectation
    learned = 0.0
    felt, sent = [10 * symptom], [10 * tissue]
    for _ in range(steps):
        alarm = (1 - learned) * (inputs.threat + inputs.attention) / 2
        drive = 1 - (1 - tissue) * (1 - WEIGHT_OF_EXPECTATION * expected) * (1 - WEIGHT_OF_ALARM * alarm * symptom)
        symptom, expected, learned, tissue = (
            symptom + FOLLOWING * (drive - symptom),
            expected + EXPECTING * (symptom - expected),
            learned + UNLEARNING * (inputs.safety - learned),
            FADING * tissue,
        )
        felt.append(10 * symptom)
        sent.append(10 * tissue)
    return Run(tuple(felt), tuple(sent))


def difference(before: Inputs, after: Inputs) -> float:
    """Return by how many points the symptom ends higher after than before."""
    return run(after).end - run(before).end


def direction(before: Inputs, after: Inputs) -> str:
    """Say where the symptom ends: ``higher``, ``same`` or ``lower`` than before."""
    by = difference(before, after)
    if abs(by) <= ABOUT_THE_SAME:
        return "same"
    return "higher" if by > 0 else "lower"
