"""What shows a season whole: public pages and the officer's board."""
