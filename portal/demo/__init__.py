"""The demo season: invented people and entries, dates relative to today."""
