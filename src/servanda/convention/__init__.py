"""A convention as data: its pack (articles, rules, organs, templates, facts) and its calendar of meetings."""
