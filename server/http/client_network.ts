const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Groups of an IPv6 address that name the network: the first 64 bits. */
const NETWORK_GROUPS = 4;

/**
 * What limits by address count by: an IPv4 address, or the network of an IPv6 address. Whoever has one IPv6 address has
 * the whole network of it, 2^64 addresses, so each by itself would be no limit.
 *
 * @param address As the system writes it.
 */
export function networkOf(address: string): string {
  const mapped = MAPPED_IPV4.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const last = tail === "" ? [] : tail.split(":");
    while (groups.length + last.length < 8) groups.push("0");
    groups.push(...last);
  }
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
