"""Lines of type to pages: prose and tables placed on sheets, page by page."""
