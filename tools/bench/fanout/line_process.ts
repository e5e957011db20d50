/** A program that takes commands by the line and answers each with one line of JSON. It is killed when it is disposed of. */
export class LineProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #name: string;
  readonly #lines: AsyncIterator<string>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #errors: Promise<string>;

  constructor(name: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#name = name;
    this.#child = new Deno.Command(command, {
      args: [...args],
      cwd: new URL("../../..", import.meta.url),
      env: { NO_COLOR: "1", ...env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#writer = this.#child.stdin.getWriter();
    this.#errors = new Response(this.#child.stderr).text();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Sends a command that is not answered. */
  async tell(command: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(`${command}\n`));
  }

  /** Sends a command and waits for its answer. */
  async ask<T>(command: string): Promise<T> {
    try {
      await this.tell(command);
    } catch {
      // It has ended; what it said last is the better message.
    }
    return await this.answer();
  }

  /** Waits for the next line. @throws Error with what the program wrote to standard error, when it ends instead. */
  async answer<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value);
    const { code, signal } = await this.#child.status;
    const reason = (await this.#errors).trim() || (signal === "SIGALRM" ? "its time was up" : `code ${signal ?? code}`);
    throw new Error(`${this.#name} ended: ${reason}`);
  }

  /** Waits until it has ended by itself. */
  async ended(): Promise<void> {
    await this.#child.status;
  }

  /** Ends it at once; whoever waits for an answer gets an error. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.#child.status;
    await this.#errors;
    await this.#lines.return?.();
    await this.#writer.abort().catch(() => {});
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
}
