"""Readers: the bytes of a file become grids, one module a kind of file."""
