import type {
  FamilyHistory,
  FamilyHistoryReader,
} from '@common-thread/adapters/postgres/family-history-reader';
import { HistoryCursorRefused } from '@common-thread/adapters/postgres/history-reader';
import { problems } from '@common-thread/platform/problem';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';

/** Where a page of a history begins, as its own links say. */
export class HistoryQuery {
  @ApiPropertyOptional({ type: String, description: 'As the `Link` of a page gives it.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  before?: string;
}

/** One page of a line's history. @throws Problem not-found, also for a place that no page begins at */
export async function historyPage(
  histories: Pick<FamilyHistoryReader, 'findHistory'>,
  line: string,
  before: string | undefined,
): Promise<FamilyHistory> {
  const history = await findHistoryPage(histories, line, before);
  if (!history) throw problems.notFound();
  return history;
}

/** As `historyPage`; undefined where nothing is told of the line. */
export async function findHistoryPage(
  histories: Pick<FamilyHistoryReader, 'findHistory'>,
  line: string,
  before: string | undefined,
): Promise<FamilyHistory | undefined> {
  try {
    return await histories.findHistory(line, before === undefined ? {} : { before });
  } catch (error) {
    if (error instanceof HistoryCursorRefused) throw problems.notFound();
    throw error;
  }
}

/** Tells systems where the next page is (RFC 8288). */
export function linkNext(reply: FastifyReply, path: string, { next }: FamilyHistory): void {
  if (next !== null) {
    reply.header('link', `<${path}?before=${encodeURIComponent(next)}>; rel="next"`);
  }
}
