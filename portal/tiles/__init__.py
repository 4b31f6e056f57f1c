"""Vector tiles of the monuments: `/tiles/{z}/{x}/{y}.mvt`, and their description, TileJSON."""
