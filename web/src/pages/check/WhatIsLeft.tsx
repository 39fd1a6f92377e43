/** What is left of the limits, and what stands in the way of any video. */

import type { Limits } from '../../api/schema';
import { obstacleIn } from '../../attempt/availability';
import { LEFT, obstacleText } from '../../texts/plans';

export function WhatIsLeft({ limits }: { readonly limits: Limits }) {
  if (!limits.enforced) return null;
  const { remainingToday, remainingThisHour, remainingTestsThisMonth } = limits;
  const obstacle = obstacleIn(limits);
  return (
    <>
      {obstacle !== undefined && <p className="callout callout-stop">{obstacleText(obstacle)}</p>}
      {obstacle?.name !== 'banned' && (
        <ul className="left" aria-label={LEFT.title}>
          <li>{LEFT.today(remainingToday.remaining, remainingToday.limit)}</li>
          <li>{LEFT.hour(remainingThisHour.remaining, remainingThisHour.limit)}</li>
          <li>{LEFT.month(remainingTestsThisMonth.remaining, remainingTestsThisMonth.limit)}</li>
        </ul>
      )}
    </>
  );
}
