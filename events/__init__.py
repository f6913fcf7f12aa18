"""Meeting the market: events, Techmart, fairs. Its apps arrive with their first feature."""
