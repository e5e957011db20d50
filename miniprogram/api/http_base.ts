/**
 * Where the HTTP API of a socket's server is: `wss://host/ws` belongs to `https://host`, and `wss://host/quotes/ws`, behind a
 * proxy, to `https://host/quotes`. The API's paths and links, which begin with a slash, follow it.
 *
 * @param socketUrl As `checkServerAddress` leaves it.
 */
export function httpBase(socketUrl: string): string {
  const [address = ""] = socketUrl.split("?");
  const lastSlash = address.lastIndexOf("/");
  const isPath = lastSlash > address.indexOf("//") + 1;
  return (isPath ? address.slice(0, lastSlash) : address).replace(/^ws/i, "http");
}
