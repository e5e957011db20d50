"""A client of the Python package websockets: it shares no code with Tickwire.

Usage: websockets_client.py <url> <alive|mute> <ms>
"alive" answers pings and leaves after <ms>; "mute" says hello and nothing more. Prints one line of JSON at its end.
"""
import asyncio
import json
import sys

import websockets


async def main(url: str, manner: str, span_ms: int) -> None:
    report = {"counts": {}, "lastPrices": {}}
    offered = ["tickwire.v2.json", "tickwire.v1.json"]
    async with websockets.connect(url, subprotocols=offered, ping_interval=None) as socket:
        report["protocol"] = socket.subprotocol
        await socket.send(json.dumps({"type": "hello", "client": "websockets"}))
        if manner == "alive":
            symbols = ["600519.SH", "000001.SZ"]
            channels = ["quote", "candle"]
            await socket.send(json.dumps({"type": "subscribe", "id": 1, "symbols": symbols, "channels": channels}))
            asyncio.get_running_loop().call_later(
                span_ms / 1000, lambda: asyncio.ensure_future(socket.close(1000, "seen enough"))
            )
        try:
            async for text in socket:
                message = json.loads(text)
                kind = message["type"]
                report["counts"][kind] = report["counts"].get(kind, 0) + 1
                for quote in message.get("quotes", []):
                    if "lastPrice" in quote:
                        report["lastPrices"][quote["symbol"]] = quote["lastPrice"]
                if kind == "ping" and manner == "alive":
                    await socket.send(json.dumps({"type": "pong", "pingTimeMs": message.get("timeMs")}))
        except websockets.ConnectionClosed:
            pass
        report["code"] = socket.close_code
        report["reason"] = socket.close_reason
    print(json.dumps(report))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
