/** What is said in passing, under the masthead, and when a part of the client itself could not be loaded. */

export const BARS = {
  offline: 'You are offline.',
  offlineLead: 'Nothing is lost: what is open stays open, and sending waits until you are back.',
  outdated: 'There is a new version of Flow Logic.',
  reload: 'Reload',

  partTitle: 'This page could not be loaded',
  part: 'The connection was lost, or there is a new version in the meantime. Load the page again to go on.',
} as const;
