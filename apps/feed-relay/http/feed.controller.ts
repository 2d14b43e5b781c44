import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages, FeedUnavailable } from '@common-thread/projecting/feed-pages';
import { cloudEventOf } from './cloud-event.js';

const ROWS_MAX = 1_000;
const WAIT_SECONDS_MAX = 30;

class FeedQuery {
  /** Rows after this sequence: the last one you hold. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after = 0;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(ROWS_MAX)
  limit = 200;

  /** Seconds to wait for something new where there is nothing yet. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(WAIT_SECONDS_MAX)
  wait = 0;
}

export interface Heartbeat {
  readonly feed: string;
  /** Last sequence of the feed: nothing was missed by whoever holds it. */
  readonly head: number;
  /** Everything recorded before this instant has been told; null until the relay first caught up. */
  readonly asOf: string | null;
}

/** How far the relay has come, as its feeds' readers may know it. */
export abstract class Freshness {
  abstract caughtUpTo(): string | null;
}

/** A recipient's own feed. Nobody can name another's. */
@Controller('v1/feed')
export class FeedController {
  constructor(
    @Inject(FeedPages) private readonly pages: FeedPages,
    @Inject(Freshness) private readonly freshness: Freshness,
  ) {}

  @Get()
  async read(
    @Caller() { actor }: SignedInCaller,
    @Query() { after, limit, wait }: FeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    let page = await this.page(actor.recipient, after, limit);
    if (page.rows.length === 0 && wait > 0) {
      await this.pages.changed(actor.recipient, after, untilGone(request, wait));
      page = await this.page(actor.recipient, after, limit);
    }
    const last = page.rows.at(-1)?.envelope.sequence;
    if (last !== undefined && last < page.head) {
      reply.header('link', `</v1/feed?after=${last}&limit=${limit}>; rel="next"`);
    }
    reply.header('x-feed-head', String(page.head));
    reply.type('application/cloudevents-batch+json; charset=utf-8');
    return JSON.stringify(page.rows.map(cloudEventOf));
  }

  @Get('head')
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

/** For as long as asked, or until the asker has hung up. */
function untilGone(request: FastifyRequest, seconds: number): AbortSignal {
  const gone = new AbortController();
  request.raw.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, AbortSignal.timeout(seconds * 1_000)]);
}
