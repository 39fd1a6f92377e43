/**
 * How a test is filmed: where the phone stands, how the body is turned to it, what has to be in the picture. The sentences of the
 * guides, the drawings and what the recorder looks for are all made from this, so that they cannot differ.
 */

export type Position =
  | 'standing'
  /** Standing or sitting, as one likes. */
  | 'upright'
  | 'sitting'
  | 'on-back'
  | 'on-side'
  | 'face-down'
  | 'hands-and-knees';

/** What the body turns to the camera. `side` is either side, `other-side` the one that `side` was not. */
export type BodyView = 'front' | 'side' | 'other-side' | 'right-side' | 'left-side';

/** The part of the body that the camera is level with in the position of the test; `floor` is as low as it will stand. */
export type CameraHeight = 'floor' | 'knee' | 'hip' | 'chest' | 'shoulder';

/** What is held still. */
export type HoldKind = 'plank' | 'single-leg';

export interface Preparation {
  readonly position: Position;
  readonly phone: 'upright' | 'on-its-side';
  readonly height: CameraHeight;
  /** From the camera to the body, or to the wall where there is one. */
  readonly metres: number;
  /** In the order in which they are filmed. */
  readonly views: readonly [BodyView, ...BodyView[]];
  /** One of the views is enough. */
  readonly viewsAreChoice?: true;
  /** What the test needs beside the body: a wall behind it, a seat, something to hold on to. */
  readonly beside?: 'wall' | 'seat' | 'support';
  /** The top and the bottom of what has to be seen, and how to check it, in words. */
  readonly picture: {
    readonly from: 'head' | 'hands';
    readonly to: 'feet' | 'hips';
    readonly check: string;
  };
  /** Being still is the test: no motion is asked for, and the time in position is shown. */
  readonly hold?: HoldKind;
}

const CLOTHES = 'Wear close-fitting clothes that stand out from the background. Bare feet are best.';
const ALONE = 'Even light from the front, nobody else in the picture.';

const VIEWS: Readonly<Record<BodyView, string>> = {
  front: 'Facing the camera',
  side: 'Side-on',
  'other-side': 'The other side',
  'right-side': 'Right side to the camera',
  'left-side': 'Left side to the camera',
};

const POSITIONS: Readonly<Record<Position, string | undefined>> = {
  standing: undefined,
  upright: undefined,
  sitting: 'sitting',
  'on-back': 'lying on your back',
  'on-side': 'lying on one side',
  'face-down': 'face down on the floor',
  'hands-and-knees': 'on hands and knees',
};

const BESIDE = {
  wall: [],
  seat: ['Sit on its front edge, facing the camera. Hips and knees are bent at right angles.'],
  support: ['Stand near a wall or a chair that you can hold if you need to.'],
} as const;

/** The lines under "Set up". */
export function setUpLines(preparation: Preparation): string[] {
  const { beside, picture } = preparation;
  const surroundings = beside === undefined ? [] : BESIDE[beside];
  return [cameraLine(preparation), ...surroundings, picture.check, CLOTHES, ALONE];
}

function cameraLine({ phone, height, metres, beside }: Preparation): string {
  const away = `about ${metres} metres`;
  if (beside === 'seat')
    return `Put a box, bench or chair without arms ${away} from the camera; the camera stands ${phone} at ${height} height of someone who sits, and level.`;
  const put = phone === 'upright' ? 'Put the camera upright' : 'Lay the phone on its side';
  const level = height === 'floor' ? ', low' : ` at ${height} height`;
  return `${put}${level}, ${away} ${beside === 'wall' ? 'from the wall' : 'away'}, and level.`;
}

/** The label of the camera's height in a drawing. */
export function heightLabel({ height }: Preparation): string {
  return height === 'floor' ? 'near the floor' : `${height} height`;
}

/** The label of the distance in a drawing. */
export function distanceLabel({ metres }: Preparation): string {
  return `${metres} m`;
}

/** A view, as the caption of its drawing. */
export function viewCaption(view: BodyView): string {
  return VIEWS[view];
}

/** All views and what they show, in one line. */
export function viewLine(preparation: Preparation): string {
  const { views, position, picture, beside } = preparation;
  const onlyUpper = picture.from === 'head' && picture.to === 'hips';
  return [
    viewsInWords(preparation, views),
    POSITIONS[position],
    beside === 'wall' && 'your back to a wall',
    onlyUpper && 'head to hips',
  ]
    .filter((words) => words)
    .join(', ');
}

function viewsInWords({ viewsAreChoice }: Preparation, views: Preparation['views']): string {
  const names = views.map((view) => (view === 'right-side' ? VIEWS.side : VIEWS[view]));
  const [first, second] = names.map((name) => (name === VIEWS['left-side'] ? VIEWS['other-side'] : name));
  if (second === undefined || second === first) return first ?? '';
  return `${first}${viewsAreChoice ? ' or' : ', then'} ${second.charAt(0).toLowerCase()}${second.slice(1)}`;
}

/** What happens between one view and the next. */
export type Turn = 'quarter' | 'half' | 'over' | 'choice';

export function turnBetweenViews({ views, viewsAreChoice, position }: Preparation): Turn {
  if (viewsAreChoice) return 'choice';
  if (position === 'on-side') return 'over';
  return views.includes('front') ? 'quarter' : 'half';
}

export const TURNS: Readonly<Record<Turn, string>> = {
  quarter: 'a quarter turn, then',
  half: 'turn round, then',
  over: 'turn over, then',
  choice: 'or',
};

/** What the drawings of a preparation say beside their labels. */
export const DRAWN = {
  cameraSees: 'What the camera sees',
  wear: 'What to wear',
  yes: 'Yes:',
  no: 'No:',
  wearYes: 'Close-fitting, unlike the background',
  wearNo: 'Loose, or the colour of the background',
} as const;
