/**
 * Catches that a part of the client could not be loaded: the connection was lost before it came, or a new build has replaced it.
 * Browsers remember that a script failed, so only loading the page again helps.
 */

import { Component, type ReactNode } from 'react';
import { PAGES } from '../pages';
import { BARS } from '../texts/bars';
import { ProblemNotice } from './ProblemNotice';

interface Props {
  readonly children: ReactNode;
}

export class LoadBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <ProblemNotice
        title={BARS.partTitle}
        whatToDo={BARS.part}
        onRetry={() => window.location.reload()}
        onLeave={() => window.location.assign(PAGES.start)}
      />
    );
  }
}
