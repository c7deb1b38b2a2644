"""English indices of deprivation, by lower layer super output area."""
