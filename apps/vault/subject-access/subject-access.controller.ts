import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isDay, londonDay } from '@common-thread/domain/london-day';
import { Problem, problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import type {
  CopyParts,
  ListedRequest,
  RequestDetail,
  SubjectAccessRequest,
  WithheldLog,
} from '@common-thread/platform/subject-access';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { CopyPartsBody } from './copy-body.js';
import { isOfficerOfHub } from '../staff/officers.js';
import {
  ListedRequestsBody,
  MatterNumberBody,
  PackPath,
  RequestDetailBody,
  RequestPath,
  SubjectAccessAskedBody,
  SubjectAccessRequestBody,
  WithheldLogBody,
} from './subject-access-body.js';
import { NoCopy } from './subject-access.js';

const FOR_OFFICERS = 'For the hub’s information-governance officers, of their own hub’s requests.';

/** Copies of what is held about somebody. Ids of people are in bodies, never in an address. */
@ApiTags('subject-access')
@ApiBearerAuth()
@Controller('v1/subject-access/requests')
export class SubjectAccessController {
  constructor(private readonly vault: VaultCore) {}

  @Post()
  @ApiOperation({
    summary: 'Record a request for a copy of what is held about somebody',
    description: `${FOR_OFFICERS} Refused of whoever is restricted wherever they belong, with whom to speak to.`,
  })
  @ApiCreatedResponse({ type: SubjectAccessRequestBody })
  @ApiOkResponse({ type: SubjectAccessRequestBody, description: 'Recorded before.' })
  async request(
    @Body() asked: SubjectAccessAskedBody,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubjectAccessRequest> {
    if (!isOfficerOfHub(actor)) throw problems.notFound();
    if (!isDay(asked.receivedOn) || asked.receivedOn > londonDay(new Date().toISOString())) {
      throw problems.invalidBody([{ pointer: '/receivedOn', detail: 'give a day that has been' }]);
    }
    const { isNew, request } = await copying(() => this.vault.subjectAccess.request(actor, asked));
    if (!isNew) reply.status(200);
    return request;
  }

  @Get()
  @ApiOperation({
    summary: 'List requests for a copy, with the day each is due',
    description: `${FOR_OFFICERS} Reading it is in the audit.`,
  })
  @ApiOkResponse({ type: ListedRequestsBody })
  async list(
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly requests: readonly ListedRequest[] }> {
    const read = await answering(() => this.vault.subjectAccess.keeping.list(actor));
    return { requests: this.#left(read, reply) };
  }

  @Get(':requestId')
  @ApiOperation({
    summary: 'Read a request, and which matters are left out of its copy',
    description: `${FOR_OFFICERS} Reading it is in the audit.`,
  })
  @ApiOkResponse({ type: RequestDetailBody })
  async of(
    @Param() { requestId }: RequestPath,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestDetail> {
    const read = await answering(() => this.vault.subjectAccess.keeping.of(actor, requestId));
    return this.#left(read, reply);
  }

  @Post(':requestId/left-out')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Leave a matter out of every copy about the person from now on',
    description: `${FOR_OFFICERS} Where a professional says that telling it would do serious harm.`,
  })
  @ApiNoContentResponse()
  async leaveOut(
    @Param() { requestId }: RequestPath,
    @Body() { number }: MatterNumberBody,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const request = await copying(() =>
      this.vault.subjectAccess.leaveOut(actor, requestId, number, leaving(reply)),
    );
    if (!request) throw problems.notFound();
  }

  @Post(':requestId/left-out/given')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Give a matter after all, in copies of this request',
    description: FOR_OFFICERS,
  })
  @ApiNoContentResponse()
  async give(
    @Param() { requestId }: RequestPath,
    @Body() { number }: MatterNumberBody,
    @Caller() { actor }: SignedInCaller,
  ): Promise<void> {
    const request = await copying(() =>
      this.vault.subjectAccess.giveAfterAll(actor, requestId, number),
    );
    if (!request) throw problems.notFound();
  }

  @Post(':requestId/copies')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make a copy now',
    description:
      `${FOR_OFFICERS} Reads the whole log, for one at a time; others wait. What is left out is not ` +
      'in it: see withheld. In the audit ' +
      'before it is opened.',
  })
  @ApiOkResponse({ type: CopyPartsBody })
  async make(
    @Param() { requestId }: RequestPath,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CopyParts> {
    const made = await copying(() =>
      this.vault.subjectAccess.copyOf(actor, requestId, leaving(reply)),
    );
    if (!made) throw problems.notFound();
    const { entryIds, given, lines, names, pack, packId } = made;
    const { withheld: _, ...copy } = pack;
    reply.raw.once('finish', () => entryIds.forEach((id) => this.vault.audit.delivered(id)));
    return { copy, given, lines, names, packId };
  }

  @Post(':requestId/copies/:packId/taken')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Say that a copy was put together whole, with who was told',
    description:
      'For whoever made it. Until then its request is listed as waiting. Said again it changes nothing.',
  })
  @ApiNoContentResponse()
  async taken(
    @Param() { packId, requestId }: PackPath,
    @Caller() { actor }: SignedInCaller,
  ): Promise<void> {
    const { keeping } = this.vault.subjectAccess;
    const isTheirs = await answering(() => keeping.taken(actor, requestId, packId));
    if (!isTheirs) throw problems.notFound();
  }

  @Get(':requestId/withheld')
  @ApiOperation({
    summary: 'Read what the last copy left out, and why',
    description: `${FOR_OFFICERS} Never for the person. Reading it is in the audit.`,
  })
  @ApiOkResponse({ type: WithheldLogBody })
  async withheld(
    @Param() { requestId }: RequestPath,
    @Caller() { actor }: SignedInCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WithheldLog> {
    const read = await answering(() =>
      this.vault.subjectAccess.keeping.withheld(actor, requestId),
    );
    return this.#left(read, reply);
  }

  #left<Answer>(read: ReadAnswer<Answer> | undefined, reply: FastifyReply): Answer {
    if (!read) throw problems.notFound();
    reply.raw.once('finish', () => this.vault.audit.delivered(read.entryId));
    return read.answer;
  }
}

/** Aborted where whoever asked goes away before they are answered. */
function leaving(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort();
  });
  return left.signal;
}

/** Runs what a copy is made by, and says in a problem document why there is none. */
async function copying<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answering(work);
  } catch (error) {
    if (!(error instanceof NoCopy)) throw error;
    const title = 'No copy is made';
    throw new Problem(409, 'subject-access/no-copy', title, { detail: error.message });
  }
}
