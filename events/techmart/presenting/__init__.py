"""What the public pages of the market are given, one module for each of them."""
