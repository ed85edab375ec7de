"""The site: settings, addresses, the server and the `servanda` command. Reads the environment once."""
