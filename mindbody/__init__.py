"""Mind–Body Formulation: exercises as data, one marking rule, three hosts."""

from mindbody.cell import exercise

__version__ = "0.1.0"
__all__ = ["__version__", "exercise"]
