/** Whether a device is up to finding a body in every picture while it records: what is known of it, and how fast it proved to be. */

export interface DeviceFacts {
  /** Workers, canvases without a page and WebAssembly with vectors. */
  readonly capable: boolean;
  /** Whether the person asks pages to load little. */
  readonly saveData: boolean;
  /** The connection's class by the Network Information API; undefined where a browser does not tell. */
  readonly connection: string | undefined;
  /** Undefined where a browser does not tell. */
  readonly memoryGigabytes: number | undefined;
  readonly cores: number | undefined;
}

/** Models and code are 5 MB: seconds by 4G, about a minute by 3G. */
const FAST_CONNECTION = '4g';
const LEAST_MEMORY_GIGABYTES = 4;
/** With fewer cores, pictures and the recording itself take turns. */
const ENOUGH_CORES = 4;

/** What a picture may take, so that marks move with the body. */
const MILLISECONDS = 120;
/** The same where the recording needs the same cores. */
const MILLISECONDS_ON_FEW_CORES = 80;

/** How many milliseconds a picture may take; undefined where it is not even tried. */
export function budgetOf(device: DeviceFacts): number | undefined {
  const { capable, saveData, connection = FAST_CONNECTION } = device;
  const { memoryGigabytes = LEAST_MEMORY_GIGABYTES, cores = ENOUGH_CORES } = device;
  if (!capable || saveData || connection !== FAST_CONNECTION) return undefined;
  if (memoryGigabytes < LEAST_MEMORY_GIGABYTES || cores < 2) return undefined;
  return cores < ENOUGH_CORES ? MILLISECONDS_ON_FEW_CORES : MILLISECONDS;
}

/**
 * Whether pictures that took so long are within a budget. The fastest counts: the first ones run code that the browser is still
 * compiling, and what else the device does at that moment passes.
 */
export function isFastEnough(milliseconds: readonly number[], budget: number): boolean {
  return Math.min(...milliseconds) <= budget;
}
