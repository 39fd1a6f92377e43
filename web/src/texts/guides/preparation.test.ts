import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TESTS } from '../tests';
import type { Preparation } from './preparation';
import { distanceLabel, heightLabel, turnBetweenViews, viewLine } from './preparation';

const THRESHOLDS = readFileSync(
  new URL('../../../../crates/catalog/data/thresholds.toml', import.meta.url),
  'utf8',
);

/** What the scorer says of a test, under its heading. */
function scorerOf(slug: string): { view: string; needed: string } {
  const table = THRESHOLDS.split(`\n[${slug}]\n`)[1]?.split('\n[')[0] ?? '';
  const needed = Array.from(table.matchAll(/^\w+_needed = \[(.*)\]/gm), ([, parts]) => parts);
  return { view: /^view = "(.*)"/m.exec(table)?.[1] ?? '', needed: needed.join() };
}

/** How the scorer calls what a preparation asks for. */
function viewOf({ views, viewsAreChoice, position }: Preparation): string {
  if (viewsAreChoice) return 'side-or-front';
  if (position === 'on-side') return 'lying-front';
  if (views.every((view) => view === 'front')) return 'front';
  return views.includes('front') ? 'front-then-side' : 'side';
}

describe.each(TESTS)('the preparation of $slug', ({ slug, preparation, setUp, steps, view }) => {
  const { phone, metres, height, position, picture, beside, views } = preparation;
  const words = [...setUp, ...steps].join(' ');

  test('asks for the view that is scored', () => {
    expect(viewOf(preparation)).toBe(scorerOf(slug).view);
  });

  test('shows the parts of the body that are scored', () => {
    const { needed } = scorerOf(slug);
    if (picture.to === 'hips') expect(needed).not.toMatch(/knee|ankle|foot/);
    else expect(needed).toMatch(/ankle|foot/);
  });

  test('puts the phone where the sentences say', () => {
    expect(metres).toBeGreaterThanOrEqual(1.5);
    expect(metres).toBeLessThanOrEqual(4);
    expect(setUp[0]).toContain(`${metres} metres`);
    expect(setUp[0]).toContain(height === 'floor' ? 'low' : `${height} height`);
    expect(setUp[0]).toContain(phone === 'upright' ? 'upright' : 'on its side');
    expect(distanceLabel(preparation)).toBe(`${metres} m`);
    expect(heightLabel(preparation)).toContain(height);
  });

  test('lays the phone on its side for who lies, and stands it up for who does not', () => {
    const onTheFloor = ['on-back', 'on-side', 'face-down', 'hands-and-knees'].includes(position);
    expect(phone).toBe(onTheFloor ? 'on-its-side' : 'upright');
  });

  test('says what has to be in the picture', () => {
    expect(setUp).toContain(picture.check);
    expect(picture.check).toMatch(picture.to === 'hips' ? /hips/ : /foot|feet|leg/);
    if (picture.from === 'hands') expect(picture.check).toMatch(/hand|arm/);
  });

  test('names what stands beside the body, and nothing else', () => {
    expect(/from the wall/.test(setUp[0] ?? '')).toBe(beside === 'wall');
    expect(/bench or chair without arms/.test(words)).toBe(beside === 'seat');
    expect(/a wall or a chair that you can hold/.test(words)).toBe(beside === 'support');
  });

  test('turns the body as the steps do', () => {
    const said = {
      front: /fac(e|ing)|front to the camera/i,
      side: /side to the camera|from the side/i,
      'other-side': /turn round/i,
      'right-side': /right side to the camera|right side/i,
      'left-side': /left side is to the camera/i,
    };
    for (const shown of views) expect(words, shown).toMatch(said[shown]);
    if (views.length > 1) {
      const turns = {
        quarter: /quarter turn/,
        half: /Turn round/,
        over: /Turn over/,
        choice: /may also face/,
      };
      expect(words).toMatch(turns[turnBetweenViews(preparation)]);
    }
  });

  test('has its views in one line', () => {
    expect(view).toMatch(/^[A-Z].{5,}[a-z]$/);
  });
});

test.each<[string, Partial<Preparation>, string]>([
  ['one view', {}, 'Facing the camera'],
  ['two views', { views: ['front', 'side'] }, 'Facing the camera, then side-on'],
  ['both sides', { views: ['right-side', 'left-side'] }, 'Side-on, then the other side'],
  [
    'the same view twice',
    { views: ['front', 'front'], position: 'on-side' },
    'Facing the camera, lying on one side',
  ],
  ['a choice', { views: ['side', 'front'], viewsAreChoice: true }, 'Side-on or facing the camera'],
  ['a wall', { beside: 'wall' }, 'Facing the camera, your back to a wall'],
  ['the upper body', { picture: { from: 'head', to: 'hips', check: '' } }, 'Facing the camera, head to hips'],
])('%s in one line', (_, change, line) => {
  const preparation: Preparation = {
    position: 'standing',
    phone: 'upright',
    height: 'hip',
    metres: 3,
    views: ['front'],
    picture: { from: 'head', to: 'feet', check: '' },
    ...change,
  };
  expect(viewLine(preparation)).toBe(line);
});
