import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches } from 'class-validator';
import { BreakingGlass } from '@common-thread/platform/break-glass';
import { reached, VaultUnreachable } from '@common-thread/platform/asking-vault';
import type { FormState } from '@common-thread/platform/pages/components';
import { emptyForm } from '@common-thread/platform/pages/components';
import { GoTo, Page } from '@common-thread/platform/pages/page';
import { hiddenFields, keyIn } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed, typedText } from '@common-thread/platform/pages/typed-fields';
import { problems } from '@common-thread/platform/problem';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { ContactDrawing } from '../contact/contact-drawing.js';
import { RestrictionQueries } from '../restrictions/queries.js';
import { checkBreakGlass } from './break-glass.form.js';
import { breakGlassView } from './break-glass.presenter.js';

class ContactPath {
  @Matches(/^[0-9a-f-]{36}$/)
  contactId!: string;
}

const UNREACHABLE = 'This could not be done just now. Nothing is lost: send it again in a minute';

/** Past a restriction in an emergency, from the contact in hand. */
@Controller('contacts/:contactId/break-glass')
@ForRoles('hub-triage', 'hub-manager')
export class BreakGlassPageRoutes {
  constructor(
    private readonly drawing: ContactDrawing,
    private readonly breakingGlass: BreakingGlass,
    private readonly restrictions: RestrictionQueries,
  ) {}

  @Get()
  ask(@Param() { contactId }: ContactPath): Promise<Page> {
    return this.#drawn(contactId, emptyForm);
  }

  @Post()
  async open(
    @Param() { contactId }: ContactPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const { familyId } = await this.#withFamily(contactId);
    const checked = checkBreakGlass(typed);
    if (!checked.ok) return this.#drawn(contactId, { typed, errors: checked.errors });
    try {
      const asked = { ...checked.value, familyId, key: keyIn(typed) };
      if (!(await this.breakingGlass.open(caller.accessToken, asked))) throw problems.notFound();
    } catch (error) {
      if (!(error instanceof VaultUnreachable)) throw error;
      return this.#drawn(contactId, {
        typed,
        errors: [{ field: 'reason', message: UNREACHABLE }],
      });
    }
    return new GoTo(`/contacts/${contactId}?glass=broken`);
  }

  @Post('end')
  async end(
    @Param() { contactId }: ContactPath,
    @Typed() typed: TypedFields,
    @Caller() caller: SignedInCaller,
  ): Promise<GoTo> {
    const glassId = typedText(typed, 'glassId');
    if (!/^[0-9a-f-]{36}$/.test(glassId)) throw problems.notFound();
    await reached('The vault', () => this.breakingGlass.end(caller.accessToken, glassId));
    return new GoTo(`/contacts/${contactId}`);
  }

  async #drawn(contactId: string, state: FormState): Promise<Page> {
    const { contact, familyId } = await this.#withFamily(contactId);
    const page = `/contacts/${contactId}/break-glass`;
    const hidden = hiddenFields({ form: 'break-glass', page }, state.typed);
    const speakTo = (await this.restrictions.find(familyId))?.speakTo ?? null;
    const view = breakGlassView(state, hidden, contact, speakTo);
    const hasErrors = state.errors.length > 0;
    return new Page('safeguarding-hub/break-glass/break-glass.njk', view, {
      title: 'Break glass',
      section: '/',
      ...(hasErrors ? { hasErrors, status: 422 } : {}),
    });
  }

  async #withFamily(contactId: string) {
    const contact = await this.drawing.ours(contactId);
    if (contact.familyId === null) throw problems.notFound();
    return { contact, familyId: contact.familyId };
  }
}
