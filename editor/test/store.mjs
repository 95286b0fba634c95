// Keeps rows in memory as a browser keeps them, across the pages of one person.

/** Stands in for `Kept`; `rows` are shared by the pages of one scope. */
export class MemoryStore {
  static #pages = 0;
  #page = (MemoryStore.#pages += 1);

  constructor(rows = new Map()) {
    this.rows = rows;
  }

  async add(_answer, count, update) {
    this.rows.set(`${this.#page}/${count}`, { key: `${this.#page}/${count}`, page: this.#page, count, update });
    return true;
  }

  async removeThrough(_answer, count) {
    for (const [key, row] of this.rows) if (row.page === this.#page && row.count <= count) this.rows.delete(key);
  }

  async removeRows(keys) {
    for (const key of keys) this.rows.delete(key);
  }

  async load() {
    return [...this.rows.values()];
  }
}
