import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../actor.js';
import type { Log } from '../log.js';
import { isStandingEnded, problems } from '../problem.js';
import type { SignedInCaller } from '../signed-in.js';
import { Caller, OpenToAnybody } from '../signed-in.js';
import type { TokenVerifier } from '../token-verifier.js';
import type { IssuerClient } from './issuer-client.js';
import { withPending } from './issuer-client.js';
import type { KeptForms } from './kept-forms.js';
import { isOwnPath } from './kept-forms.js';
import { GoTo, Page } from './page.js';

/** What the sign-in pages stand on. */
export interface SignInParts {
  readonly issuer: IssuerClient;
  readonly tokens: TokenVerifier;
  readonly kept: KeptForms;
  readonly admits: (actor: Actor) => boolean;
  readonly organisation: string;
  readonly log: Log;
}
export const SIGN_IN_PARTS = Symbol('sign-in parts');

class SignInQuery {
  @IsOptional()
  @IsString()
  @MaxLength(300)
  to?: string;
}

class KeptFormPath {
  @Matches(/^[0-9a-f-]{36}$/)
  id!: string;
}

@Controller()
export class SignInPages {
  constructor(@Inject(SIGN_IN_PARTS) private readonly parts: SignInParts) {}

  @Get('sign-in')
  @OpenToAnybody()
  async begin(@Query() query: SignInQuery, @Req() request: FastifyRequest): Promise<GoTo> {
    const to = query.to !== undefined && isOwnPath(query.to) ? query.to : '/';
    const { address, pending } = await this.reaching(this.parts.issuer.begin(to));
    request.session.pending = withPending(request.session.pending, pending);
    return new GoTo(address.href);
  }

  @Get('sign-in/callback')
  @OpenToAnybody()
  async finish(@Req() request: FastifyRequest): Promise<GoTo | Page> {
    const came = new URL(request.url, this.parts.issuer.callback);
    const state = came.searchParams.get('state');
    const pending = request.session.pending?.find((candidate) => candidate.state === state);
    if (!pending) return notFinished();
    const tokens = await this.parts.issuer.finish(came, pending).catch((error: unknown) => {
      this.parts.log.warn('sign-in.refused', { requestId: request.id }, error);
      return undefined;
    });
    if (!tokens?.idToken) return notFinished();
    const actor = await this.parts.tokens.verify(tokens.accessToken).catch((error: unknown) => {
      if (isStandingEnded(error)) return undefined;
      throw error;
    });
    if (!actor) return workChanged(pending.to);
    if (!this.parts.admits(actor)) return this.forSomebodyElse();
    // A new session for a new person: nobody can have planted its cookie.
    await request.session.regenerate();
    const { idToken } = tokens;
    const signedInAt = Date.now();
    request.session.signedIn = { ...tokens, idToken, actorId: actor.id, signedInAt };
    return new GoTo(pending.to);
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest): Promise<GoTo> {
    const held = request.session.signedIn;
    await request.session.destroy();
    if (!held) return new GoTo('/signed-out');
    const address = await this.parts.issuer
      .signOut(held.idToken, held.refreshToken)
      .catch((error: unknown) => {
        this.parts.log.warn('sign-out.issuer-unreachable', { requestId: request.id }, error);
        return undefined;
      });
    return new GoTo(address?.href ?? '/signed-out');
  }

  @Get('signed-out')
  @OpenToAnybody()
  signedOut(): Page {
    return message('You have signed out', [], { text: 'Sign in again', href: '/sign-in' });
  }

  /** Where somebody is sent whose session says what has been taken away from them. */
  @Get('work-changed')
  @OpenToAnybody()
  workChanged(@Query() { to = '/' }: SignInQuery): Page {
    return workChanged(isOwnPath(to) ? to : '/');
  }

  @Get('still-here')
  stillHere(): Page {
    return message('You are still signed in', ['Close this tab and carry on in the other one.']);
  }

  /** Opens a kept form where it was: the page shows what was typed. */
  @Get('kept-forms/:id')
  async keptForm(@Param() path: KeptFormPath, @Caller() caller: SignedInCaller): Promise<GoTo> {
    const form = await this.parts.kept.open(path.id, caller.actor.id);
    if (!form) throw problems.notFound();
    const separator = form.page.includes('?') ? '&' : '?';
    return new GoTo(`${form.page}${separator}kept=${path.id}`);
  }

  @Get('kept-for-its-owner')
  keptForItsOwner(): Page {
    return message('That form was opened by somebody else', [
      'It has been kept for the person who opened it and they can send it once they have signed in.',
    ]);
  }

  private forSomebodyElse(): Page {
    return message(
      `You do not work for ${this.parts.organisation} here`,
      [
        `You signed in as somebody whose work is not done here. These are the pages of ${this.parts.organisation}.`,
      ],
      { text: 'Sign in as somebody else', href: '/sign-in' },
      403,
    );
  }

  private async reaching<Value>(asked: Promise<Value>): Promise<Value> {
    return asked.catch((error: unknown) => {
      this.parts.log.warn('sign-in.issuer-unreachable', {}, error);
      throw problems.signInUnavailable();
    });
  }
}

function notFinished(): Page {
  return message(
    'Signing in was not finished',
    ['It took too long, or was begun in another window.'],
    { text: 'Sign in again', href: '/sign-in' },
    400,
  );
}

function workChanged(to: string): Page {
  const isKept = to.startsWith('/kept-forms/');
  return message(
    'Your work here has changed',
    [
      'A role or a place that you signed in with has been taken away. Nothing more is shown to you or ' +
        'recorded for you until you sign in again.',
      ...(isKept ? ['What you had typed is kept: it opens once you have signed in.'] : []),
      'If you come back to this page, or it is a mistake, speak to your manager. An ' +
        'information-governance officer can give it back.',
    ],
    { text: 'Sign in again', href: `/sign-in?to=${encodeURIComponent(to)}` },
    403,
  );
}

function message(
  heading: string,
  paragraphs: readonly string[],
  link?: { text: string; href: string },
  status = 200,
): Page {
  const view = { heading, paragraphs, links: link ? [link] : [] };
  return new Page('message.njk', view, { title: heading, status });
}
