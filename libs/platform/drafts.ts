/**
 * Keeps what somebody typed out of everybody else's sight: a form posted after the session had ended is
 * sealed for the session's owner and opened for that owner alone. The agency stores the sealed text; the
 * key is the vault's, one per draft, and dies when the form is sent or after 30 days.
 *
 * Over HTTP, under the agency pages' own client credentials (role `agency-pages`):
 * `POST /v1/drafts/seal {ownerId, form, text}` answers `{sealed}`;
 * `POST /v1/drafts/open {ownerId, form, sealed}` answers `{text}`, or 404 where it cannot be opened;
 * `POST /v1/drafts/discard {ownerId, form, sealed}` ends its key.
 */
export abstract class DraftSealing {
  /** @throws VaultUnreachable: nothing is kept */
  abstract seal(ownerId: string, form: string, text: string): Promise<string>;
  /** Undefined once the key is gone, or where the text was not sealed for this owner and form. */
  abstract open(ownerId: string, form: string, sealed: string): Promise<string | undefined>;
  /** The form was sent: nobody opens this again. @throws VaultUnreachable */
  abstract discard(ownerId: string, form: string, sealed: string): Promise<void>;
}
