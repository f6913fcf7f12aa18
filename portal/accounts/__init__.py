"""People, organisations, memberships and roles."""
