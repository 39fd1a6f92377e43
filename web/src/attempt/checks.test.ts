import { expect, test } from 'vitest';
import { LIMITS, mediaTypeOf, objectionsTo, type VideoFacts } from './checks';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const good: VideoFacts = {
  name: 'squat.mp4',
  mediaType: 'video/mp4',
  bytes: 4_000_000,
  head: bytesOf('\0\0\0\x20ftypisom'),
  seconds: 21,
  motion: 0.8,
};

test.each<[string, Partial<VideoFacts>, string[]]>([
  ['a good video', {}, []],
  ['exactly the largest allowed', { bytes: LIMITS.bytes }, []],
  ['a byte too large', { bytes: LIMITS.bytes + 1 }, ['too-large']],
  ['exactly the longest allowed', { seconds: LIMITS.seconds }, []],
  ['a recorder that stopped a few frames late', { seconds: LIMITS.seconds + 0.4 }, []],
  ['a second too long', { seconds: LIMITS.seconds + 1 }, ['too-long']],
  ['too large and too long', { bytes: 80_000_000, seconds: 90 }, ['too-large', 'too-long']],
  ['an unreadable length, which the server may read', { seconds: undefined }, []],
  ['a photo, as a video', { motion: 0.01 }, ['no-motion']],
  ['just enough motion', { motion: 0.1 }, []],
  ['motion that cannot be told here', { motion: undefined }, []],
  ['an empty file', { bytes: 0, seconds: undefined }, ['empty']],
  ['a picture', { name: 'me.jpg', mediaType: 'image/jpeg' }, ['not-a-video']],
  ['a document without a media type', { name: 'notes.txt', mediaType: '' }, ['not-a-video']],
  ['a text that is called a video', { head: bytesOf('Dear diary,') }, ['other-inside']],
  [
    'a text that is too large as well',
    { head: bytesOf('Dear diary,'), bytes: 80_000_000 },
    ['other-inside', 'too-large'],
  ],
  [
    'a picture is told by its media type',
    { mediaType: 'image/png', head: bytesOf('\x89PNG') },
    ['not-a-video'],
  ],
  ['an empty file has no beginning', { bytes: 0, head: bytesOf('') }, ['empty']],
  ['a beginning that cannot be read here', { head: undefined }, []],
  ['a video without a media type', { name: 'IMG_0042.MOV', mediaType: '' }, []],
])('%s', (_name, changes, reasons) => {
  expect(objectionsTo({ ...good, ...changes }).map(({ reason }) => reason)).toEqual(reasons);
});

test.each([
  ['a.webm', 'video/webm;codecs="vp8"', 'video/webm'],
  ['a.bin', 'VIDEO/MP4', 'video/mp4'],
  ['a.m4v', 'video/x-m4v', 'video/mp4'],
  ['IMG_1.MOV', '', 'video/quicktime'],
  ['clip.webm', 'application/octet-stream', 'video/webm'],
  ['clip', '', undefined],
  ['clip.mp4', 'application/pdf', undefined],
])('the media type of %s (%s) is %s', (name, mediaType, expected) => {
  expect(mediaTypeOf({ name, mediaType })).toBe(expected);
});
