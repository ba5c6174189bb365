"""Statistics of marks and items: plain data in, words and figures out. Kept libraries compute, we explain."""
