/** IPv4 addresses under which other devices on the same network reach this machine, the likeliest first. */
export function lanAddresses(): string[] {
  return Deno.networkInterfaces()
    .filter(({ family, address }) =>
      family === "IPv4" && !address.startsWith("127.") && !address.startsWith("169.254.")
    )
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ address }) => address);
}

/** Bridges of containers and virtual machines come last: a phone cannot reach them. */
function rank(name: string): number {
  return /^(docker|br-|veth|virbr|vmnet|utun|tun|tap|zt)/.test(name) ? 1 : 0;
}
