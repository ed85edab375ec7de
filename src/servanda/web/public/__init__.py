"""The public pages: conventions, their meetings with tiers and reasons, the profile of each State."""
