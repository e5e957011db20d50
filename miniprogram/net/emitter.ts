type Listener<Event> = (event: Event) => void;

/**
 * Delivers events to listeners in the order in which they were added.
 *
 * A listener that throws does not keep the others, or the caller, from their work: its error goes to `report`.
 */
export class Emitter<Events extends object> {
  private readonly listeners: { [Name in keyof Events]?: readonly Listener<Events[Name]>[] } = {};
  private readonly report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.report = report;
  }

  /** Returns the function that removes this listener again; calling it twice is allowed. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    // A wrapper of its own for each call, so that one function added twice is removed one at a time.
    const entry: Listener<Events[Name]> = (event) => listener(event);
    this.listeners[name] = [...(this.listeners[name] ?? []), entry];
    return () => {
      this.listeners[name] = (this.listeners[name] ?? []).filter((other) => other !== entry);
    };
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of this.listeners[name] ?? []) {
      // The list is replaced, never changed, so one removed during the delivery is still in this copy: ask before calling.
      if (!this.listeners[name]?.includes(listener)) continue;
      try {
        listener(event);
      } catch (error) {
        this.report(error);
      }
    }
  }
}
