"""Rehearsals of a meeting: begun, played by a script or led by hand, with a seat for each role."""
