"""Words of the demo. Everybody in it is invented; addresses end in demo.example."""
