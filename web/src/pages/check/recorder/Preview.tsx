/** The camera's picture with all that lies over it: guide, skeleton, cue, countdown, clocks. */

import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import type { OpenCamera } from '../../../recorder/camera';
import { turnBack } from '../../../recorder/camera';
import type { Size } from '../../../recorder/guideDrawing';
import { RECORDER } from '../../../texts/recorder';
import { isUpright } from './device';

interface Props {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: OpenCamera | undefined;
  /** What lies over the picture, in the picture's own units. */
  readonly layers: (picture: Size) => ReactNode;
  /** What stands at the edges of it. */
  readonly children: ReactNode;
}

export function Preview({ video, camera, layers, children }: Props) {
  const [picture, setPicture] = useState<Size>({ width: 640, height: 480 });

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = camera?.stream ?? null;
    return () => {
      element.srcObject = null;
    };
  }, [video, camera]);

  const measure = (element: HTMLVideoElement) => {
    const { videoWidth: width, videoHeight: height } = element;
    if (width === 0) return;
    setPicture({ width, height });
  };
  const opened = (element: HTMLVideoElement) => {
    measure(element);
    const track = camera?.stream.getVideoTracks()[0];
    const size = { width: element.videoWidth, height: element.videoHeight };
    // A camera that will not turn keeps the picture that it has.
    if (track !== undefined) turnBack(track, size, isUpright()).catch(() => measure(element));
  };

  return (
    <div className="film">
      <video
        ref={video}
        className={camera?.mirrored === true ? 'film-layer mirrored' : 'film-layer'}
        aria-label={RECORDER.preview}
        autoPlay
        muted
        playsInline
        disablePictureInPicture
        onLoadedMetadata={(event) => opened(event.currentTarget)}
        onResize={(event) => measure(event.currentTarget)}
      />
      {camera !== undefined && layers(picture)}
      {children}
    </div>
  );
}
