"""The version of this program; it stands in every manifest."""

__version__ = "0.1.0"
