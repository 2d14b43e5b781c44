import type { IssuerAddress } from '@common-thread/platform/issuer';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import { issuerAddresses } from '../../sign-in/create-sign-in.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { sharedPort } from '../configuration.js';
import { createLanding } from '../landing/create-landing.js';
import { landingFacts } from '../landing/landing-facts.js';
import { logOf, originOf } from '../standalone.js';

export interface RunningLanding {
  showProgress(words: string): void;
  close(): Promise<void>;
}

/** The page a stranger opens first, listening on the county's first port. */
export async function startLanding(
  county: StandaloneConfiguration,
  issuer: IssuerAddress | undefined,
): Promise<RunningLanding> {
  let progress = '';
  const addressOf = (app: Parameters<typeof sharedPort>[1]) =>
    originOf(county, sharedPort(county, app));
  const tokens = new IssuerVerifier(
    issuer ?? { issuer: issuerAddresses(addressOf('sign-in')).issuer },
  );
  const facts = () =>
    landingFacts({
      addressOf,
      addressOfAgency: ({ portOffset }) => originOf(county, county.basePort + portOffset),
      progress,
    });
  const app = await createLanding(logOf(county, 'landing'), tokens, facts);
  await app.listen(sharedPort(county, 'landing'), county.host);
  return {
    showProgress: (words) => {
      progress = words;
    },
    close: () => app.close(),
  };
}
