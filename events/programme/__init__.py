"""Events: what takes place, when and where, who speaks, and the calendar of all of it."""
