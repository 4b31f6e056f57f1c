"""Sites and monuments as linked data (CIDOC-CRM, in the words of Linked Art), and for search engines and cards."""
