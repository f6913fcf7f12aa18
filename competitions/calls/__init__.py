"""A competition as it is announced: tracks, rounds, questions, criteria, prizes."""
