/**
 * One wait, however many shapes are shown for it, one after the other: for who is signed in, for the script of a page, for what it
 * asks the API. Without it each of them would fade in anew.
 */
export class Wait {
  #shown = 0;
  #since = 0;

  /** Milliseconds that were waited already when a shape is about to be shown at `now`. */
  before(now: number): number {
    return this.#shown === 0 ? 0 : now - this.#since;
  }

  /** A shape is shown at `now`, after `waited` milliseconds; until the returned function is called. */
  show(now: number, waited: number): () => void {
    this.#since = now - waited;
    this.#shown += 1;
    return () => {
      this.#shown -= 1;
    };
  }
}
