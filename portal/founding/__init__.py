"""The founding data: Palmyra and the sites that shared its fate, as the first run shows them."""
