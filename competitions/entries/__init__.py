"""Applying: drafts, answers, files, the team, submission, screening."""
