/** The name of a test, leading to its newest result where that is known. */

import { Link } from 'wouter';
import type { TestId } from '../api/schema';
import { resultPage } from '../pages';
import { testName } from '../texts/testNames';

interface Props {
  readonly test: TestId;
  readonly attempt: string | undefined;
}

export function TestLink({ test, attempt }: Props) {
  const name = testName(test);
  return attempt === undefined ? <strong>{name}</strong> : <Link href={resultPage(attempt)}>{name}</Link>;
}
