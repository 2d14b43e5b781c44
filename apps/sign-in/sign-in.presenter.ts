import type { DemonstrationUser } from './demonstration-users.js';

export interface SignInAsked {
  readonly uid: string;
  readonly organisation: string;
  readonly users: readonly DemonstrationUser[];
  readonly chosen?: string;
  readonly wrong?: { readonly user?: string; readonly password?: string };
}

/** The sign-in page: a choice of made-up people and one password for all of them. */
export function signInView({ uid, organisation, users, chosen, wrong = {} }: SignInAsked) {
  const errors = [
    ...(wrong.user ? [{ text: wrong.user, href: '#user' }] : []),
    ...(wrong.password ? [{ text: wrong.password, href: '#password' }] : []),
  ];
  return {
    uid,
    organisation,
    ...(errors.length > 0
      ? { errorSummary: { titleText: 'There is a problem', errorList: errors } }
      : {}),
    users: {
      idPrefix: 'user',
      name: 'user',
      fieldset: { legend: { text: 'Who are you?', classes: 'govuk-fieldset__legend--m' } },
      ...(wrong.user ? { errorMessage: { text: wrong.user } } : {}),
      items: users.map((user) => ({
        value: user.id,
        text: user.name,
        hint: { text: user.post },
        checked: user.id === chosen,
      })),
    },
    password: {
      id: 'password',
      name: 'password',
      label: { text: 'Demonstration password', classes: 'govuk-label--m' },
      classes: 'govuk-input--width-20',
      autocomplete: 'off',
      ...(wrong.password ? { errorMessage: { text: wrong.password } } : {}),
    },
  };
}
