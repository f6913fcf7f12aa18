"""The judge's pages and the teams' feedback page."""
