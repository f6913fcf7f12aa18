"""What this person has to do next, gathered from every app."""
