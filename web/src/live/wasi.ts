/**
 * What the tracker imports of WASI: its standard library brings it along. There is no environment and no input; what it writes is
 * the message of a failure.
 */

import type { ImportObject } from '../../tracker/dist/tracker.js';

/** The imports as the module reads them; its types have the version of WASI in their names. */
type Imports = {
  [Name in keyof ImportObject as Name extends `${infer Unversioned}@${string}`
    ? Unversioned
    : Name]: ImportObject[Name];
};

class Input {}

class Ready {
  block(): void {}
}

/** The imports; `write` is called with what the tracker writes. */
export function wasi(write: (text: string) => void): ImportObject {
  const decoder = new TextDecoder();
  class Output {
    checkWrite(): bigint {
      return 4096n;
    }
    write(bytes: Uint8Array): void {
      write(decoder.decode(bytes));
    }
    blockingFlush(): void {}
    subscribe(): Ready {
      return new Ready();
    }
  }
  const imports: Imports = {
    'wasi:cli/environment': { getEnvironment: () => [] },
    'wasi:cli/exit': {
      exit() {
        throw new Error('the tracker ended itself');
      },
    },
    'wasi:cli/stdin': { getStdin: () => new Input() },
    'wasi:cli/stdout': { getStdout: () => new Output() },
    'wasi:cli/stderr': { getStderr: () => new Output() },
    'wasi:cli/terminal-input': { TerminalInput: class {} },
    'wasi:cli/terminal-output': { TerminalOutput: class {} },
    'wasi:cli/terminal-stdin': { getTerminalStdin: () => undefined },
    'wasi:cli/terminal-stdout': { getTerminalStdout: () => undefined },
    'wasi:cli/terminal-stderr': { getTerminalStderr: () => undefined },
    'wasi:io/error': { Error: class {} },
    'wasi:io/poll': { Pollable: Ready },
    'wasi:io/streams': { InputStream: Input, OutputStream: Output },
    // It keeps hash tables from being attacked; the keys of these are our own.
    'wasi:random/insecure-seed': { insecureSeed: () => [0n, 0n] },
  };
  return imports as unknown as ImportObject;
}
