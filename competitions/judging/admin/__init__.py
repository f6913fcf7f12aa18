"""The officer's and director's pages about judging, inside the back office."""
