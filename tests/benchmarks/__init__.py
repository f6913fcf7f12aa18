"""Benchmarks: each number is a ratio to a bare view of the same server in the same run."""
