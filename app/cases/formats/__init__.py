"""What the readers of files share: what a file is, what is refused, and the inside of DOCX and PDF."""
