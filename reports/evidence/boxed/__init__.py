"""What opens files that came from outside. It runs in a process of its own, under limits, through `box.py`.

Nothing here imports Django or another part: the process has no settings, no secrets and no database.
"""
