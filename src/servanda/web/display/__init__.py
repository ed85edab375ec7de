"""The display of the room: who has the floor, for how long, and who is next; read from far away."""
