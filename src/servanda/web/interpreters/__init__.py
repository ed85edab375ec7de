"""The desk of the interpreters: who speaks and who follows, in which language, with which text, and one wish."""
