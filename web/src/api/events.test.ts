import { describe, expect, test } from 'vitest';
import { EventParser, readEvents, streamFormat } from './events';

const NDJSON =
  '{"type":"progress","done":1,"total":3}\n\n{"type":"note","text":"größer – 膝"}\r\n{"type":"result"}';
const SSE =
  ': keep-alive\nevent: progress\nid: 1\ndata: {"type":"progress","done":1,"total":3}\n\n' +
  'data: {"type":"note",\r\ndata:"text":"größer – 膝"}\r\n\r\nretry: 10\n\ndata: {"type":"result"}';
const EVENTS = [
  { type: 'progress', done: 1, total: 3 },
  { type: 'note', text: 'größer – 膝' },
  { type: 'result' },
];

function streamOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe.each([
  ['ndjson', NDJSON],
  ['sse', SSE],
] as const)('a stream of %s', (format, text) => {
  const bytes = new TextEncoder().encode(text);

  test.each([1, 2, 3, 7, 64, 4096])('gives the same events in pieces of %i bytes', async (size) => {
    const events: unknown[] = [];
    for await (const event of readEvents(streamOf(bytes, size), format)) events.push(event);
    expect(events).toEqual(EVENTS);
  });

  test('gives an event as soon as it is complete, not when the stream ends', async () => {
    const first = text.indexOf(format === 'sse' ? '\n\n' : '\n') + (format === 'sse' ? 2 : 1);
    expect(new EventParser(format).push(text.slice(0, first))).toEqual([EVENTS[0]]);
  });

  test('fails on what is not JSON', () => {
    expect(() => new EventParser(format).push('data: <html>\n\n')).toThrow(SyntaxError);
  });
});

test('stops the transfer when the reader leaves early', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('{"type":"progress"}\n'));
    },
    cancel() {
      cancelled = true;
    },
  });
  for await (const _event of readEvents(endless, 'ndjson')) break;
  expect(cancelled).toBe(true);
});

test.each([
  ['text/event-stream; charset=utf-8', 'sse'],
  ['TEXT/EVENT-STREAM', 'sse'],
  ['application/x-ndjson', 'ndjson'],
  ['application/json', 'ndjson'],
  [null, 'ndjson'],
])('content type %s is read as %s', (contentType, format) => {
  expect(streamFormat(contentType)).toBe(format);
});
