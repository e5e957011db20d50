/** Processor time of all threads that a process has now, in milliseconds, to the microsecond. Linux only: it reads /proc. */
export async function threadsCpuMs(pid: number): Promise<number> {
  let nanoseconds = 0;
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number((await Deno.readTextFile(`/proc/${pid}/task/${name}/schedstat`)).split(" ")[0]);
    } catch (error) {
      // A thread may end between the listing and the look at it.
      if (!(error instanceof Deno.errors.NotFound) && !isGone(error)) throw error;
    }
  }
  return nanoseconds / 1e6;
}

/** Linux answers ESRCH where the thread ended while its file was open. */
function isGone(error: unknown): boolean {
  return error instanceof Error && /os error 3\b/.test(error.message);
}

/** Files that a process started from here may have open at the most. */
export async function openFilesMax(): Promise<number> {
  const limits = await Deno.readTextFile("/proc/self/limits");
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === "unlimited" ? Infinity : Number(hard);
}

/**
 * Processor time that this machine's cores have spent on anything at all, added up, in milliseconds, to the hundredth of a
 * second. Time that a hypervisor took away counts.
 */
export async function busyCoresMs(): Promise<number> {
  // user nice system idle iowait irq softirq steal, in hundredths of a second
  const [user, nice, system, , , irq, softirq, steal] = (await Deno.readTextFile("/proc/stat")).split(/\s+/, 9).slice(1)
    .map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, time) => sum + (time ?? 0), 0) * 10;
}
