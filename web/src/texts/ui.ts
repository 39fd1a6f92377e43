/** Every other word on the screen. */

import type { Objection } from '../attempt/checks';
import { LIMITS } from '../attempt/checks';
import { fileSize, seconds } from './format';

export const UI = {
  name: 'Flow Logic',
  disclaimer:
    'Flow Logic is a wellness product. It describes how you move; it is not a medical examination and gives no diagnosis. If something hurts or worries you, ask a doctor or physiotherapist.',
  skip: 'Skip to the content',
  startTitle: 'See how you move',
  startLead:
    'Film one short test. We follow 33 points of your body through the video, measure what they do and tell you in plain words.',
  privacy: 'Your video is deleted as soon as it is scored. Only measurements and a drawn skeleton stay.',

  chooseTest: 'Choose a test',
  getReady: 'Get ready',
  camera: 'Camera',
  setUp: 'Set up',
  whatToDo: 'What to do',
  oneRecording: 'All of it in one recording',
  pain: 'Does anything hurt today that this test would load?',
  painHint: 'Sharp pain, a fresh injury, dizziness or a doctor’s advice to rest all count.',
  painNo: 'No, I feel fine',
  painYes: 'Yes',
  painStopTitle: 'Then leave this test for now',
  painStop:
    'Do not test through pain. If it is new, strong or stays, have a doctor or physiotherapist look at it. You can come back any time.',

  video: 'Your video',
  limits: `MP4, MOV or WebM, at most ${LIMITS.seconds} seconds and ${LIMITS.bytes / 1_000_000} MB.`,
  record: 'Record a video',
  choose: 'Choose a video file',
  chooseOther: 'Choose another video',
  recordAgain: 'Record again',
  checking: 'Looking at the file…',
  submit: 'Score this video',
  lengthUnknown: 'length not readable here, we will check it',
  objections: 'This video will not work',

  running: (test: string) => `Scoring your ${test.toLowerCase()}`,
  anyTest: 'video',
  asking: 'Getting ready to send',
  sending: 'Sending your video',
  sent: 'Video sent',
  queued: 'Opening your video',
  scoring: 'Following you frame by frame',
  runAgain: 'Something broke on our side. We start over; it costs you nothing.',
  lost: (wait: number) => `Connection lost. Picking up again in ${wait} s. Nothing is lost.`,
  busy: 'All places are taken. Yours is next as soon as one is free; your video is kept.',
  cancel: 'Stop',
  frames: (done: number, total: number) => `${done} of ${total} frames`,
  bytes: (done: number, total: number) => `${fileSize(done)} of ${fileSize(total)}`,

  tryAgain: 'Try again',
  startOver: 'Start over',
  reference: 'Reference',
  failedTitle: 'We could not finish this one',
  failed:
    'Something broke on our side, several times. It did not cost you an attempt. Please send the video again.',
  neverArrived: (isHere: boolean) =>
    isHere
      ? 'Your video has not arrived in full. Send it again, or start over with another one.'
      : 'Your video has not arrived in full. Send it again: start over, then choose it or record another one.',

  refusedTitle: 'This video could not be scored',
  refusedLead: 'It does not count as a result. Fix this and record again:',
  refusedSteps: 'Read the steps again',

  noticed: 'What we noticed',
  nothingNoticed: 'Nothing stood out.',
  moments: 'Key moments',
  momentsLabel: 'Key moments, drawn; more to the side',
  momentAlt: (caption: string, at: number) => `Drawn skeleton at ${seconds(at)}: ${caption}`,
  momentMissing: 'This drawing could not be loaded.',
  measured: 'What we measured',
  measure: 'Measure',
  value: 'Value',
  perRepetition: 'each time',
  side: 'Side',
  outcome: 'Outcome',
  measuredSide: 'measured',
  notShown: 'not measured',
  repetitions: 'What we counted',
  what: 'What',
  when: 'When',
  decisive: 'key moment at',
  notMeasured: 'Not measured',
  notMeasuredLead: 'The video did not show this. It says nothing about whether it is fine.',
  severe: 'clearly',
  another: 'Do another test',
  again: 'Record this test again',
} as const;

/** Why a file is not sent, and what to do instead. */
export function objectionText(objection: Objection): string {
  switch (objection.reason) {
    case 'empty':
      return 'The file is empty. Record again. If that does not help, film with the camera app and choose its file.';
    case 'not-a-video':
      return 'This is not a video file. Choose a video that your camera recorded: MP4, MOV or WebM.';
    case 'other-inside':
      return 'Whatever its name says, this file is not MP4, MOV or WebM inside. Choose a video that your camera recorded.';
    case 'too-large':
      return `The file has ${fileSize(objection.bytes)}; ${LIMITS.bytes / 1_000_000} MB is the limit. Record at 720p or less.`;
    case 'too-long':
      return `The video lasts ${seconds(objection.seconds)}; ${LIMITS.seconds} seconds is the limit. Trim it, or record just the test.`;
    case 'no-motion':
      return 'Nothing moves in this video. Record yourself while you do the movement.';
  }
}
