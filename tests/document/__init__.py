"""What a document can hold beside the common parts, and how a layout prints it."""
