/**
 * Answers the API inside the development server, from memory. What a video starts with says how it ends:
 * `refuse`, `fail`, `busy` and `drop` (the stream breaks off half-way once); anything else is scored. What an address begins
 * with says who signs in: `pro`, `plus` and `new` (Pro, without a result); anybody else has the tier Free.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { Tier } from '../src/api/schema.ts';
import type { NewAttempt } from '../src/api/types.ts';
import { created, DETAILS, refused, SESSIONS, SIGNED_IN, SVG, scored } from './answers.ts';
import { AREAS, details, NO_AREAS, NO_REPORT, REPORT } from './insight.ts';
import { limitsOf, OFFERS } from './tiers.ts';

const FRAMES = 60;
const MILLISECONDS_A_FRAME = 60;

export function mockApi(): Plugin {
  let attempt = scored('overhead-squat');
  let ending = '';
  let breaksLeft = 0;
  let signedIn = false;
  let tier: Tier = 'free';
  let hasResults = true;

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
    if (url === '/api/limits/status') return json(response, 200, limitsOf(tier));
    if (url === '/api/auth/sessions') return json(response, 200, { items: SESSIONS });
    if (url.startsWith('/api/auth/')) return account(url, body, response);
    if (url === '/api/account') return json(response, 200, { ...DETAILS, tier });
    if (url.startsWith('/api/account/')) return json(response, 202, { message: 'Done.' });
    if (method === 'GET' && insight(url, response)) return;
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
    if (url === '/api/auth/login') become(body.toString());
    if (url === '/api/auth/login') signedIn = !body.includes('"wrong"');
    else if (url === '/api/auth/logout') signedIn = false;
    const wantsToken = ['/api/auth/login', '/api/auth/refresh'].includes(url);
    if (!wantsToken) json(response, 202, { message: 'A mail is on its way.' });
    else if (signedIn) json(response, 200, { ...SIGNED_IN, account: { ...SIGNED_IN.account, tier } });
    else problem(response, 401, 'Wrong address or password', 'Check both.');
  }

  function become(credentials: string): void {
    const name = /"email":"(pro|plus|new)/.exec(credentials)?.[1];
    tier = name === undefined ? 'free' : name === 'plus' ? 'pro-plus' : 'pro';
    hasResults = name !== 'new';
  }

  /** What results mean, for whoever is signed in. Whether it was one of these. */
  function insight(url: string, response: ServerResponse): boolean {
    const isPaid = tier !== 'free';
    if (url === '/api/problem-areas') json(response, 200, hasResults ? AREAS : NO_AREAS);
    else if (url.startsWith('/api/report') && !isPaid) locked(response, 'report', 'The report is');
    else if (url === '/api/report') json(response, 200, { ...(hasResults ? REPORT : NO_REPORT), tier });
    else if (url.startsWith('/api/report.html')) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Movement report</title><h1>Movement report</h1>');
    } else if (!url.endsWith('/details')) return false;
    else if (isPaid) json(response, 200, details(tier));
    else locked(response, 'extended-results', 'Extended results are');
    return true;
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

function locked(response: ServerResponse, feature: string, what: string): void {
  response.setHeader('content-type', 'application/problem+json');
  response.statusCode = 403;
  const type = '/problems/tier-lacks-feature';
  const detail = `${what} not part of the Free tier; it is part of Pro and above.`;
  const title = 'Not part of your tier';
  response.end(
    JSON.stringify({ type, title, status: 403, detail, feature, tier: 'free', availableIn: 'pro' }),
  );
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
