"""The startup ecosystem: co-working and public profiles. Its apps arrive with their first feature."""
