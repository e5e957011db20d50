/** Where the kernel lists its TCP connections. Linux only. */
const TABLE = "/proc/net/tcp";

/**
 * What the kernel holds for each connection to a port of this machine, in bytes: what the server has sent and the peer has
 * not taken, wherever it is on its way. Setting the size of these buffers is beyond Deno, so only what is sent bounds them.
 */
export function kernelHeldBytes(port: number): number[] {
  const held = new Map<number, number>();
  const add = (clientPort: number, bytes: number) => held.set(clientPort, (held.get(clientPort) ?? 0) + bytes);
  for (const line of Deno.readTextFileSync(TABLE).split("\n").slice(1)) {
    // sl, local address, remote address, state, tx_queue:rx_queue; all in hexadecimal.
    const [, local, remote, state, queues] = line.trim().split(/\s+/);
    if (state !== "01" || !local || !remote || !queues) continue;
    const [localPort, remotePort] = [portOf(local), portOf(remote)];
    const [sent = 0, unread = 0] = queues.split(":").map((text) => parseInt(text, 16));
    if (localPort === port) add(remotePort, sent);
    if (remotePort === port) add(localPort, unread);
  }
  return [...held.values()];
}

function portOf(address: string): number {
  return parseInt(address.slice(address.indexOf(":") + 1), 16);
}
