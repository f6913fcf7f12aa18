"""Questions to the department and requests for information: sent, kept, answered, counted."""
