"""The instructor's side: the chapters as an nbgrader course, whose submissions are data and never code."""
