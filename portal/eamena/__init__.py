"""Sheets of EAMENA's bulk upload (Arches): monuments and condition reports written to them and read from them."""
