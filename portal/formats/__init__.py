"""How dates are written, where Django has nothing for a language or something that can be misread."""
