import { expect, test } from 'vitest';
import { type Capabilities, canRecord, FORMATS, recordingOptions, supportedFormats } from './formats';

function supporting(...parts: string[]) {
  return (mimeType: string) => parts.some((part) => mimeType.includes(part));
}

test.each<[string, string[], string | undefined]>([
  ['that can do everything', ['video/'], 'video/mp4;codecs=avc1.42E01E'],
  ['of an iPhone', ['video/mp4'], 'video/mp4;codecs=avc1.42E01E'],
  ['with H.264 in WebM alone', ['webm;codecs=h264', 'vp8', 'vp9'], 'video/webm;codecs=h264'],
  ['without H.264', ['vp8', 'vp9'], 'video/webm;codecs=vp8'],
  ['with VP9 alone', ['vp9'], 'video/webm;codecs=vp9'],
  ['with AV1 alone', ['av01', 'av1'], undefined],
])('a browser %s records in what decodes cheapest', (_name, parts, expected) => {
  expect(supportedFormats(supporting(...parts))[0]?.mimeType).toBe(expected);
});

test('no format records AV1, sound or an unlimited rate', () => {
  for (const format of FORMATS) {
    const options = recordingOptions(format);
    expect(options.mimeType).not.toMatch(/av0?1|opus|mp4a/);
    expect(options).not.toHaveProperty('audioBitsPerSecond');
    expect(options.videoBitsPerSecond).toBe(1_000_000);
    expect(options.videoKeyFrameIntervalDuration).toBe(3000);
  }
});

const RECORDER = { isTypeSupported: supporting('vp8') };

test.each<[string, Capabilities, boolean]>([
  [
    'with all it takes',
    { navigator: { mediaDevices: { getUserMedia() {} } }, MediaRecorder: RECORDER },
    true,
  ],
  ['on an insecure page', { navigator: {}, MediaRecorder: RECORDER }, false],
  ['without a recorder', { navigator: { mediaDevices: { getUserMedia() {} } } }, false],
  [
    'without a format',
    { navigator: { mediaDevices: { getUserMedia() {} } }, MediaRecorder: { isTypeSupported: () => false } },
    false,
  ],
])('a browser %s is offered the recorder or not', (_name, capabilities, expected) => {
  expect(canRecord(capabilities)).toBe(expected);
});
