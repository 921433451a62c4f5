"""What nest_asyncio2 is for."""

import nest_asyncio2

nest_asyncio2.apply()
