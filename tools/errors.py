class ToolError(Exception):
    """Something the person at the terminal can mend: one line, with what to do."""
