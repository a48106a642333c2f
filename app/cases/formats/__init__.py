"""What the readers of files share: kinds, refusals, white space; the inside of HTML and DOCX."""
