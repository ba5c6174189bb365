"""Figures the chapters call; each returns a matplotlib figure drawn from data in assets/."""

from matplotlib_inline.backend_inline import set_matplotlib_formats

from mindbody.figures.assessment import ordinary_findings, what_a_sign_does
from mindbody.figures.capacity import capacity_edges, look_alikes, suicidality_in_pain
from mindbody.figures.conversations import one_in_twenty, two_minutes
from mindbody.figures.evidence import prt_over_time, trial_differences, within_between
from mindbody.figures.forest import forest_plot
from mindbody.figures.formulation import notes_contain, one_page
from mindbody.figures.imaging import imaging_by_age, imaging_with_pain
from mindbody.figures.ladder import alexithymia, rungs
from mindbody.figures.loops import arrow_evidence, marcus_loop
from mindbody.figures.model import teaching_model
from mindbody.figures.outcome import knowing_what, two_courses
from mindbody.figures.persons import pattern_agreement, triangle_of_person
from mindbody.figures.pressure import perfectionism_found, two_routes
from mindbody.figures.route import emotion_route
from mindbody.figures.sarno import model_chain, sarno_timeline
from mindbody.figures.treating import not_reached, twelve_meetings
from mindbody.figures.triangle import formulation_agreement, triangle_in_time
from mindbody.figures.words import not_believed, two_learners, words_claim

__all__ = [
    "alexithymia",
    "arrow_evidence",
    "capacity_edges",
    "emotion_route",
    "forest_plot",
    "formulation_agreement",
    "imaging_by_age",
    "imaging_with_pain",
    "knowing_what",
    "look_alikes",
    "marcus_loop",
    "model_chain",
    "not_believed",
    "not_reached",
    "notes_contain",
    "one_in_twenty",
    "one_page",
    "ordinary_findings",
    "pattern_agreement",
    "perfectionism_found",
    "prt_over_time",
    "rungs",
    "sarno_timeline",
    "suicidality_in_pain",
    "teaching_model",
    "trial_differences",
    "triangle_in_time",
    "triangle_of_person",
    "twelve_meetings",
    "two_courses",
    "two_learners",
    "two_minutes",
    "two_routes",
    "what_a_sign_does",
    "within_between",
    "words_claim",
]

# Sharp at any zoom, and a quarter of the bytes of a bitmap.
set_matplotlib_formats("svg")  # type: ignore[no-untyped-call]
