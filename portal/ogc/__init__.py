"""OGC API Features at `/ogc/`: Part 1 (Core, GeoJSON, OpenAPI 3.0), Part 2 (CRS), Part 3 (CQL2 text and JSON)."""
