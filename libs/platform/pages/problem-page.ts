import type { FastifyRequest } from 'fastify';
import type { Problem } from '../problem.js';
import type { ProblemPage } from '../problem-filter.js';
import type { PageDrawing } from './page.js';
import { Page } from './page.js';
import type { TypedFields } from './typed-fields.js';
import { ownWords, typedChoices, typedFieldsOf } from './typed-fields.js';

interface Words {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

const words: Readonly<Record<string, Words>> = {
  'not-found': {
    heading: 'Page not found',
    paragraphs: [
      'There is nothing at this address that you can see.',
      'If you followed a link, the family may not be one your service works with now.',
    ],
  },
  unavailable: {
    heading: 'Names cannot be shown right now',
    paragraphs: [
      'A part of the service that keeps names and notes safe is not answering. Nothing has been lost.',
      'Try again in a minute. If a child is in immediate danger, call 999 first.',
    ],
  },
  'sign-in-unavailable': {
    heading: 'You cannot sign in right now',
    paragraphs: ['The sign-in service is not answering. Try again in a minute.'],
  },
  'body-too-large': {
    heading: 'That is too long to send',
    paragraphs: ['Go back, shorten the longest text and send it again. Nothing was recorded.'],
  },
  'form-not-ours': {
    heading: 'This form cannot be sent',
    paragraphs: [
      'It did not come from one of our pages. Open the page again and send it from there.',
    ],
  },
  'too-many-requests': {
    heading: 'Too many tries',
    paragraphs: ['Wait a minute, then try again.'],
  },
};

const otherwise: Words = {
  heading: 'Something went wrong here',
  paragraphs: ['Nothing was recorded. Try again; if it goes on, tell your service desk the time.'],
};

/** A refusal told as a page: to a browser, for anything but the interfaces under `/v1` and health. */
export function problemPage(drawing: PageDrawing): ProblemPage {
  return async (request, reply, problem) =>
    isForPeople(request) ? drawing.draw(request, reply, pageFor(request, problem)) : undefined;
}

function pageFor(request: FastifyRequest, problem: Problem): Page {
  // An address that cannot be read is, to whoever followed it, a page that is not there.
  const slug = problem.slug === 'invalid-query' ? 'not-found' : problem.slug;
  const told = words[slug] ?? otherwise;
  const typed = problem.status >= 500 ? keptOnThePage(request) : undefined;
  const view = { ...told, links: [{ href: '/', text: 'Go to the first page' }], typed };
  return new Page('message.njk', view, { title: told.heading, status: problem.status });
}

/** Gives back what was posted, to the browser that posted it, where it could not be taken. */
function keptOnThePage(request: FastifyRequest) {
  if (request.method !== 'POST') return undefined;
  const typed = typedFieldsOf(request.body);
  const texts = Object.values(ownWords(typed)).flatMap((value) =>
    typeof value === 'string' && value.trim() !== '' ? [value] : [],
  );
  return texts.length === 0 ? undefined : { action: request.url, texts, hidden: hiddenOf(typed) };
}

function hiddenOf(typed: TypedFields): { name: string; value: string }[] {
  return Object.keys(typed).flatMap((name) =>
    typedChoices(typed, name).map((value) => ({ name, value })),
  );
}

function isForPeople(request: FastifyRequest): boolean {
  const wantsPage = request.headers.accept?.includes('text/html') ?? false;
  return wantsPage && !/^\/(v1|health)\//.test(request.url);
}
