/**
 * Answers the API inside the development server, from memory. What a video starts with says how it ends:
 * `refuse`, `fail`, `busy` and `drop` (the stream breaks off half-way once); anything else is scored.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { NewAttempt } from '../src/api/types.ts';
import { created, DETAILS, refused, SESSIONS, SIGNED_IN, SVG, scored } from './answers.ts';
import { LIMITS, OFFERS } from './tiers.ts';

const FRAMES = 60;
const MILLISECONDS_A_FRAME = 60;

export function mockApi(): Plugin {
  let attempt = created('overhead-squat');
  let ending = '';
  let breaksLeft = 0;
  let signedIn = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '' } = request;
    const body = await bytesOf(request);
    if (method === 'POST' && url === '/api/attempts') {
      const { test, contentType } = JSON.parse(body.toString()) as NewAttempt;
      attempt = created(test, contentType);
      return json(response, 201, attempt);
    }
    if (method === 'PUT') {
      ending = body.subarray(0, 6).toString();
      breaksLeft = ending.startsWith('drop') ? 1 : 0;
      if (ending.startsWith('busy'))
        return problem(
          response,
          429,
          'Too many videos',
          'You have sent 5 videos this hour. Take a break.',
          '1800',
        );
      attempt = { ...attempt, state: 'uploaded' };
      return json(response, 200, attempt);
    }
    if (url === '/api/tiers') return json(response, 200, { items: OFFERS });
    if (url === '/api/limits/status') return json(response, 200, LIMITS);
    if (url === '/api/auth/sessions') return json(response, 200, { items: SESSIONS });
    if (url.startsWith('/api/auth/')) return account(url, body, response);
    if (url === '/api/account') return json(response, 200, DETAILS);
    if (url.startsWith('/api/account/')) return json(response, 202, { message: 'Done.' });
    if (url.startsWith('/api/attempts') && !url.startsWith('/api/attempts/') && method === 'GET')
      return json(response, 200, { items: [scored('overhead-squat'), refused('plank')] });
    if (method === 'POST') return score(response);
    if (url.endsWith('/video'))
      return json(response, 200, { receivedBytes: 0, sizeBytes: attempt.sizeBytes });
    if (url.endsWith('.svg')) {
      response.setHeader('content-type', 'image/svg+xml');
      response.end(SVG);
      return;
    }
    return json(response, 200, attempt);
  }

  /** Everybody may sign in, with any password but `wrong`; mails are not sent, and every token is good. */
  function account(url: string, body: Buffer, response: ServerResponse): void {
    if (url === '/api/auth/login') signedIn = !body.includes('"wrong"');
    else if (url === '/api/auth/logout') signedIn = false;
    const wantsToken = ['/api/auth/login', '/api/auth/refresh'].includes(url);
    if (!wantsToken) json(response, 202, { message: 'A mail is on its way.' });
    else if (signedIn) json(response, 200, SIGNED_IN);
    else problem(response, 401, 'Wrong address or password', 'Check both.');
  }

  async function score(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'application/x-ndjson');
    const breaks = breaksLeft-- > 0;
    for (let done = 0; done <= FRAMES; done += 1) {
      if (breaks && done === FRAMES / 2) return void response.destroy();
      response.write(`${JSON.stringify({ type: 'progress', done, total: FRAMES })}\n`);
      await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_A_FRAME));
    }
    if (ending.startsWith('refuse')) attempt = refused(attempt.test);
    else if (ending.startsWith('fail')) attempt = { ...attempt, state: 'failed' };
    else attempt = scored(attempt.test);
    response.end(`${JSON.stringify({ type: 'result', attempt })}\n`);
  }

  return {
    name: 'mock-api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith('/api/') !== true) return next();
        answer(request, response).catch(next);
      });
    },
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

function problem(
  response: ServerResponse,
  status: number,
  title: string,
  detail: string,
  retryAfter?: string,
): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response.setHeader('content-type', 'application/problem+json');
  response.statusCode = status;
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail, requestId: 'req-1234' }));
}
