"""The version of this program; it stands in every manifest."""

__version__ = "0.2.0"
