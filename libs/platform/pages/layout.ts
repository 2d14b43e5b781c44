import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Role } from '../actor.js';
import { callerIfAny } from '../signed-in.js';
import type { Assets } from './assets.js';
import type { FormTokens } from './form-token.js';
import type { Freshness } from './freshness.js';
import { clockTime, sinceInWords } from './london-time.js';
import type { Page, PageDrawing } from './page.js';
import type { SessionLimits } from './session-limits.js';
import { sessionEnd } from './session-limits.js';
import { sessionName } from './session-store.js';
import type { Templates } from './templates.js';

/** The service as its pages name it. */
export interface ServiceNames {
  /** `Safeguarding hub` */
  readonly service: string;
  /** For whom people are signed in: `Fairholme Safeguarding Hub`. */
  readonly organisation: string;
  readonly navigation: readonly {
    readonly text: string;
    readonly href: string;
    /** Whom it is shown to; everybody where it is left out. */
    readonly roles?: readonly Role[];
  }[];
}

export interface SignedInLayout {
  readonly formTokens: FormTokens;
  readonly freshness: Freshness;
  readonly limits: SessionLimits;
}

/** Draws every page in the same layout: who is signed in, for whom, and how fresh it is. */
export class Layout implements PageDrawing {
  constructor(
    private readonly names: ServiceNames,
    private readonly templates: Templates,
    private readonly assets: Assets,
    /** Left out where nobody signs in to these pages: the landing page, the sign-in itself. */
    private readonly signedIn?: SignedInLayout,
  ) {}

  async draw(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<string> {
    const { title, hasErrors, section } = page.options;
    const layout = {
      title: `${hasErrors ? 'Error: ' : ''}${title} – ${this.names.organisation}`,
      service: this.names.service,
      organisation: this.names.organisation,
      assets: `/assets/${this.assets.version}`,
      nonce: reply.cspNonce?.script ?? '',
      ...(await this.aboutTheCaller(request, section)),
    };
    return this.templates.render(page.template, { layout, view: page.view });
  }

  private async aboutTheCaller(request: FastifyRequest, section: string | undefined) {
    const caller = callerIfAny(request);
    const session = this.signedIn && caller && request.session.signedIn;
    if (!session) return { navigation: [] };
    const { formTokens, freshness, limits } = this.signedIn;
    const now = new Date();
    const sessionEnds = sessionEnd(now.getTime(), session.signedInAt, limits);
    const upToDateTo = await freshness.upToDateTo();
    return {
      navigation: this.names.navigation
        .filter(({ roles }) => roles === undefined || roles.includes(caller.actor.role))
        .map(({ text, href }) => ({ text, href, ...(href === section ? { active: true } : {}) })),
      signedIn: { name: nameIn(session.idToken) },
      upToDate: upToDateTo ? sinceInWords(upToDateTo, now) : 'not known yet',
      sessionEnds: { at: sessionEnds.toISOString(), inWords: clockTime(sessionEnds) },
      here: request.url,
      formToken: formTokens.issue({
        sessionName: sessionName(request.session.sessionId),
        ownerId: session.actorId,
      }),
    };
  }
}

/** The name the issuer gave; checked when it was received. */
function nameIn(idToken: string): string {
  const { name } = decodeJwt(idToken);
  return typeof name === 'string' && name !== '' ? name : 'a colleague';
}
