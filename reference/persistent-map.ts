/**
 * An immutable map from small integers to values: `with` and `without` share all but one path with the original, so a
 * copy is free. A radix trie, 32 slots a node; integer keys never collide, which keeps it this short.
 */
export class PersistentMap<Value> {
  private readonly root: Slots;
  /** How many bits of the key the levels above the leaves consume. */
  private readonly shift: number;
  readonly size: number;

  private constructor(root: Slots, shift: number, size: number) {
    this.root = root;
    this.shift = shift;
    this.size = size;
  }

  static empty<Value>(): PersistentMap<Value> {
    return new PersistentMap<Value>([], 0, 0);
  }

  get(key: number): Value | undefined {
    if (key >>> this.shift >= width) return undefined;
    let slots: Slots | undefined = this.root;
    for (let shift = this.shift; shift > 0 && slots !== undefined; shift -= bits) {
      slots = slots[(key >>> shift) & mask] as Slots | undefined;
    }
    return slots?.[key & mask] as Value | undefined;
  }

  /** This map with `value`, which must not be undefined, at `key`. */
  with(key: number, value: Value): PersistentMap<Value> {
    let { root, shift } = this;
    for (; key >>> shift >= width; shift += bits) root = [root];
    const size = this.get(key) === undefined ? this.size + 1 : this.size;
    return new PersistentMap(replaced(root, shift, key, value), shift, size);
  }

  /** This map without `key`. */
  without(key: number): PersistentMap<Value> {
    if (this.get(key) === undefined) return this;
    return new PersistentMap(
      replaced(this.root, this.shift, key, undefined),
      this.shift,
      this.size - 1,
    );
  }

  /** The values, by ascending key. */
  values(): Value[] {
    return collected<Value>(this.root, this.shift);
  }
}

type Slots = readonly unknown[];

const bits = 5;
const width = 1 << bits;
const mask = width - 1;

function replaced(slots: Slots, shift: number, key: number, value: unknown): Slots {
  const copy = slots.slice();
  const slot = (key >>> shift) & mask;
  while (copy.length < slot) copy.push(undefined);
  const child = shift > 0 ? ((copy[slot] ?? []) as Slots) : [];
  copy[slot] = shift > 0 ? replaced(child, shift - bits, key, value) : value;
  return copy;
}

function collected<Value>(slots: Slots, shift: number): Value[] {
  const present = slots.filter((slot) => slot !== undefined);
  if (shift === 0) return present as Value[];
  return present.flatMap((slot) => collected<Value>(slot as Slots, shift - bits));
}
