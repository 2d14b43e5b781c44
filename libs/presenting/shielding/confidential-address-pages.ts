import type { Commands } from '@common-thread/platform/commands';
import type { KeptForms } from '@common-thread/platform/pages/kept-forms';
import type { Page } from '@common-thread/platform/pages/page';
import { GoTo } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { Purpose, Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import type { Drawn, FamilyAsked } from '../family-form.js';
import { formPage, openFamilyForm } from '../family-form.js';
import { checkConfidentialAddress, GROUND_FIELD } from './confidential-address.form.js';
import type { addressRecordedWords } from './confidential-address.presenter.js';
import {
  CONFIDENTIAL_ADDRESS,
  confidentialAddressView,
} from './confidential-address.presenter.js';

interface Ports {
  readonly revealing: Revealing;
  readonly commands: Commands;
  readonly kept: KeptForms;
}

/** *Keep the address confidential*, the same for every agency that works with a family. */
export class ConfidentialAddressPages {
  constructor(
    private readonly look: { readonly purpose: Purpose; readonly page: string },
    private readonly ports: Ports,
  ) {}

  async ask(family: FamilyAsked, kept: string | undefined, caller: SignedInCaller): Promise<Page> {
    const state = await reopened(this.ports.kept, caller, CONFIDENTIAL_ADDRESS, kept);
    return this.#drawn(family, state, caller);
  }

  /** To the family's page, which says whether it is in force; or the form again with what is wrong. */
  async send(
    family: FamilyAsked,
    typed: TypedFields,
    caller: SignedInCaller,
  ): Promise<Page | GoTo> {
    const { familyId } = family;
    const checked = checkConfidentialAddress(typed);
    if (!checked.ok) return this.#drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await this.ports.commands.send(caller.accessToken, {
      path: `/v1/shielding/${familyId}`,
      body: checked.value,
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, GROUND_FIELD, { ground: GROUND_FIELD });
    if (errors) return this.#drawn(family, { typed, errors }, caller);
    await sent(this.ports.kept, caller, typed);
    const isInForce = outcome.kind === 'done' && outcome.answer.inForce === true;
    const recorded: keyof typeof addressRecordedWords = isInForce
      ? 'address-confidential'
      : 'address-not-yet';
    return new GoTo(`/families/${familyId}?recorded=${recorded}`);
  }

  async #drawn(family: FamilyAsked, state: Drawn, caller: SignedInCaller): Promise<Page> {
    const { parts } = await openFamilyForm(family, state, this.look, this.ports.revealing, caller);
    const view = confidentialAddressView(state, parts);
    const title = 'Keep the address confidential';
    return formPage('confidential-address.njk', view, { title }, state);
  }
}
