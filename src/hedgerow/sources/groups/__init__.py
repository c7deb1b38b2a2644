"""Group records of GIAS: trusts, sponsors, federations and other groups of establishments."""
