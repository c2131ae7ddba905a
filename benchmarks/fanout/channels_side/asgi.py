"""One group that everybody who connects is a member of; no rights."""

from benchmarks.fanout.channels_side.layer import GROUP, set_up

set_up()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402


class Consumer(AsyncWebsocketConsumer):
    groups = [GROUP]

    async def change(self, event):
        await self.send(text_data=event["text"])


application = ProtocolTypeRouter({"websocket": Consumer.as_asgi()})
