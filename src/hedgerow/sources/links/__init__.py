"""Group link records of GIAS: which establishment belongs to which trust, sponsor, federation or other group."""
