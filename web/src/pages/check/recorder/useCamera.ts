/** The camera while the recorder needs it: opened, listed, turned the right way, and always let go of. */

import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type CameraChoice,
  type CameraOption,
  type CameraProblem,
  cameraProblemOf,
  listCameras,
  type OpenCamera,
  openCamera,
  stopCamera,
} from '../../../recorder/camera';
import { isUpright } from './device';

interface Listener {
  readonly onOpened: () => void;
  readonly onRefused: (problem: CameraProblem) => void;
}

export interface CameraInUse {
  readonly camera: OpenCamera | undefined;
  readonly cameras: readonly CameraOption[];
}

/** Opens the camera whenever `wanted` turns true, and closes it when `needed` turns false or the recorder goes. */
export function useCamera(
  choice: CameraChoice,
  wanted: boolean,
  needed: boolean,
  { onOpened, onRefused }: Listener,
): CameraInUse {
  const [camera, setCamera] = useState<OpenCamera | undefined>();
  const [cameras, setCameras] = useState<readonly CameraOption[]>([]);
  const inUse = useRef<OpenCamera | undefined>(undefined);

  const letGo = useCallback(() => {
    if (inUse.current !== undefined) stopCamera(inUse.current);
    inUse.current = undefined;
    setCamera(undefined);
  }, []);
  useEffect(() => letGo, [letGo]);
  useEffect(() => {
    if (!needed) letGo();
  }, [needed, letGo]);

  useEffect(() => {
    if (!wanted) return;
    let stillWanted = true;
    const open = async () => {
      letGo();
      // Missing where the page did not come over a secure connection, whatever the types say.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) throw new Error('no media devices');
      const opened = await openCamera(devices, choice, isUpright());
      if (!stillWanted) return stopCamera(opened);
      inUse.current = opened;
      setCamera(opened);
      onOpened();
      // A browser that lists none has this one.
      setCameras(await listCameras(devices).catch(() => []));
    };
    open().catch((error: unknown) => {
      if (stillWanted) onRefused(cameraProblemOf(error, window.isSecureContext));
    });
    return () => {
      // Opened already, it stays open: only an opening that is under way is no longer wanted.
      if (inUse.current === undefined) stillWanted = false;
    };
  }, [wanted, choice, letGo, onOpened, onRefused]);

  useEffect(() => {
    const track = camera?.stream.getVideoTracks()[0];
    const lost = () => onRefused('missing');
    track?.addEventListener('ended', lost);
    return () => track?.removeEventListener('ended', lost);
  }, [camera, onRefused]);

  return { camera, cameras };
}
