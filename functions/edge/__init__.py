"""Where the outside meets the workflows: bodies, headers, push envelopes, and errors as pages."""
