"""The officer's screens in the back office: the list, a dossier, decisions, Excel."""
