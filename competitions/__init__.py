"""The provincial startup competition, from the call to the published result."""
