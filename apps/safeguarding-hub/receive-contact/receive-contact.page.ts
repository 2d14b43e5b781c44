import { Controller, Get, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import type { FormState } from '@common-thread/platform/pages/components';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { IsOptional, Matches } from 'class-validator';
import { checkContact } from './receive-contact.form.js';
import { RECEIVE_CONTACT, receiveContactView } from './receive-contact.presenter.js';

class NewContactQuery {
  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  familyId?: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  childId?: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

/** Records a contact that a person at the hub takes: by telephone, letter or at the door. */
@ForRoles('hub-triage', 'hub-manager')
@Controller('contacts/new')
export class ReceiveContactPageRoutes {
  constructor(
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get()
  async ask(@Query() query: NewContactQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    const state = await reopened(this.kept, caller, RECEIVE_CONTACT, query.kept);
    const { familyId, childId } = query;
    const typed: TypedFields = {
      channel: 'phone',
      ...(familyId && childId ? { familyId, childId } : {}),
      ...state.typed,
    };
    return drawn({ ...state, typed }, state.wasKept);
  }

  @Post()
  async record(
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const checked = checkContact(typed);
    if (!checked.ok) return drawn({ typed, errors: checked.errors });
    const outcome = await this.commands.send(caller.accessToken, {
      path: '/v1/contacts',
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'concern');
    if (errors) return drawn({ typed, errors });
    await sent(this.kept, caller, typed);
    if (outcome.kind !== 'done') return new GoTo('/');
    return new GoTo(`/contacts/${String(outcome.answer.id)}?after=${outcome.tag ?? ''}`);
  }
}

function drawn(state: FormState, wasKept = false): Page {
  const hasErrors = state.errors.length > 0;
  return new Page(
    'safeguarding-hub/receive-contact/receive-contact.njk',
    receiveContactView(state, wasKept),
    {
      title: 'Record a contact',
      section: '/contacts/new',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    },
  );
}
