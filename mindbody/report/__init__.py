"""``mindbody report``: what an instructor should know of a course, on one page, and every table as a CSV file.

``gather`` reads and marks what was handed in, ``study`` computes one assignment, ``course`` puts assignments
together, ``advice`` says what to do next, ``page`` and ``plots`` show it, ``files`` writes it.
"""
