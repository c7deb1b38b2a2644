"""The pictures of a place, each defined once: marks, words, and the table with the same numbers."""
