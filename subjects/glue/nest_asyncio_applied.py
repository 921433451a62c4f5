"""What nest_asyncio is for."""

import nest_asyncio

nest_asyncio.apply()
