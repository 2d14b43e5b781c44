import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { OpenToAnybody } from '@common-thread/platform/signed-in';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { PagesClient } from './clients.js';
import { demonstrationPassword, demonstrationUsers } from './demonstration-users.js';
import { signInView } from './sign-in.presenter.js';

export const PAGES_CLIENTS = Symbol('pages clients');

class SignInAnswers {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  user?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  password?: string;
}

/** The issuer's own page: who are you, and the demonstration's password. */
@Controller('sign-in/:uid')
@OpenToAnybody()
export class SignInController {
  constructor(
    private readonly provider: Provider,
    @Inject(PAGES_CLIENTS) private readonly clients: readonly PagesClient[],
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const asked = await this.asked(request, reply);
    return asked ? pageOf(asked.uid, asked.client) : notAsked();
  }

  @Post()
  async answer(
    @Body() answers: SignInAnswers,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoTo | Page> {
    const asked = await this.asked(request, reply);
    if (!asked) return notAsked();
    const user = demonstrationUsers.find(
      ({ id, recipient }) => id === answers.user && recipient === asked.client.recipient,
    );
    const wrong = {
      ...(user ? {} : { user: 'Choose who you are' }),
      ...(isPassword(answers.password ?? '')
        ? {}
        : { password: 'Type the password shown on the first page' }),
    };
    if (!user || Object.keys(wrong).length > 0) {
      return pageOf(asked.uid, asked.client, { chosen: answers.user ?? '', wrong });
    }
    const result = { login: { accountId: user.id, remember: false } };
    const next = await this.provider.interactionResult(request.raw, reply.raw, result);
    await this.forgetWhoWasHere(asked.sessionUid, user.id);
    return new GoTo(next);
  }

  /**
   * Several made-up people share one browser. The issuer would make each sign the one before out; their
   * tokens stand on their own, so that it is enough to forget who was here.
   */
  private async forgetWhoWasHere(sessionUid: string | undefined, userId: string): Promise<void> {
    const session = sessionUid ? await this.provider.Session.findByUid(sessionUid) : undefined;
    if (!session?.accountId || session.accountId === userId) return;
    session.accountId = undefined;
    session.authorizations = undefined;
    await session.persist();
  }

  /** The sign-in this browser is in the middle of; undefined where there is none. */
  private async asked(request: FastifyRequest, reply: FastifyReply) {
    const details = await this.provider
      .interactionDetails(request.raw, reply.raw)
      .catch(() => undefined);
    const client = this.clients.find(({ clientId }) => clientId === details?.params.client_id);
    return details && client
      ? { uid: details.uid, client, sessionUid: details.session?.uid }
      : undefined;
  }
}

interface Again {
  readonly chosen: string;
  readonly wrong: { readonly user?: string; readonly password?: string };
}

function pageOf(uid: string, client: PagesClient, again?: Again): Page {
  const users = demonstrationUsers.filter(({ recipient }) => recipient === client.recipient);
  const view = signInView({ uid, organisation: client.organisation, users, ...again });
  return new Page('sign-in/sign-in.njk', view, {
    title: `Sign in to ${client.organisation}`,
    ...(again ? { status: 422, hasErrors: true } : {}),
  });
}

function notAsked(): Page {
  const heading = 'Signing in was not finished';
  const paragraphs = ['It took too long. Go back to the page you came from and sign in again.'];
  return new Page('message.njk', { heading, paragraphs }, { title: heading, status: 400 });
}

function isPassword(typed: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(typed.trim()), digest(demonstrationPassword));
}
