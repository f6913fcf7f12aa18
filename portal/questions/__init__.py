"""Forms that staff build: kinds of questions, their validation and rendering, done once."""
