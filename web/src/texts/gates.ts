/** Why a video could not be scored: a heading per quality gate and kind of trouble, and what to do where the server does not say. */

export interface GateText {
  readonly title: string;
  readonly instruction: string;
}

export const GATES: Readonly<Record<string, GateText>> = {
  INVALID_NO_PERSON: {
    title: 'We could not see anyone',
    instruction: 'Stand where the camera sees your whole body and record again.',
  },
  LOW_CONFIDENCE: {
    title: 'You were hard to make out',
    instruction: 'Wear clothes that stand out from the background, use even light and record again.',
  },
  NO_MOTION: {
    title: 'Almost nothing moved',
    instruction: 'Record yourself live while you do the movement.',
  },
  BAD_LIGHTING: {
    title: 'The light was not right',
    instruction: 'Use even light from the front, no window or lamp behind you, and record again.',
  },
  TOO_DARK: {
    title: 'It was too dark',
    instruction:
      'Turn on more light or open the curtains, with the light in front of you and not behind, and record again.',
  },
  TOO_BRIGHT: {
    title: 'It was too bright',
    instruction: 'Turn the camera away from windows and lamps, keep the sun off its lens, and record again.',
  },
  WRONG_ANGLE: {
    title: 'The camera saw you from the wrong side',
    instruction: 'Set up the camera as the guide shows and record again.',
  },
  OCCLUSION: {
    title: 'Part of you was hidden',
    instruction: 'Clear the space between you and the camera, wear close-fitting clothes and record again.',
  },
  OUT_OF_FRAME: {
    title: 'You left the picture',
    instruction: 'Step back until your whole body, hands and feet included, stays in view, and record again.',
  },
  WRONG_MOVEMENT: {
    title: 'That looked like another movement',
    instruction: 'Read the steps of this test once more and record again.',
  },
  MULTIPLE_PEOPLE: {
    title: 'Someone else was in the picture',
    instruction: 'Make sure only you are in view and record again.',
  },
  TOO_SHORT: {
    title: 'The recording stopped too early',
    instruction: 'Keep recording until the movement is complete.',
  },
  TOO_LONG: {
    title: 'The recording is too long',
    instruction: 'Keep it to 45 seconds and record again.',
  },
  INCOMPLETE: {
    title: 'Part of the test is missing',
    instruction: 'Do every step of the guide in one recording.',
  },
  LOW_QUALITY: {
    title: 'The picture was not clear enough',
    instruction: 'Use even light, keep the camera still and your whole body in view, and record again.',
  },
  UNREADABLE_VIDEO: {
    title: 'We could not read this video',
    instruction: 'Record again here, or with your camera app as MP4 at 720p or less.',
  },
  OVER_TIME: {
    title: 'Scoring this video took too long',
    instruction:
      'Record at 720p or less, with 30 frames a second or fewer, and no longer than the test needs.',
  },
};

/** Never blank: a gate that was invented after this client still gets a heading and the server's own words. */
export function gateText(status: string, instruction: string | undefined): GateText {
  const known = GATES[status];
  return {
    title: known?.title ?? 'There is a problem with the video',
    instruction:
      instruction ?? known?.instruction ?? 'Read the steps of this test once more and record again.',
  };
}
