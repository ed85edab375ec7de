"""The screens and the API. No rules and no rows here: what is shown comes from the rooms' queries."""
