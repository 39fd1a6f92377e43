/**
 * Reads a stream of JSON events as its pieces arrive: newline-delimited JSON or server-sent events, told apart by
 * the content type. Knows nothing of what the events mean.
 */

type StreamFormat = 'ndjson' | 'sse';

export function streamFormat(contentType: string | null): StreamFormat {
  return contentType?.toLowerCase().startsWith('text/event-stream') ? 'sse' : 'ndjson';
}

/** Turns text that arrives in pieces into events. A piece may end anywhere, even inside a line. */
export class EventParser {
  readonly #format: StreamFormat;
  #rest = '';
  #data: string[] = [];

  constructor(format: StreamFormat) {
    this.#format = format;
  }

  /** The events that `piece` completes. Throws `SyntaxError` when one is not JSON. */
  push(piece: string): unknown[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The event that was still open when the stream ended. */
  end(): unknown[] {
    const last = this.#rest;
    this.#rest = '';
    return [...(last === '' ? [] : this.#line(last)), ...this.#flush()];
  }

  #line(line: string): unknown[] {
    if (this.#format === 'ndjson') return line.trim() === '' ? [] : [JSON.parse(line)];
    if (line === '') return this.#flush();
    // Only the data matters: names, ids, retry hints and comments (keep-alives) are passed over.
    if (line.startsWith('data:')) this.#data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    return [];
  }

  #flush(): unknown[] {
    const data = this.#data.join('\n');
    this.#data = [];
    return data === '' ? [] : [JSON.parse(data)];
  }
}

/** The events of a response body, one after the other, as they arrive. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  format: StreamFormat,
): AsyncGenerator<unknown, void, void> {
  const parser = new EventParser(format);
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
    yield* parser.push(decoder.decode());
    yield* parser.end();
  } finally {
    // Whoever stops listening early also stops the transfer; what is left of the stream is of no use to anyone.
    reader.cancel().catch(() => undefined);
  }
}
