"""The version of this program, which every manifest records."""

__version__ = "0.2.0"
