/** What a page asks its service worker: the script that the kept page begins with. Two builds never have the same. */
export const ENTRY_QUESTION = 'entry';
