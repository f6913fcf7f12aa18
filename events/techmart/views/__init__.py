"""The workspace of the market: records of people and organisations."""
