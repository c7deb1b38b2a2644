"""School census: pupils, free school meals and first language."""
