import { expect, test } from 'vitest';
import { isVoiceWanted, rememberVoice } from './voice';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const forbidden = () => {
  throw new DOMException('no storage', 'SecurityError');
};

test('the voice is off until somebody asks for it, and that is remembered', () => {
  const kept = storage();
  expect(isVoiceWanted(() => kept)).toBe(false);
  rememberVoice(true, () => kept);
  expect(isVoiceWanted(() => kept)).toBe(true);
  rememberVoice(false, () => kept);
  expect(isVoiceWanted(() => kept)).toBe(false);
});

test('storage that is switched off breaks nothing', () => {
  expect(() => rememberVoice(true, forbidden)).not.toThrow();
  expect(isVoiceWanted(forbidden)).toBe(false);
});
