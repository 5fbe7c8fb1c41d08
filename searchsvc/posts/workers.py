"""Workers: processes that read files side by side, for a run that has many to read.

A worker is given the paths of a few files at a time and gives back Readings; so neither files nor
posts gather anywhere. They come in the order of the files, and are the same as without workers.

On Linux workers are forked, which takes no time, if this program has no other threads: a fork
copies their locks as they are, held perhaps by nobody who could let go. Elsewhere new processes
are started, which import all anew. They end with their work, with an error and with Ctrl-C, and
by themselves when this process is killed: the lock of the index would be theirs until then.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import batched if sys.version_info >= (3, 12) else islice
