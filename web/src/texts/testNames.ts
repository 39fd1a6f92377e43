/** What tests are called in sentences and lists. */

import type { TestId } from '../api/schema';
import { guideOf } from './tests';

/** One from the future is taken apart: `toe-spread` is "Toe spread". */
export function testName(test: TestId): string {
  const known = guideOf(test)?.name;
  if (known !== undefined) return known;
  const words = test.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
