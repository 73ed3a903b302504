"""Read what sentences of a published document say: of what, which amount, changed from what, by how much."""
