"""What stands for ever: completions."""
