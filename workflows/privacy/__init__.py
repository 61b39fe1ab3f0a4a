"""Personal data: where it lies, how it is erased and how it is handed to whom it belongs."""
