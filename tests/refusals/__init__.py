"""The refusal matrix: every address that is not public, and what each kind of person is told."""
