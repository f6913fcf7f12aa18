"""The public directory of startups: their owners write, editors approve, everybody reads."""
