"""Who is in the house: seats, the labels they may see, and the acts they may do."""
