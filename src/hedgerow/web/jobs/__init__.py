"""Long work in the background, with its progress."""
