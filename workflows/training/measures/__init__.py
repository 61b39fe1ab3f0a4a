"""Pure measures over decisions on labelled letters."""
