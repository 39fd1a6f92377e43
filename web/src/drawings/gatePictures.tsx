/** For each reason to refuse a video the picture that is refused, and what the picture that passes has beside the test's own body. */

import type { ReactNode } from 'react';
import { movedBy, type Part } from './body';
import { Clock, Going, Plant, type Size, Steps, Sun, TimeBar, Unplayable } from './GateSigns';
import { POSES, STANDING } from './poses';
import { extentOf, type Frame, posed } from './staging';

/** What there is to draw with: the test's body in its first view, the same from the wrong side, the frame around it. */
export interface Scene extends Size {
  readonly body: readonly Part[];
  readonly askew: readonly Part[];
  readonly frame: Frame;
  /** Whether the test moves so little that someone who stands still looks like it. */
  readonly almostStill: boolean;
}

/** What is left out is as the scene has it. */
export interface Picture {
  readonly bodies?: readonly (readonly Part[])[];
  readonly frame?: Frame;
  readonly className?: string;
  readonly sign?: ReactNode;
}

/** Units of a drawing that a sign takes at its top. */
const SIGN = 22;
/** Share of a frame that is seen from too near. */
const NEAR = 0.6;
/** Metres that stay free around the head. */
const HEADROOM = 0.03;

type Pair = readonly [wrong: Picture, right?: Picture];

const PAIRS: Readonly<Record<string, (scene: Scene) => Pair>> = {
  INVALID_NO_PERSON: () => [{ bodies: [] }],
  LOW_CONFIDENCE: () => [{ className: 'screen-alike' }],
  LOW_QUALITY: ({ body }) => [
    { bodies: [-0.06, 0.06, 0].map((by) => movedBy(body, [by, 0, 0])), className: 'screen-shaken' },
  ],
  NO_MOTION: (scene) => [signed(scene, <Going on={false} />), signed(scene, <Going on />)],
  BAD_LIGHTING: (scene) => {
    const { width } = scene;
    return [
      { ...signed(scene, <Sun x={width - 17} y={17} />), className: 'screen-dark' },
      signed(scene, <Sun x={17} y={17} />),
    ];
  },
  TOO_DARK: (scene) => [
    { ...signed(scene, null), className: 'screen-dark' },
    signed(scene, <Sun x={17} y={17} />),
  ],
  TOO_BRIGHT: (scene) => [
    { ...signed(scene, <Sun x={scene.width - 19} y={19} large />), className: 'screen-bright' },
    signed(scene, null),
  ],
  WRONG_ANGLE: ({ askew }) => [{ bodies: [askew], frame: extentOf(askew) }],
  OCCLUSION: (size) => [{ sign: <Plant {...size} /> }],
  OUT_OF_FRAME: (scene) => [{ frame: tooClose(scene) }],
  WRONG_MOVEMENT: (scene) => {
    const other = resting(scene);
    return [{ bodies: [other], frame: extentOf(other) }];
  },
  MULTIPLE_PEOPLE: ({ body, frame }) => {
    const other = movedBy(posed(STANDING, 0), [frame.left, 0, 0]);
    return [{ bodies: [other, body], frame: extentOf([...other, ...body]) }];
  },
  TOO_SHORT: (scene) => [timed(scene, 0.3), timed(scene, 0.95)],
  TOO_LONG: (scene) => [timed(scene, 1.3), timed(scene, 0.95)],
  INCOMPLETE: (scene) => [signed(scene, <Steps done={1} />), signed(scene, <Steps done={3} />)],
  UNREADABLE_VIDEO: (size) => [{ bodies: [], sign: <Unplayable {...size} /> }],
  OVER_TIME: (scene) => [signed(scene, <Clock share={1} />), signed(scene, <Clock share={0.3} />)],
};

/** Undefined for a reason that was invented after this client. */
export function gatePictures(
  code: string,
  scene: Scene,
): readonly [wrong: Picture, right: Picture] | undefined {
  const pair = PAIRS[code]?.(scene);
  return pair && [pair[0], pair[1] ?? {}];
}

/** Someone who does not do the test. */
function resting({ almostStill }: Scene): Part[] {
  return almostStill ? posed(POSES['lateral-lunge'], 0) : posed(STANDING, 0);
}

function timed(scene: Scene, share: number): Picture {
  return signed(scene, <TimeBar width={scene.width} share={share} />);
}

/** A sign above the body. */
function signed({ frame, height }: Scene, sign: ReactNode): Picture {
  const tall = frame.top - frame.bottom;
  return { frame: { ...frame, top: frame.top + (tall * SIGN) / (height - SIGN) }, sign };
}

/** What a camera sees that is too near: the head, but not the other end of the body. */
function tooClose({ body, frame }: Scene): Frame {
  const head = extentOf(body.filter(({ name }) => name === 'head'));
  const [left, right] = endWith([head.left, head.right], [frame.left, frame.right]);
  const [bottom, top] = endWith([head.bottom, head.top], [frame.bottom, frame.top]);
  return { left, right, top, bottom };
}

/** The end of a stretch at which `kept` is. */
function endWith(kept: readonly [number, number], [from, to]: readonly [number, number]): [number, number] {
  const size = (to - from) * NEAR;
  const start = kept[0] + kept[1] > from + to ? to - size : from;
  const first = Math.max(Math.min(start, kept[0] - HEADROOM), kept[1] + HEADROOM - size);
  return [first, first + size];
}
