import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import { cloudEventOf } from './cloud-event.js';
import { FeedQuery } from './feed-query.js';
import { Heartbeat } from './heartbeat.js';
import { CLOUD_EVENTS_BATCH, cloudEventsBody, nextPage, toldBy } from './published-words.js';

/** How far the relay has come, as its feeds' readers may know it. */
export abstract class Freshness {
  abstract caughtUpTo(): string | null;
}

/** A recipient's own feed. Nobody can name another's. */
@ApiTags('feed')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'There is no token, or it is not accepted.' })
@Controller('v1/feed')
export class FeedController {
  constructor(
    @Inject(FeedPages) private readonly pages: FeedPages,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read your feed', description: toldBy.read })
  @ApiOkResponse({
    description: 'Rows in order, without holes; fewer than asked for only at the head.',
    content: cloudEventsBody,
    headers: nextPage,
  })
  async read(
    @Caller() { actor }: SignedInCaller,
    @Query() { after, limit, wait }: FeedQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    let page = await this.page(actor.recipient, after, limit);
    if (page.rows.length === 0 && wait > 0) {
      await this.pages.changed(actor.recipient, after, untilGone(reply, wait));
      page = await this.page(actor.recipient, after, limit);
    }
    const last = page.rows.at(-1)?.envelope.sequence;
    if (last !== undefined && last < page.head) {
      reply.header('link', `</v1/feed?after=${last}&limit=${limit}>; rel="next"`);
    }
    reply.header('x-feed-head', String(page.head));
    reply.type(`${CLOUD_EVENTS_BATCH}; charset=utf-8`);
    return JSON.stringify(page.rows.map(cloudEventOf));
  }

  @Get('head')
  @ApiOperation({ summary: 'See whether you have it all', description: toldBy.head })
  @ApiOkResponse({ type: Heartbeat })
  async head(@Caller() { actor }: SignedInCaller): Promise<Heartbeat> {
    // Taken before the head: the head may be newer than it says, never older.
    const asOf = this.freshness.caughtUpTo();
    const { head } = await this.page(actor.recipient, Number.MAX_SAFE_INTEGER, 1);
    return { feed: actor.recipient, head, asOf };
  }

  private async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    try {
      return await this.pages.page(recipient, after, limit);
    } catch (error) {
      if (error instanceof FeedUnavailable) throw problems.unavailable('The feed');
      throw error;
    }
  }
}

/**
 * For as long as asked, or until the asker has hung up. Not made of AbortSignal.timeout and any: on Node
 * 20 such a timeout may be collected before it fires.
 */
function untilGone(reply: FastifyReply, seconds: number): AbortSignal {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), seconds * 1_000);
  reply.raw.once('close', () => {
    clearTimeout(timer);
    gone.abort();
  });
  return gone.signal;
}
