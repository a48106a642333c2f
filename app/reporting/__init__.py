"""What managers and trainers read and download."""
