/** Talks with the worker of live pose: one picture, one answer. What breaks is an answer too. */

import type { Answer, Picture } from './messages';

export class Conversation {
  readonly #worker: Worker;
  #settle: ((answer: Answer) => void) | undefined;
  #ended = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#settle?.(data);
    // A script that cannot be loaded has no message.
    worker.onerror = ({ message }) => {
      this.#settle?.({ kind: 'failed', reason: message || 'its worker did not start' });
    };
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What the worker says next. */
  next(): Promise<Answer> {
    return new Promise((resolve) => {
      this.#settle = (answer) => {
        this.#settle = undefined;
        resolve(answer);
      };
    });
  }

  /** Hands a picture over. Once the conversation has ended nobody is found. */
  async ask(picture: Picture): Promise<Answer> {
    if (this.#ended) {
      picture.bitmap.close();
      return { kind: 'found', landmarks: undefined };
    }
    const answer = this.next();
    this.#worker.postMessage(picture, [picture.bitmap]);
    return answer;
  }

  end(): void {
    this.#ended = true;
    this.#worker.terminate();
    this.#settle?.({ kind: 'found', landmarks: undefined });
  }
}
