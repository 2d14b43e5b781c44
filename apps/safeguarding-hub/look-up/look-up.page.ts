import { Controller, Get, Post } from '@nestjs/common';
import type { FormState } from '@common-thread/platform/pages/components';
import { emptyForm } from '@common-thread/platform/pages/components';
import { Page } from '@common-thread/platform/pages/page';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { Typed } from '@common-thread/platform/pages/typed-fields';
import type { SignedInCaller } from '@common-thread/platform/signed-in';
import { Caller, ForRoles } from '@common-thread/platform/signed-in';
import { checkLookUp } from './look-up.form.js';
import { LOOK_UP, lookUpView } from './look-up.presenter.js';
import { Matches } from './matches.js';

/** When the telephone rings. What is typed is posted, so that no name is ever in an address. */
@ForRoles('hub-triage', 'hub-manager')
@Controller('look-up')
export class LookUpPageRoutes {
  constructor(private readonly matches: Matches) {}

  @Get()
  ask(): Page {
    return drawn(emptyForm);
  }

  @Post()
  async find(@Typed() typed: TypedFields, @Caller() caller: SignedInCaller): Promise<Page> {
    const checked = checkLookUp(typed);
    if (!checked.ok) return drawn({ typed, errors: checked.errors });
    return this.matches.page(checked.value, caller, undefined);
  }
}

function drawn(state: FormState): Page {
  const hidden = hiddenFields({ form: LOOK_UP, page: '/look-up' }, state.typed);
  const hasErrors = state.errors.length > 0;
  return new Page('safeguarding-hub/look-up/look-up.njk', lookUpView(state, hidden, undefined), {
    title: 'Look somebody up',
    section: '/look-up',
    ...(hasErrors ? { hasErrors, status: 422 } : {}),
  });
}
