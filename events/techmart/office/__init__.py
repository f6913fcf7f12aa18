"""The back office of the market: reading and approving records, entering them, the words."""
