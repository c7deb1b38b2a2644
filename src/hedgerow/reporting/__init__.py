"""A profile as page, document, spreadsheet and picture: one definition for all of them."""
