"""Home, standard pages, contact, menus and site settings."""
