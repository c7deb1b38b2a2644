"""What the house is kept with: reference pages, licences, what is said of the made-up region."""
