"""The officers' screens of imports from Excel."""
