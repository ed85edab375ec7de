"""The secretariat's pages: what is not settled, lists put to the test, candidates of lists that print their rule."""
