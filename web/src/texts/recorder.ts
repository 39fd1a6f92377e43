/** Every word of the recorder, on screen and spoken. */

import type { CameraProblem } from '../recorder/camera';
import type { Cue } from '../recorder/framing';
import type { HeldPosition } from '../recorder/hold';
import type { RecordingEnd } from '../recorder/recording';

export const RECORDER = {
  title: (test: string) => `Record your ${test.toLowerCase()}`,
  close: 'Close',
  opening: 'Opening the recorder…',
  asking: 'Waiting for the camera. Your browser may ask you to allow it.',
  preview: 'What the camera sees',
  camera: 'Camera',
  unnamedCamera: (number: number) => `Camera ${number}`,

  turnWide: 'Lay the phone on its side: you fit in better.',
  turnTall: 'Stand the phone upright: you fit in better.',
  delay: 'Time to get in place',
  delaySeconds: (count: number) => `${count} seconds`,
  start: 'Start',
  startInFrame: 'Start when I am in frame',
  voice: 'Speak the countdown and the cues',
  cancelStart: 'Do not start yet',
  waiting: 'Get in frame. The recording starts by itself.',
  lost: 'We cannot see you any more, so start by hand.',
  steps: 'Steps',

  recordingTime: 'Recording time',
  clock: (elapsed: string, longest: string) => `${elapsed} of ${longest}`,
  holdTime: 'In position',
  holdLongest: (held: string) => `Longest so far: ${held}`,
  holdNotYet: 'Runs while you are in position',
  holdLive: 'A live estimate. The result comes from the video.',
  stop: 'Stop',
  stopping: 'Finishing the recording…',

  review: 'Look at your recording',
  reviewVideo: 'Your recording',
  use: 'Use this video',
  again: 'Record again',
  chooseInstead: 'Choose a file instead',

  spokenVoice: 'Voice on.',
  spokenStart: 'Get in place.',
  spokenGo: 'Go.',
  spokenDone: 'Recording finished.',
} as const;

export const POSITIONS: Readonly<Record<HeldPosition, string>> = {
  plank: 'In position',
  left: 'On your left leg',
  right: 'On your right leg',
};

export const CUES: Readonly<Record<Cue, string>> = {
  nobody: 'We do not see you yet. Step into the picture.',
  'step-back': 'Step back.',
  'come-closer': 'Come closer.',
  'move-left': 'Move to the left.',
  'move-right': 'Move to the right.',
  'head-out': 'Your head is not in the picture. Step back or tilt the camera up.',
  'hands-out': 'There is no room for your hands. Step back.',
  'feet-out': 'Your feet are not in the picture. Step back or tilt the camera down.',
  'hips-out': 'Your hips are not in the picture. Step back or tilt the camera down.',
  good: 'You are in frame.',
};

/** What somebody on the floor can do about it: people do not step back there. */
export const CUES_ON_FLOOR: Partial<Readonly<Record<Cue, string>>> = {
  nobody: 'We do not see you yet. Get down where the camera sees you.',
  'step-back': 'Move the camera back.',
  'come-closer': 'Get into position, or move the camera closer.',
  'head-out': 'Your head is not in the picture. Move along or move the camera back.',
  'hands-out': 'Your hands are not in the picture. Move the camera back.',
  'feet-out': 'Your feet are not in the picture. Move along or move the camera back.',
};

export const ENDS: Partial<Readonly<Record<RecordingEnd, string>>> = {
  time: 'The recording reached its longest time and was stopped.',
  size: 'The recording reached its largest size and was stopped.',
  camera: 'The camera was disconnected. This is what was recorded until then.',
  hidden:
    'The page went to the background, so the recording was stopped. This is what was recorded until then.',
  broken: 'The browser stopped the recording. This is what was recorded until then.',
};

interface ProblemText {
  readonly title: string;
  readonly whatToDo: readonly string[];
}

export const CAMERA_PROBLEMS: Readonly<Record<CameraProblem, ProblemText>> = {
  denied: {
    title: 'The camera is not allowed',
    whatToDo: [
      'Open the settings of this site: the symbol beside the address, or the settings of your browser.',
      'Allow the camera there, then try again.',
      'On a phone, the browser itself must be allowed to use the camera in the settings of the phone.',
    ],
  },
  missing: {
    title: 'No camera was found',
    whatToDo: ['Connect a camera and try again, or record with your phone and choose the file here.'],
  },
  busy: {
    title: 'The camera is in use',
    whatToDo: ['Close other apps and tabs that use the camera, such as video calls, and try again.'],
  },
  insecure: {
    title: 'The camera needs a secure connection',
    whatToDo: ['Open this page with an address that begins with https, or choose a file.'],
  },
  unknown: {
    title: 'The recorder did not start',
    whatToDo: ['Try again. If it stays like this, record with the camera app and choose the file here.'],
  },
};

/** Minutes and seconds, as clocks show them. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
