"""The tests of the book, the exercises and the course."""
