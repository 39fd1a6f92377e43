/** An address of this client, if `text` is one: whoever made the link must not send people elsewhere. */
export function innerAddress(text: string | null): string | undefined {
  if (text === null || !text.startsWith('/')) return undefined;
  const here = 'https://here.invalid';
  const address = URL.parse(text, here);
  return address?.origin === here ? `${address.pathname}${address.search}${address.hash}` : undefined;
}
