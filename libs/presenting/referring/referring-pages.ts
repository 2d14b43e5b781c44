import type { Commands } from '@common-thread/platform/commands';
import type { KeptForms } from '@common-thread/platform/pages/kept-forms';
import { Page } from '@common-thread/platform/pages/page';
import { errorsOf, keyIn, reopened, sent } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { Purpose, Revealing } from '@common-thread/platform/revealing';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Matches } from 'class-validator';
import { childChoices } from '../child-choices.js';
import type { DirectoryNamesReader } from '../directory-names-reader.js';
import type { Drawn, FamilyAsked } from '../family-form.js';
import { currentChildren, formPage, openFamilyForm, today } from '../family-form.js';
import { checkReferral } from './refer-family.form.js';
import { REFER_FAMILY, referFamilyView } from './refer-family.presenter.js';

/** What the referrer is given to quote, in the address of the confirmation. */
export class SentQuery {
  @Matches(/^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  reference!: string;
}

export interface ReferralSent {
  readonly referralId: string;
  readonly reference: string;
}

interface Ports {
  readonly directory: DirectoryNamesReader;
  readonly revealing: Revealing;
  readonly commands: Commands;
  readonly kept: KeptForms;
}

/** *Refer a family* to the safeguarding hub, the same from every agency that refers. */
export class ReferringPages {
  constructor(
    private readonly look: { readonly purpose: Purpose; readonly page: string },
    private readonly ports: Ports,
  ) {}

  async ask(family: FamilyAsked, kept: string | undefined, caller: SignedInCaller): Promise<Page> {
    const state = await reopened(this.ports.kept, caller, REFER_FAMILY, kept);
    return this.#drawn(family, state, caller);
  }

  /** What was sent, or the form again with what is wrong. */
  async send(
    family: FamilyAsked,
    typed: TypedFields,
    caller: SignedInCaller,
  ): Promise<Page | ReferralSent> {
    const { directory, commands, kept } = this.ports;
    const hubs = (await directory.names()).recipientsOf('safeguarding-hub');
    const checked = checkReferral(typed, {
      childIds: currentChildren(family).map(({ personId }) => personId),
      hubs: hubs.map(({ recipient }) => recipient),
    });
    if (!checked.ok) return this.#drawn(family, { typed, errors: checked.errors }, caller);
    const outcome = await commands.send(caller.accessToken, {
      path: '/v1/referrals',
      body: { familyId: family.familyId, ...checked.value },
      idempotencyKey: keyIn(typed),
    });
    const errors = errorsOf(outcome, 'concern');
    if (errors) return this.#drawn(family, { typed, errors }, caller);
    await sent(kept, caller, typed);
    const { id, reference } = outcome.kind === 'done' ? outcome.answer : {};
    return { referralId: String(id), reference: String(reference) };
  }

  /** The reference, what happens next, and where to go on. */
  async confirm(
    reference: string,
    links: readonly { readonly href: string; readonly text: string }[],
    section: string,
  ): Promise<Page> {
    const names = await this.ports.directory.names();
    const hubs = names
      .recipientsOf('safeguarding-hub')
      .map(({ recipient, name }) => ({ name, telephone: names.telephone(recipient) }));
    const view = { reference, hubs, links };
    return new Page('referral-sent.njk', view, { title: 'Referral sent', section });
  }

  async #drawn(family: FamilyAsked, state: Drawn, caller: SignedInCaller): Promise<Page> {
    const { directory, revealing } = this.ports;
    const names = await directory.names();
    const { parts, opened } = await openFamilyForm(family, state, this.look, revealing, caller);
    const view = referFamilyView(
      state,
      {
        ...parts,
        children: childChoices(opened, family.line, currentChildren(family), today()),
        hubs: names
          .recipientsOf('safeguarding-hub')
          .map(({ recipient, name }) => ({ value: recipient, text: name })),
      },
      names,
    );
    return formPage('refer-family.njk', view, { title: 'Refer a family' }, state);
  }
}
