/** First in, first out. Both ends cost the same however long the queue is. */
export class ReadyQueue<Item> {
  private items: (Item | undefined)[] = new Array<Item | undefined>(initialSize);
  private head = 0;
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(item: Item): void {
    if (this.count === this.items.length) this.grow();
    this.items[(this.head + this.count++) & (this.items.length - 1)] = item;
  }

  shift(): Item | undefined {
    if (this.count === 0) return undefined;
    const item = this.items[this.head];
    this.items[this.head] = undefined;
    this.head = (this.head + 1) & (this.items.length - 1);
    this.count--;
    return item;
  }

  clear(): void {
    if (this.count === 0) return;
    this.items = new Array<Item | undefined>(initialSize);
    this.head = this.count = 0;
  }

  /** Doubles the ring; its size stays a power of two. */
  private grow(): void {
    const size = this.items.length;
    const items = [...this.items.slice(this.head), ...this.items.slice(0, this.head)];
    items.length = size * 2;
    this.items = items;
    this.head = 0;
  }
}

/** A power of two, and small: most loops never have more to do at once. */
const initialSize = 16;
