import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { reached, VaultUnreachable } from '@common-thread/platform/asking-vault';
import { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { FormState } from '@common-thread/platform/pages/components';
import { emptyForm } from '@common-thread/platform/pages/components';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { hiddenFields, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed, typedFieldsOf } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import type { ListedStaff } from '@common-thread/platform/staff';
import { Staffing } from '@common-thread/platform/staffing';
import { DirectoryNamesReader } from '@common-thread/presenting/directory-names-reader';
import { checkPart, checkStaffDetails, checkStaffQuery } from './staff.form.js';
import { enterView, memberHref, memberView, staffListView } from './staff.presenter.js';

const READ = 'The register of staff';
class MemberPath {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  organisation!: string;

  @Matches(/^[\w.|-]{1,100}$/)
  id!: string;
}

class SaidQuery {
  @IsOptional()
  @IsIn(['entered', 'taken', 'given-back'])
  said?: string;

  @IsOptional()
  @Matches(/^[0-9a-f-]{36}$/)
  kept?: string;
}

const saidOf: Readonly<Record<string, string>> = {
  entered: 'Entered. Nothing of what you typed is kept but what it is compared by.',
  taken: 'Taken away, and in force everywhere: their next call is refused.',
  'given-back': 'Given back. They sign in again to go on with it.',
};

const SECTION = '/staff';
const UNREACHABLE = 'This could not be done just now. Nothing is lost: send it again in a minute';
const ENTER = { form: 'enter-staff', page: '/staff/enter' };

/** The register of staff: for information-governance officers. */
@Controller('staff')
@ForRoles('information-governance')
export class StaffPageRoutes {
  constructor(
    private readonly staffing: Staffing,
    private readonly kept: KeptForms,
    private readonly directory: DirectoryNamesReader,
  ) {}

  @Get()
  async list(@Query() query: object, @Caller() caller: SignedInCaller): Promise<Page> {
    const typed = typedFieldsOf(query);
    const checked = checkStaffQuery(typed);
    const asked = checked.ok ? checked.value : {};
    const errors = checked.ok ? [] : checked.errors;
    const page = checked.ok
      ? await reached(READ, () => this.staffing.list(caller.accessToken, asked))
      : { staff: [] };
    if (!page) throw problems.notFound();
    const view = staffListView({ typed, errors }, asked, page, await this.directory.names());
    return drawn('staff', view, 'Staff', errors.length > 0);
  }

  @Get('enter')
  async ask(@Query() query: SaidQuery, @Caller() caller: SignedInCaller): Promise<Page> {
    const state = await reopened(this.kept, caller, ENTER.form, query.kept);
    return this.#entering(state, saidOf[query.said ?? '']);
  }

  @Post('enter')
  async enter(
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const checked = checkStaffDetails(typed);
    if (!checked.ok) return this.#entering({ typed, errors: checked.errors }, undefined);
    const wrong = await saying(() => this.staffing.enter(caller.accessToken, [checked.value]));
    if (wrong) {
      return this.#entering({ typed, errors: [{ field: 'id', message: wrong }] }, undefined);
    }
    await sent(this.kept, caller, typed);
    return new GoTo(`${ENTER.page}?said=entered`);
  }

  @Get(':organisation/:id')
  show(
    @Param() path: MemberPath,
    @Query() { said }: SaidQuery,
    @Caller() caller: SignedInCaller,
  ): Promise<Page> {
    return this.#member(path, caller, emptyForm, saidOf[said ?? '']);
  }

  @Post(':organisation/:id/take-away')
  take(
    @Param() path: MemberPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    return this.#change(path, typed, caller, true);
  }

  @Post(':organisation/:id/give-back')
  giveBack(
    @Param() path: MemberPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    return this.#change(path, typed, caller, false);
  }

  async #change(
    { id, organisation }: MemberPath,
    typed: TypedFields,
    caller: SignedInCaller,
    taken: boolean,
  ): Promise<Page | GoTo> {
    const names = await this.directory.names();
    const places = names.placesOf(organisation).map(({ placeId }) => placeId);
    const checked = checkPart(typed, places);
    const wrong = (errors: FormState['errors']) =>
      this.#member({ id, organisation }, caller, { typed, errors }, undefined);
    if (!checked.ok) return wrong(checked.errors);
    const change = { id, organisation, taken, ...checked.value };
    const message = await saying(() => this.staffing.change(caller.accessToken, change));
    if (message) return wrong([{ field: 'part', message }]);
    const said = taken ? 'taken' : 'given-back';
    return new GoTo(`${memberHref({ id, organisation })}?said=${said}`);
  }

  async #member(
    { id, organisation }: MemberPath,
    { accessToken }: SignedInCaller,
    state: FormState,
    said: string | undefined,
  ): Promise<Page> {
    const found = await reached(READ, () => this.staffing.list(accessToken, { id, organisation }));
    if (!found) throw problems.notFound();
    const unknown: ListedStaff = { id, organisation, known: [], taken: [] };
    const page = memberHref({ id, organisation });
    const hidden = hiddenFields({ form: 'staff-member', page }, state.typed);
    const names = await this.directory.names();
    const view = memberView(found.staff[0] ?? unknown, state, hidden, names, said);
    return drawn('member', view, id, state.errors.length > 0);
  }

  async #entering(state: FormState, said: string | undefined): Promise<Page> {
    const hidden = hiddenFields(ENTER, state.typed);
    const view = enterView(state, hidden, await this.directory.names(), said);
    return drawn('enter', view, 'Enter a member of staff', state.errors.length > 0);
  }
}

function drawn(
  template: 'staff' | 'member' | 'enter',
  view: object,
  title: string,
  hasErrors: boolean,
): Page {
  return new Page(`safeguarding-hub/staff/${template}.njk`, view, {
    title,
    section: SECTION,
    ...(hasErrors ? { hasErrors, status: 422 } : {}),
  });
}

/** What to say of something sent that was not recorded; undefined where it was. */
async function saying(work: () => Promise<string | undefined>): Promise<string | undefined> {
  return work().catch((error: unknown) => {
    if (error instanceof VaultUnreachable) return UNREACHABLE;
    throw error;
  });
}
