"""Documents by symbol or address: the sources that facts cite."""
