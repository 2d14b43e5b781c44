import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Commands } from '@common-thread/platform/commands';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { Page } from '@common-thread/platform/pages/page';
import { GoTo } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import { Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller } from '@common-thread/platform/signed-in';
import { childChoices } from '@common-thread/presenting/child-choices';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import type { Drawn } from '@common-thread/presenting/family-form';
import {
  currentChildren,
  currentMembers,
  FamilyPath,
  formPage,
  KeptQuery,
  openFamilyForm,
  today,
} from '@common-thread/presenting/family-form';
import { ourFamily } from '../our-families/our-family.js';
import type { OurFamily } from '../our-families/queries.js';
import { OurFamiliesQueries } from '../our-families/queries.js';
import { placesOf } from '../our-places.js';
import type { SessionKind } from './record-session.form.js';
import { checkSession } from './record-session.form.js';
import { recordSessionView, sessionForm } from './record-session.presenter.js';

const steps = { attended: 'attendances', 'not-brought': 'not-brought' } as const;

/** Records who of a family came to a session, or a child who was not brought to one. */
@Controller('families/:familyId')
export class RecordSessionPageRoutes {
  constructor(
    private readonly families: OurFamiliesQueries,
    private readonly directory: DirectoryNamesReader,
    private readonly revealing: Revealing,
    private readonly commands: Commands,
    private readonly kept: KeptForms,
  ) {}

  @Get('attendance')
  askWhoCame(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.ask('attended', familyId, kept, caller);
  }

  @Post('attendance')
  recordWhoCame(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    return this.record('attended', familyId, typed, caller);
  }

  @Get('not-brought')
  askWhoWasNot(
    @Param() { familyId }: FamilyPath,
    @Query() { kept }: KeptQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.ask('not-brought', familyId, kept, caller);
  }

  @Post('not-brought')
  recordWhoWasNot(
    @Param() { familyId }: FamilyPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    return this.record('not-brought', familyId, typed, caller);
  }

  private async ask(
    kind: SessionKind,
    familyId: string,
    kept: string | undefined,
    caller: SignedInCaller,
  ): Promise<Page> {
    const family = await ourFamily(this.families, familyId, caller);
    const state = await reopened(this.kept, caller, sessionForm(kind).form, kept);
    return this.drawn(kind, family, state, caller);
  }

  private async record(
    kind: SessionKind,
    familyId: string,
    typed: TypedFields,
    caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const family = await ourFamily(this.families, familyId, caller);
    const choices = {
      personIds: peopleFor(kind, family).map(({ personId }) => personId),
      places: placesOf(caller, await this.directory.names()).map(({ value }) => value),
    };
    const checked = checkSession(kind, typed, choices, today());
    if (!checked.ok) return this.drawn(kind, family, { typed, errors: checked.errors }, caller);
    const outcome = await this.commands.send(caller.accessToken, {
      path: `/v1/registrations/${registrationAt(family, checked.value)}/${steps[kind]}`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const { firstField } = sessionForm(kind);
    const errors = errorsOf(outcome, firstField, { occurredAt: 'occurredOn' });
    if (errors) return this.drawn(kind, family, { typed, errors }, caller);
    await sent(this.kept, caller, typed);
    return new GoTo(`/families/${familyId}?recorded=${kind}`);
  }

  private async drawn(
    kind: SessionKind,
    family: OurFamily,
    state: Drawn,
    caller: SignedInCaller,
  ): Promise<Page> {
    const { line, registrations } = family;
    const { parts, opened } = await openFamilyForm(family, state, look, this.revealing, caller);
    const view = recordSessionView(kind, state, {
      ...parts,
      people: childChoices(opened, line, peopleFor(kind, family), today()),
      places: placesOf(caller, await this.directory.names()),
      registeredAt: registrations[0]?.placeId ?? undefined,
    });
    const title = sessionForm(kind).heading;
    return formPage('childrens-centre/record-session/record-session.njk', view, { title }, state);
  }
}

const look = { purpose: 'centre-support', page: 'centre/record-session' } as const;

function peopleFor(kind: SessionKind, family: OurFamily) {
  return kind === 'attended' ? currentMembers(family) : currentChildren(family);
}

/** The registration at the centre of the session, else the latest: a family may come to another centre. */
function registrationAt({ registrations }: OurFamily, body: object): string {
  const placeId: unknown = Reflect.get(body, 'placeId');
  const there = registrations.find((registration) => registration.placeId === placeId);
  return (there ?? registrations[0])?.registrationId ?? '';
}
