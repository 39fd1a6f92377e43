/**
 * Catches that something could not be shown: a part of the client could not be loaded, or is broken by a fault of ours. Browsers
 * remember that a script failed, so only loading the page again helps.
 */

import { Component, type ReactNode } from 'react';
import { bug } from '../api/problem';
import { PAGES } from '../pages';
import { BARS } from '../texts/bars';
import { type Advice, adviceFor } from '../texts/problems';
import { PartMissing } from './lazily';
import { PartNotice } from './PartNotice';
import { ProblemNotice } from './ProblemNotice';

interface Props {
  /** All of a page, or a part of one whose rest stays. */
  readonly as: 'page' | 'part';
  readonly children: ReactNode;
}

interface State {
  readonly advice?: Advice;
}

export class LoadBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    const advice =
      error instanceof PartMissing ? { title: BARS.partTitle, whatToDo: BARS.part } : adviceFor(bug(error));
    return { advice };
  }

  override render() {
    const { advice } = this.state;
    if (advice === undefined) return this.props.children;
    const reload = () => window.location.reload();
    return this.props.as === 'part' ? (
      <PartNotice advice={advice} onRetry={reload} />
    ) : (
      <ProblemNotice {...advice} onRetry={reload} onLeave={() => window.location.assign(PAGES.start)} />
    );
  }
}
