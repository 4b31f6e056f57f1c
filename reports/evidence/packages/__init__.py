"""Evidence packages: what goes into one, how it is laid out, how it is handed over."""
