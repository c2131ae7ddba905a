"""Settings of Django Channels, for its server and for the author."""

import os

import django
from django.conf import settings

GROUP = "benchmark"


def set_up() -> None:
    """Configure Django; the port of Redis is in the environment."""
    settings.configure(
        CHANNEL_LAYERS={
            "default": {
                "BACKEND": "channels_redis.core.RedisChannelLayer",
                "CONFIG": {
                    "hosts": [("127.0.0.1", int(os.environ["BENCHMARK_REDIS_PORT"]))],
                    # with the default (100), it would drop what waits
                    "capacity": 10_000,
                },
            }
        }
    )
    django.setup()
