"""Pages of the founder: thin, they call the verbs and show what came of it."""
