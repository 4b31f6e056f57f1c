"""What all REST endpoints share: addresses, pages, strict parameters, errors, the OpenAPI document."""
