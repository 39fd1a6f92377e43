/** A ruler with the confidence marked on it. Decoration: the number stands beside it. */

const TICKS = Array.from({ length: 21 }, (_, index) => index * 10);

export function ConfidenceScale({ share }: { readonly share: number }) {
  const at = Math.min(1, Math.max(0, share)) * 200;
  return (
    <svg className="scale" viewBox="-6 0 212 30" aria-hidden="true" focusable="false">
      <path d="M0 24 H200" />
      {TICKS.map((x) => (
        <path className="scale-tick" key={x} d={`M${x} 24 v${x % 50 === 0 ? -11 : -6}`} />
      ))}
      <path className="scale-reach" d={`M0 24 H${at}`} />
      <path className="scale-mark" d={`M${at} 24 V10`} />
      <circle className="scale-bob" cx={at} cy="7" r="5" />
    </svg>
  );
}
