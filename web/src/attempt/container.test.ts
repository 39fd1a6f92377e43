import { expect, test } from 'vitest';
import { beginsLikeVideo, HEAD_BYTES } from './container';

test.each<[string, string, boolean]>([
  ['MP4', '\0\0\0\x20ftypisom\0\0\x02\0', true],
  ['MOV', '\0\0\0\x14ftypqt  \0\0\x02\0', true],
  ['a recording of a phone', '\0\0\0\x18ftypmp42\0\0\0\0', true],
  ['old QuickTime, the index first', '\0\0\x01\0moov\0\0\0\0', true],
  ['old QuickTime, the pictures first', '\0\0\0\x01mdat\0\0\0\0', true],
  ['old QuickTime with room at its start', '\0\0\0\x08wide\0\0\0\0', true],
  ['free space first', '\0\0\0\x08free\0\0\0\0', true],
  ['skipped space first', '\0\0\0\x08skip\0\0\0\0', true],
  ['WebM', '\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', true],
  ['Matroska', '\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', true],
  ['text', 'hello, world, this is text', false],
  ['text that speaks of a box', 'ftyp and moov are boxes', false],
  ['nothing but zeros', '\0\0\0\0\0\0\0\0\0\0\0\0', false],
  ['a file of three bytes', '\x1a\x45\xdf', false],
  ['a photo of a phone', '\0\0\0\x20ftypheic\0\0\0\0', false],
  ['sound', '\0\0\0\x20ftypM4A \0\0\0\0', false],
  ['AVI', 'RIFF\0\0\0\0AVI LIST', false],
  ['a picture', '\xff\xd8\xff\xe0\0\x10JFIF\0\x01', false],
])('%s', (_name, content, expected) => {
  const head = Uint8Array.from(content, (letter) => letter.charCodeAt(0)).subarray(0, HEAD_BYTES);
  expect(beginsLikeVideo(head)).toBe(expected);
});
