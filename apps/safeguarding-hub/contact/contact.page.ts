import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { emptyForm } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, hiddenFields, keyIn, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import {
  formFields,
  Typed,
  typedChoices,
  typedText,
} from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import { PublishedQuery } from '@common-thread/platform/queries-document';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Matches as MatchesPattern, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { checkLookUp } from '../look-up/look-up.form.js';
import { LOOK_UP, lookUpView } from '../look-up/look-up.presenter.js';
import { Matches } from '../look-up/matches.js';
import { PublishedContact } from '../triage-queue/published-contacts.js';
import type { ContactRecord } from '../triage-queue/queries.js';
import { ContactDrawing } from './contact-drawing.js';
import { contactForms } from './contact.forms.js';

class ContactPath {
  @ApiProperty({ format: 'uuid' })
  @MatchesPattern(/^[0-9a-f-]{36}$/)
  contactId!: string;
}

class StepPath extends ContactPath {
  @MatchesPattern(/^(rating|decision|feedback|error)$/)
  step!: string;
}

class ContactQuery {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  before?: string;

  /** Tag of a change just recorded, which the page waits a moment for. */
  @IsOptional()
  @MatchesPattern(/^[0-9a-f-]{0,36}$/)
  after?: string;

  @IsOptional()
  @MatchesPattern(/^[0-9a-f-]{36}$/)
  kept?: string;

  /** Glass has just been broken. */
  @IsOptional()
  @MatchesPattern(/^broken$/)
  glass?: string;
}

/** A contact: its household's history beside the forms to rate it, decide it and tell who referred. */
@ForRoles('hub-triage', 'hub-manager')
@Controller()
export class ContactPageRoutes {
  constructor(
    private readonly drawing: ContactDrawing,
    private readonly matches: Matches,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get('contacts/:contactId')
  async show(
    @Param() { contactId }: ContactPath,
    @Query() { before, after, kept, glass }: ContactQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const form = kept === undefined ? undefined : await this.kept.open(kept, caller.actor.id);
    const open = form && {
      name: form.form,
      typed: { ...form.typed, [formFields.kept]: kept ?? '' },
      errors: [],
    };
    return this.drawing.page(contactId, caller, {
      underGlass: glass !== undefined,
      ...(open ? { open } : {}),
      ...(before === undefined ? {} : { before }),
      ...(after ? { after } : {}),
    });
  }

  @Get('v1/contacts/:contactId')
  @PublishedQuery({ summary: 'Read a contact', answers: PublishedContact, hasTag: true })
  async tell(
    @Param() { contactId }: ContactPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactRecord> {
    const contact = await this.drawing.ours(contactId);
    reply.header('etag', `"${contact.tag}"`);
    return contact;
  }

  @Post('contacts/:contactId/:step')
  async send(
    @Param() { contactId, step }: StepPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const form = contactForms.find((candidate) => candidate.step === step);
    if (!form) throw problems.notFound();
    const checked = form.check(typed, await this.drawing.ours(contactId));
    const open = { name: form.name, typed };
    if (!checked.ok) {
      return this.drawing.page(contactId, caller, { open: { ...open, errors: checked.errors } });
    }
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/contacts/${contactId}/${form.step}`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
      ifMatch: typedText(typed, formFields.tag),
    });
    const errors = errorsOf(outcome, form.firstField, form.names);
    if (outcome.kind === 'done') {
      await sent(this.kept, caller, typed);
      return new GoTo(`/contacts/${contactId}?after=${outcome.tag ?? ''}`);
    }
    return this.drawing.page(contactId, caller, {
      open: { ...open, errors: errors ?? [] },
      ...(outcome.kind === 'changed' ? afterChange(typed, outcome.tag) : {}),
    });
  }

  @Get('contacts/:contactId/link')
  async askWho(@Param() { contactId }: ContactPath): Promise<Page> {
    return this.lookUp(await this.drawing.ours(contactId), {});
  }

  @Post('contacts/:contactId/link')
  async findWho(
    @Param() { contactId }: ContactPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    const contact = await this.drawing.ours(contactId);
    const checked = checkLookUp(typed);
    if (!checked.ok) return this.lookUp(contact, typed, checked.errors);
    return this.matches.page(checked.value, caller, linkingOf(contact));
  }

  @Post('contacts/:contactId/links')
  async link(
    @Param() { contactId }: ContactPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    await this.drawing.ours(contactId);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/contacts/${contactId}/links`,
      body: {
        familyId: typedText(typed, 'familyId'),
        childIds: [...typedChoices(typed, 'childIds')],
      },
      idempotencyKey: keyIn(typed),
    });
    if (outcome.kind === 'done')
      return new GoTo(`/contacts/${contactId}?after=${outcome.tag ?? ''}`);
    const errors = errorsOf(outcome, 'main-content') ?? [];
    return this.drawing.page(contactId, caller, { open: { name: 'link', typed, errors } });
  }

  private lookUp(
    contact: ContactRecord,
    typed: TypedFields,
    errors: (typeof emptyForm)['errors'] = [],
  ): Page {
    const page = `/contacts/${contact.contactId}/link`;
    const hidden = hiddenFields({ form: LOOK_UP, page }, typed);
    const view = lookUpView({ typed, errors }, hidden, linkingOf(contact));
    const hasErrors = errors.length > 0;
    return new Page('safeguarding-hub/look-up/look-up.njk', view, {
      title: view.heading,
      section: '/',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }
}

function linkingOf({ contactId, reference }: ContactRecord) {
  return { contactId, reference: reference ?? 'without a reference' };
}

/** The page is drawn anew with what was typed, once our own copy has come as far as the new tag. */
function afterChange(typed: TypedFields, tag: string | undefined) {
  const seen = Number(typedText(typed, formFields.seen));
  return {
    changedSince: Number.isInteger(seen) ? seen : 0,
    ...(tag ? { after: tag } : {}),
  };
}
