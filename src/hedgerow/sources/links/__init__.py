"""Group link records of GIAS: which establishment belongs to which trust, sponsor or federation."""
