"""Other engines, each asked by the best interface that its documentation shows.

What could be chosen (boosts, ways to ask) is in each file's ``VARIANTS``; the defaults
are what was best in the half of the queries that is for choosing, over all corpora
together: `python -m bench.quality --variants` measures them again.
"""
