"""The floor: list of speakers, turns and clock of a meeting, as a fold over its journal."""
