"""From a document, however it was written, to the draft of a plan with everything that a person should look at."""
