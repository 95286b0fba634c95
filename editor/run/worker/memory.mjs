// Bounds the memory of WebAssembly: a language that is refused more says so to its code, as any language does that
// runs out of memory, instead of taking the browser's.

const PAGE_BYTES = 64 * 1024;

/** No memory grows beyond `megabytes` from now on. */
export function boundMemory(megabytes) {
  const most = megabytes * 1024 * 1024;
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function boundedGrow(pages) {
    if (this.buffer.byteLength + pages * PAGE_BYTES > most) throw new RangeError('no more memory');
    return grow.call(this, pages);
  };
}
