"""The startup ecosystem: co-working and profiles. Its apps arrive with their first feature."""
