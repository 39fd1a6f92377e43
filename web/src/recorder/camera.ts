/** Cameras: what is asked of them, which of them to mirror, and what it means when they say no. */

/** Which camera: a certain one, or the one on a side of the phone. */
export type CameraChoice = { readonly deviceId: string } | { readonly facing: 'user' | 'environment' };

export interface CameraOption {
  readonly deviceId: string;
  /** Empty when the browser does not tell. */
  readonly label: string;
}

export interface OpenCamera {
  readonly stream: MediaStream;
  readonly deviceId: string | undefined;
  readonly mirrored: boolean;
}

/** Why there is no picture. */
export type CameraProblem = 'insecure' | 'denied' | 'missing' | 'busy' | 'unknown';

/** Large enough for the body to be found, small enough for 45 s to be decoded in a few. */
const LONG_SIDE = 640;
const SHORT_SIDE = 480;

/**
 * Constraints from what is wanted to whatever there is; each is tried when the one before is more than the camera can do. A phone
 * that stands upright gives a tall picture, everything else a wide one.
 */
export function constraintsFor(choice: CameraChoice, upright: boolean): MediaStreamConstraints[] {
  const width = { ideal: upright ? SHORT_SIDE : LONG_SIDE };
  const height = { ideal: upright ? LONG_SIDE : SHORT_SIDE };
  const frameRate = { ideal: 15, max: 30 };
  const which: MediaTrackConstraints =
    'deviceId' in choice
      ? { deviceId: { exact: choice.deviceId } }
      : { facingMode: { ideal: choice.facing } };
  return [
    { audio: false, video: { ...which, width, height, frameRate } },
    { audio: false, video: { ...which, width, height } },
    { audio: false, video: true },
  ];
}

/** Opens a camera, with less demanding constraints when it cannot meet them; rejects with what the browser says. */
export async function openCamera(
  devices: Pick<MediaDevices, 'getUserMedia'>,
  choice: CameraChoice,
  upright: boolean,
): Promise<OpenCamera> {
  let refusal: unknown;
  for (const constraints of constraintsFor(choice, upright)) {
    try {
      const stream = await devices.getUserMedia(constraints);
      const track = stream.getVideoTracks()[0];
      return {
        stream,
        deviceId: track?.getSettings().deviceId,
        mirrored: track === undefined || isMirrored(track),
      };
    } catch (error) {
      refusal = error;
      if (nameOf(error) !== 'OverconstrainedError') break;
    }
  }
  throw refusal;
}

/**
 * Some phones count width and height along their sensor, whichever way they are held, and cut a tall picture out of a wide one: asks
 * those again, the other way round. `picture` is what arrived.
 */
export async function turnBack(
  track: Pick<MediaStreamTrack, 'applyConstraints'>,
  picture: { readonly width: number; readonly height: number },
  upright: boolean,
): Promise<void> {
  if (!upright || picture.width <= picture.height) return;
  await track.applyConstraints({ width: { ideal: LONG_SIDE }, height: { ideal: SHORT_SIDE } });
}

/** The cameras to choose from; their names are known once one of them has been allowed. */
export async function listCameras(devices: Pick<MediaDevices, 'enumerateDevices'>): Promise<CameraOption[]> {
  const all = await devices.enumerateDevices();
  return all
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** People expect a mirror of a camera that looks at whoever looks at the screen: all but those on the back of a device. */
export function isMirrored(track: Pick<MediaStreamTrack, 'label' | 'getSettings'>): boolean {
  const { facingMode } = track.getSettings();
  if (facingMode !== undefined && facingMode !== '') return facingMode !== 'environment';
  return !/\b(back|rear|environment)\b/i.test(track.label);
}

export function cameraProblemOf(error: unknown, secure: boolean): CameraProblem {
  if (!secure) return 'insecure';
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unknown';
  }
}

export function stopCamera({ stream }: OpenCamera): void {
  for (const track of stream.getTracks()) track.stop();
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
