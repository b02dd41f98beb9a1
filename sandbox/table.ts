/**
 * Rows by key, with the one weakness that the vendors' stores have too: a list may lag behind a write. Reading one row
 * by its key is always up to date; `listed` shows a hidden change only when its time has come (the fault `hideFor`).
 */
interface HiddenChange<Row> {
  readonly key: string;
  /** What lists still show; nothing if the row was created by the hidden change. */
  readonly before: Row | undefined;
  readonly until: number;
}

export class Table<Row> {
  readonly #rows = new Map<string, Row>();
  #hidden: HiddenChange<Row>[] = [];

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  set(key: string, row: Row): void {
    this.#rows.set(key, row);
  }

  delete(key: string): boolean {
    return this.#rows.delete(key);
  }

  /** All rows as they are. */
  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** All rows as a list shows them. */
  listed(): Row[] {
    const hidden = this.#hiddenNow();
    if (hidden.size === 0) return this.all();
    const shown = [...this.#rows].map(([key, row]) => (hidden.has(key) ? hidden.get(key) : row));
    const deleted = [...hidden].filter(([key]) => !this.#rows.has(key)).map(([, before]) => before);
    return [...shown, ...deleted].filter((row) => row !== undefined);
  }

  /** One row as a list shows it. */
  listedRow(key: string): Row | undefined {
    const hidden = this.#hiddenNow();
    return hidden.has(key) ? hidden.get(key) : this.#rows.get(key);
  }

  /** Hides the effects of `change` from lists for the given time. */
  async hideWhile<Result>(milliseconds: number, change: () => Promise<Result>): Promise<Result> {
    const before = structuredClone(this.#rows);
    const result = await change();
    const until = Date.now() + milliseconds;
    for (const key of new Set([...before.keys(), ...this.#rows.keys()])) {
      if (JSON.stringify(before.get(key)) === JSON.stringify(this.#rows.get(key))) continue;
      this.#hidden.push({ key, before: before.get(key), until });
    }
    return result;
  }

  #hiddenNow(): Map<string, Row | undefined> {
    this.#hidden = this.#hidden.filter(({ until }) => until > Date.now());
    // Of several hidden changes of a row, lists show what was before the first.
    return new Map(this.#hidden.toReversed().map(({ key, before }) => [key, before]));
  }
}
