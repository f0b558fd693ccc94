"""The files that come with the program: plan, directory and working calendar."""
