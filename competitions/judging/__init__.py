"""The panel, conflicts, assignment, scorecards, ranking and results."""
