"""Trust in the back office: the ladder of a record, reports of readers, what is out of date."""
