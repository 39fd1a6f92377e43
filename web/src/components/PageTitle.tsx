/** The heading of a page: names the document and takes the focus when the page appears. */

import { type ReactNode, useEffect, useRef } from 'react';
import { UI } from '../texts/ui';

interface Props {
  readonly children: string;
  readonly before?: ReactNode;
  /** False for the first page of a visit: the browser's own order is right there. */
  readonly takesFocus?: boolean;
}

export function PageTitle({ children, before, takesFocus = true }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · ${UI.name}`;
    if (takesFocus) heading.current?.focus();
  }, [children, takesFocus]);
  return (
    <>
      {before}
      <h1 className="title" ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
