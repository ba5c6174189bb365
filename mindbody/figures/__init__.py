"""Figures the chapters call; each returns a matplotlib figure drawn from data in assets/."""

from mindbody.figures.imaging import imaging_by_age, imaging_with_pain
from mindbody.figures.triangle import formulation_agreement, triangle_in_time

__all__ = [
    "formulation_agreement",
    "imaging_by_age",
    "imaging_with_pain",
    "triangle_in_time",
]
