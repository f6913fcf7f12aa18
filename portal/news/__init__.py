"""News: index, articles, topics, feed."""
