/** The address that a text is; undefined when it is none. `URL.parse` is too new for many phones. */
export function addressFrom(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** An address of this client, if `text` is one: whoever made the link must not send people elsewhere. */
export function innerAddress(text: string | null): string | undefined {
  if (text === null || !text.startsWith('/')) return undefined;
  const here = 'https://here.invalid';
  const address = addressFrom(text, here);
  return address?.origin === here ? `${address.pathname}${address.search}${address.hash}` : undefined;
}
