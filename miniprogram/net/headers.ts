/** The header of that name, written in small letters; platforms name headers in whatever case they like. */
export function headerOf(headers: object | undefined, wanted: string): unknown {
  const [, value] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return value;
}
