"""`make bench`: every measurement, each next to a peer measured in the same run."""

import asyncio

from bench import batches, courier, desk, statistics, turn

asyncio.run(batches.compare())
courier.main()
desk.main()
turn.main()
statistics.main()
