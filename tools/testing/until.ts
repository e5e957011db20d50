/** Waits until `holds`, looking again every 50 ms. @throws Error with `complaint` after `timeoutMs` */
export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs: number,
  complaint: string,
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!await holds()) {
    if (performance.now() > deadlineMs) throw new Error(`After ${timeoutMs} ms: ${complaint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
