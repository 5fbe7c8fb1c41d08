"""How good the ranking is, beside other engines on the same posts. `make bench-quality`.

| file | the one question it answers |
|---|---|
| `data.py` | Where do posts, judged queries and misspellings come from? |
| `cases.py` | What is asked, what should be found, and in which half is it? |
| `engines.py` | What is asked of an engine, and which are there? |
| `ours.py`, `peers/` | How is each one asked, at its best? |
| `measuring.py` | How does one engine do on one set? |
| `remembered.py` | What have others answered before? |
| `report.py` | How is it shown? |

Nothing is random: two runs of the same versions print the same.
"""
